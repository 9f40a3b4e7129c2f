/** The terms of the matrix's genes, from the files of the user. */

import type { NamedGene } from "../prepare/gene_label.ts";
import type { Gaf } from "./files/gaf.ts";
import type { SetFile } from "./files/set_files.ts";
import { type Matched, matchEntries } from "./match_genes.ts";
import { gather, type Namespace } from "./namespaces.ts";
import { carryUp, type Ontology } from "./ontology.ts";

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

function countTerms(ids: ReadonlySet<string>, ontology: Ontology): TermCounts {
  const counts = { alternative: 0, obsolete: 0, unknown: 0 };
  for (const id of ids) {
    if (ontology.indexOf(id) === undefined) {
      counts[ontology.isObsolete(id) ? "obsolete" : "unknown"]++;
    } else if (ontology.isAlternative(id)) counts.alternative++;
  }
  return counts;
}
