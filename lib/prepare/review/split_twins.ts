/** Counts the test samples that have an equal twin to train with. */

import { countOf, withCommas } from "../../cli/text.ts";
import type { Fold } from "../dataset.ts";

/** Twins on both sides of the split. */
export interface SplitTwins {
  /** Test samples, over all folds. */
  readonly tested: number;
  /** Of these, how many have a twin of their tissue among the fold's others. */
  readonly known: number;
}

/**
 * Counts the test samples that have the values and the tissue of a training or
 * validation sample of the same fold.
 *
 * @param firstOf The set of equal samples that each is in, of `findTwins`.
 */
export function countSplitTwins(
  firstOf: ArrayLike<number>,
  tissues: readonly string[],
  folds: readonly Pick<Fold, "split">[],
): SplitTwins {
  let [tested, known] = [0, 0];
  const keys = tissues.map((tissue, row) => `${firstOf[row]} ${tissue}`);
  for (const { split } of folds) {
    const seen = new Set<string>();
    split.forEach((part, row) => {
      if (part !== "test") seen.add(keys[row]);
    });
    split.forEach((part, row) => {
      if (part !== "test") return;
      tested++;
      if (seen.has(keys[row])) known++;
    });
  }
  return { tested, known };
}

/** What twins on both sides of the split mean, without the remedy. */
export function formatSplitTwins({ tested, known }: SplitTwins): string {
  return `${withCommas(known)} of ${countOf(tested, "test sample")} ${
    known === 1 ? "has" : "have"
  } an equal twin among the training and validation samples, so every score ` +
    "looks too good";
}

export function warnOfSplitTwins(twins: SplitTwins): string[] {
  return twins.known === 0
    ? []
    : [`${formatSplitTwins(twins)}; --drop-twins leaves twins out`];
}
