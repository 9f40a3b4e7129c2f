/** Finds genes that a user's file gives by their ids or by their names. */

import { byCodeUnit } from "../cli/text.ts";
import type { Dataset } from "./dataset.ts";
import type { NamedGene } from "./gene_label.ts";

/** The genes of a file, as far as they are known. */
export interface GeneMatch {
  /** Whether the file gives names, and not ids. */
  readonly byName: boolean;
  /** The id of each gene that was found, by what the file has for it. */
  readonly idOf: ReadonlyMap<string, string>;
  /** Names in the file that belong to several genes, sorted; not found. */
  readonly ambiguous: readonly string[];
}

/** A dataset's genes with their names. */
export function namedGenes(
  { genes, geneFacts }: Pick<Dataset, "genes" | "geneFacts">,
): NamedGene[] {
  return genes.map((gene, column) => ({
    gene,
    name: geneFacts[column].name,
  }));
}

/**
 * Finds genes by their ids; if fewer than half as many are ids as are names of
 * one gene each, by their names, and those that are no names by their ids. Ids
 * and names must be the same to the letter.
 *
 * @param given What the file has.
 * @param genes The genes of the matrix.
 * @param leftOut Further genes of the input; a name that a gene of the matrix
 * has, too, means that one.
 */
export function matchGenes(
  given: ReadonlySet<string>,
  genes: readonly NamedGene[],
  leftOut: readonly NamedGene[] = [],
): GeneMatch {
  const ids = new Set([...genes, ...leftOut].map(({ gene }) => gene));
  const named = idsByName(genes);
  for (const [name, [first]] of idsByName(leftOut)) {
    if (!named.has(name)) named.set(name, [first]);
  }
  const count = (isFound: (text: string) => boolean) =>
    [...given].filter(isFound).length;
  const asIds = count((text) => ids.has(text));
  const asNames = count((text) => named.get(text)?.length === 1);
  const byName = 2 * asIds < asNames;
  const idOf = new Map<string, string>();
  const ambiguous: string[] = [];
  for (const text of given) {
    const owners = byName ? named.get(text) : undefined;
    if (owners?.length === 1) idOf.set(text, owners[0]);
    else if (owners !== undefined) ambiguous.push(text);
    else if (ids.has(text)) idOf.set(text, text);
  }
  return { byName, idOf, ambiguous: ambiguous.sort(byCodeUnit) };
}

function idsByName(genes: readonly NamedGene[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { gene, name } of genes) {
    if (name === null) continue;
    const own = ids.get(name);
    if (own === undefined) ids.set(name, [gene]);
    else own.push(gene);
  }
  return ids;
}
