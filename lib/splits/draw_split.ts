/** Another random split of the same samples, as a dataset of its own. */

import type { Dataset } from "../prepare/dataset.ts";
import { splitSamples } from "../prepare/split/split.ts";

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
  const { split } = splitSamples({
    sampleIds,
    tissues,
    groups: groupsOf(dataset),
    testFraction: fractions["test-fraction"],
    validationFraction: fractions["validation-fraction"],
    seed,
  });
  return { ...dataset, split, folds: [{ fold: 1, split }] };
}

/** Each sample's group; undefined if there are none. */
function groupsOf({ groups, sampleIds }: Dataset): string[] | undefined {
  if (groups.every((group) => group === "")) return undefined;
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
