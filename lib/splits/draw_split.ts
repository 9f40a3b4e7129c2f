/** Another random split of the same samples, as a dataset of its own. */

import type { Dataset } from "../prepare/dataset.ts";
import { partition, rowsInIdOrder } from "../prepare/order.ts";
import { splitSamples } from "../prepare/split/split.ts";
import { openStream } from "../random.ts";
import { drawTestGroups } from "./draw_groups.ts";

/** The parts of a split, as the flags of `prepare` name them. */
export interface SplitFractions {
  /** The part of all samples to test with. */
  readonly "test-fraction": number;
  /** The part of the others to validate with. */
  readonly "validation-fraction": number;
}

/**
 * Splits the samples again, stratified by tissue, groups kept whole.
 *
 * @param seed Of the split.
 * @returns The same matrix with one fold.
 */
export function drawSplit(
  dataset: Dataset,
  fractions: SplitFractions,
  seed: number,
): Dataset {
  const { sampleIds, tissues } = dataset;
  const testFraction = fractions["test-fraction"];
  const groups = groupsOf(dataset);
  let tested: boolean[] | undefined;
  if (groups !== undefined) {
    const drawn = new Set(
      drawTestGroups(
        tissues,
        [...partition(rowsInIdOrder(sampleIds), groups).values()],
        testFraction,
        openStream(seed, "groups"),
      ),
    );
    tested = sampleIds.map((_, row) => drawn.has(row));
  }
  const { split } = splitSamples({
    sampleIds,
    tissues,
    groups,
    testFraction,
    tested,
    validationFraction: fractions["validation-fraction"],
    seed,
  });
  return { ...dataset, split, folds: [{ fold: 1, split }] };
}

/** Each sample's group; undefined if no group has several samples. */
function groupsOf(dataset: Dataset): string[] | undefined {
  if (countGroups(dataset) === 0) return undefined;
  const { groups, sampleIds } = dataset;
  // A sample without a group is one by itself; no text of a file holds a NUL.
  return groups.map((group, row) =>
    group === "" ? `\0${sampleIds[row]}` : group
  );
}

/** Groups of several samples. */
export function countGroups({ groups }: Pick<Dataset, "groups">): number {
  return [...Map.groupBy(groups, (group) => group)]
    .filter(([group, { length }]) => group !== "" && length > 1).length;
}

/** The samples that are tested, in one text: equal for equal splits. */
export function testedSamples({ sampleIds, split }: Dataset): string {
  return rowsInIdOrder(sampleIds).filter((row) => split[row] === "test").join();
}
