/** Finds the run's genes among those of the other cohort. */

import { InputError } from "../cli/errors.ts";
import { percent } from "../cli/numbers.ts";
import { countOf, quote, withCommas } from "../cli/text.ts";
import { withoutVersion } from "../prepare/arrange/gene_versions.ts";
import type { NamedGene } from "../prepare/gene_label.ts";

/** With a smaller share of the run's genes, it is not the run that is judged. */
const LEAST_SHARE = 0.5;

/** Where each of the run's genes is in the other cohort. */
export interface GeneLinks {
  readonly matchedBy: "id" | "name";
  /** Its column there, by column here; -1 if it is not there. */
  readonly columnOf: Int32Array<ArrayBuffer>;
  readonly found: number;
  /** The run's genes that are not matched because several genes have the text. */
  readonly ambiguous: number;
}

/** A gene's text that is compared; null if it has none. */
type KeyOf = (gene: NamedGene) => string | null;

const byId: KeyOf = ({ gene }) => withoutVersion(gene);
const byName: KeyOf = ({ name }) => name;

/**
 * Finds the run's genes in the other cohort: by id, equal ones first and then
 * without their versions; or, if fewer than half are found so, by name, where
 * one side may have names for ids. A text that several genes of one side have
 * matches none.
 *
 * @param own The run's genes.
 * @param theirs The genes of the other cohort.
 * @throws {InputError} If fewer than half of the run's genes are found.
 */
export function matchCohortGenes(
  own: readonly NamedGene[],
  theirs: readonly NamedGene[],
): GeneLinks {
  const ids = link("id", own, theirs, byId, byId);
  // Two versions of one gene there: the one of the run's version is meant.
  const columnOfId = new Map(theirs.map(({ gene }, column) => [gene, column]));
  let ambiguous = ids.ambiguous;
  own.forEach(({ gene }, index) => {
    const column = columnOfId.get(gene);
    if (column === undefined) return;
    if (ids.columnOf[index] < 0) ambiguous--;
    ids.columnOf[index] = column;
  });
  const equal: GeneLinks = {
    ...ids,
    found: countFound(ids.columnOf),
    ambiguous,
  };
  if (equal.found >= LEAST_SHARE * own.length) return equal;
  const plain: KeyOf = ({ gene }) => gene;
  const best = [
    equal,
    link("name", own, theirs, byName, plain),
    link("name", own, theirs, plain, byName),
    link("name", own, theirs, byName, byName),
  ].reduce((best, each) => each.found > best.found ? each : best);
  if (best.found >= LEAST_SHARE * own.length) return best;
  throw new InputError(
    `Cannot judge by another cohort: it has ${withCommas(best.found)} of the ` +
      `run's ${countOf(own.length, "gene")} (${
        percent(best.found / own.length)
      }) and should have at least half; its ${
        withCommas(theirs.length)
      } look like ${examples(theirs)}, the run's like ${examples(own)}`,
    "Give a matrix of the same genes, with the same kind of ids or with their " +
      "names beside them (--external.features)",
  );
}

function link(
  matchedBy: GeneLinks["matchedBy"],
  own: readonly NamedGene[],
  theirs: readonly NamedGene[],
  ownKey: KeyOf,
  theirKey: KeyOf,
): GeneLinks {
  const here = columnsByKey(own, ownKey);
  const there = columnsByKey(theirs, theirKey);
  const columnOf = new Int32Array(own.length).fill(-1);
  let ambiguous = 0;
  for (const [key, columns] of here) {
    const others = there.get(key);
    if (others === undefined) continue;
    if (columns.length === 1 && others.length === 1) {
      columnOf[columns[0]] = others[0];
    } else ambiguous += columns.length;
  }
  return { matchedBy, columnOf, found: countFound(columnOf), ambiguous };
}

function columnsByKey(
  genes: readonly NamedGene[],
  keyOf: KeyOf,
): Map<string, number[]> {
  const columns = new Map<string, number[]>();
  genes.forEach((gene, column) => {
    const key = keyOf(gene);
    if (key === null || key === "") return;
    const own = columns.get(key);
    if (own === undefined) columns.set(key, [column]);
    else own.push(column);
  });
  return columns;
}

function countFound(columnOf: Int32Array): number {
  return columnOf.reduce((sum, column) => sum + +(column >= 0), 0);
}

function examples(genes: readonly NamedGene[]): string {
  return genes.slice(0, 3).map(({ gene }) => quote(gene)).join(", ");
}
