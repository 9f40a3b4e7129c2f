/** The terms of the matrix's genes, from the files of the user. */

import type { NamedGene } from "../prepare/gene_label.ts";
import type { Gaf } from "./files/gaf.ts";
import type { SetFile } from "./files/set_files.ts";
import { type Matched, matchEntries } from "./match_genes.ts";
import { carryUp, type Ontology } from "./ontology.ts";

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

/** How the ids of a file's terms fit the ontology. */
export interface TermCounts {
  /** Different alternative ids, replaced by the ids that they stand for. */
  readonly alternative: number;
  /** Different ids of obsolete terms, left out. */
  readonly obsolete: number;
  /** Different ids that the ontology lacks, left out. */
  readonly unknown: number;
}

/** What a file says of the matrix's genes. */
export interface Annotation {
  readonly namespaces: readonly Namespace[];
  readonly matched: Matched;
  readonly terms: TermCounts;
}

/** The namespace of terms whose rows have no known aspect. */
const UNNAMED = "terms";

/**
 * The terms of a GAF file, carried up to all that they belong to if the
 * ontology is known.
 *
 * @param path The file, for messages.
 * @throws {InputError} If it has no gene of the matrix.
 */
export function annotateByGaf(
  gaf: Gaf,
  ontology: Ontology | null,
  genes: readonly NamedGene[],
  path: string,
): Annotation {
  const { objects } = gaf;
  const matched = matchEntries(genes, [
    { kind: "id", names: objects.map(({ id }, entry) => [id, entry]) },
    {
      kind: "symbol",
      names: objects.map(({ symbol }, entry) => [symbol, entry]),
    },
    {
      kind: "synonym",
      names: objects.flatMap(({ synonyms }, entry) =>
        synonyms.map((synonym) => [synonym, entry] as const)
      ),
    },
  ], path);
  const ids = new Set(objects.flatMap(({ terms }) => [...terms]));
  return ontology === null
    ? {
      matched,
      namespaces: asGiven(matched, objects, ids, gaf.namespaceOf),
      terms: { alternative: 0, obsolete: 0, unknown: 0 },
    }
    : {
      matched,
      namespaces: byOntology(matched, objects, ontology),
      terms: countTerms(ids, ontology),
    };
}

/**
 * The sets of a file as they are; nothing is carried up.
 *
 * @param name What the namespace is called.
 * @param ontology Gives the sets' names, as far as their ids are its terms.
 * @throws {InputError} If it has no gene of the matrix.
 */
export function annotateBySets(
  { sets }: SetFile,
  name: string,
  ontology: Ontology | null,
  genes: readonly NamedGene[],
  path: string,
): Annotation {
  const entries = new Map<string, number>();
  const termsOf: number[][] = [];
  const ids = [...sets.keys()].sort();
  ids.forEach((id, term) => {
    for (const gene of sets.get(id)!.genes) {
      let entry = entries.get(gene);
      if (entry === undefined) {
        entry = termsOf.push([]) - 1;
        entries.set(gene, entry);
      }
      termsOf[entry].push(term);
    }
  });
  const matched = matchEntries(
    genes,
    [{ kind: "id", names: [...entries] }],
    path,
  );
  const nameOf = (id: string) => {
    const own = sets.get(id)!.name;
    const index = own === null ? ontology?.indexOf(id) : undefined;
    return index === undefined ? own : ontology!.terms[index].name;
  };
  const own = matched.entriesOf.map((entries) =>
    union(entries.map((entry) => termsOf[entry]))
  );
  return {
    matched,
    namespaces: gather(
      own,
      ids.map((id) => ({
        id,
        name: nameOf(id),
        isRoot: false,
        depth: 0,
        namespace: name,
      })),
    ),
    terms: { alternative: 0, obsolete: 0, unknown: 0 },
  };
}

/** A term before its genes are known. */
interface KnownTerm {
  readonly id: string;
  readonly name: string | null;
  readonly isRoot: boolean;
  readonly depth: number;
  readonly namespace: string;
}

function asGiven(
  { entriesOf }: Matched,
  objects: Gaf["objects"],
  ids: ReadonlySet<string>,
  namespaceOf: Gaf["namespaceOf"],
): Namespace[] {
  const all = [...ids].sort();
  const indexOf = new Map(all.map((id, index) => [id, index]));
  return gather(
    entriesOf.map((entries) =>
      union(
        entries.map((entry) =>
          [...objects[entry].terms].map((id) => indexOf.get(id)!)
        ),
      )
    ),
    all.map((id) => ({
      id,
      name: null,
      isRoot: false,
      depth: 0,
      namespace: namespaceOf.get(id) ?? UNNAMED,
    })),
  );
}

function byOntology(
  { entriesOf }: Matched,
  objects: Gaf["objects"],
  { terms, parents, depths, indexOf }: Ontology,
): Namespace[] {
  const visited = new Int32Array(terms.length).fill(-1);
  const own = entriesOf.map((entries, gene) =>
    carryUp(
      union(
        entries.map((entry) =>
          [...objects[entry].terms].flatMap((id) => indexOf(id) ?? [])
        ),
      ),
      parents,
      visited,
      gene,
    )
  );
  return gather(
    own,
    terms.map(({ id, name, namespace }, index) => ({
      ...{ id, name, namespace },
      isRoot: parents[index].length === 0,
      depth: depths[index],
    })),
  );
}

function union(lists: readonly (readonly number[])[]): readonly number[] {
  return lists.length === 1 ? lists[0] : [...new Set(lists.flat())];
}

/** Gathers genes by term and namespace. */
function gather(
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

function countTerms(ids: ReadonlySet<string>, ontology: Ontology): TermCounts {
  const counts = { alternative: 0, obsolete: 0, unknown: 0 };
  for (const id of ids) {
    if (ontology.indexOf(id) === undefined) {
      counts[ontology.isObsolete(id) ? "obsolete" : "unknown"]++;
    } else if (ontology.isAlternative(id)) counts.alternative++;
  }
  return counts;
}
