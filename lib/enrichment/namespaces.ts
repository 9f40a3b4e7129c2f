/** The terms that are tested together, with their genes. */

/** A term with the genes of the matrix that belong to it. */
export interface Term {
  readonly id: string;
  readonly name: string | null;
  /** Whether it has no parent, so that it says nothing. */
  readonly isRoot: boolean;
  /** Steps up to a root by the longest way; 0 without an ontology. */
  readonly depth: number;
  /** Columns of the matrix, ascending. */
  readonly genes: ArrayLike<number>;
}

/** Terms that are tested together. */
export interface Namespace {
  readonly name: string;
  /** Those that a gene of the matrix belongs to, in the order of their ids. */
  readonly terms: readonly Term[];
  /** Genes of the matrix that belong to one of them. */
  readonly annotated: number;
  /** The terms of each gene, by their place in `terms`. */
  readonly termsOf: readonly (readonly number[])[];
}

/** A term before its genes are known. */
export interface KnownTerm {
  readonly id: string;
  readonly name: string | null;
  readonly isRoot: boolean;
  readonly depth: number;
  readonly namespace: string;
}

/**
 * Gathers genes by term and namespace.
 *
 * @param termsOf The terms of each gene, by their place in `known`; a term once.
 * @param known All terms; those without a gene are left out.
 */
export function gather(
  termsOf: readonly (readonly number[])[],
  known: readonly KnownTerm[],
): Namespace[] {
  const counts = new Int32Array(known.length);
  for (const terms of termsOf) for (const term of terms) counts[term]++;
  const used = [...known.keys()].filter((term) => counts[term] > 0)
    .sort((a, b) => known[a].id < known[b].id ? -1 : 1);
  const names = [...new Set(used.map((term) => known[term].namespace))].sort();
  const places = new Map(names.map((name, index) => [name, index]));
  const spaceOf = new Int32Array(known.length);
  const placeOf = new Int32Array(known.length);
  const spaces = names.map((name) => ({
    name,
    terms: [] as Term[],
    annotated: 0,
    termsOf: termsOf.map((): number[] => []),
  }));
  const genesOf = Array.from(counts, (count) => new Int32Array(count));
  for (const term of used) {
    const { namespace, ...facts } = known[term];
    const { terms } = spaces[spaceOf[term] = places.get(namespace)!];
    placeOf[term] = terms.push({ ...facts, genes: genesOf[term] }) - 1;
  }
  counts.fill(0);
  termsOf.forEach((terms, gene) => {
    for (const term of terms) {
      genesOf[term][counts[term]++] = gene;
      const { termsOf } = spaces[spaceOf[term]];
      termsOf[gene].push(placeOf[term]);
    }
  });
  for (const space of spaces) {
    space.annotated = space.termsOf.filter(({ length }) => length > 0).length;
  }
  return spaces;
}
