/** Orders of samples that do not depend on the order of the user's file. */

import { byCodeUnit } from "../cli/text.ts";

/** The rows in the order of the samples' ids. */
export function rowsInIdOrder(sampleIds: readonly string[]): number[] {
  return Array.from(sampleIds.keys())
    .sort((a, b) => byCodeUnit(sampleIds[a], sampleIds[b]));
}

/** The rows by the text of a column, in the order of the texts. */
export function partition(
  rows: readonly number[],
  column: readonly string[],
): Map<string, number[]> {
  const parts = Map.groupBy(rows, (row) => column[row]);
  return new Map([...parts].sort(([a], [b]) => byCodeUnit(a, b)));
}
