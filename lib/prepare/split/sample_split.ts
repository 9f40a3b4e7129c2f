/** Splits the samples: once, or in folds. */

import type { Values } from "../../cli/parameters.ts";
import type { Fold } from "../dataset.ts";
import type { Split } from "../outputs.ts";
import type { prepareParameters } from "../parameters.ts";
import type { SampleColumns } from "./columns.ts";
import { foldSamples } from "./folds.ts";
import { splitSamples } from "./split.ts";

/** How to split the samples, as the flags name it. */
type SplitChoices = Pick<
  Values<typeof prepareParameters>,
  "folds" | "test-fraction" | "validation-fraction"
>;

/** The samples' parts. */
export interface SampleSplit {
  /**
   * Each sample's part. In folds, `test` stands for every sample that one of
   * them tests, and `train` for one that is never tested.
   */
  readonly split: readonly Split[];
  /** The fold that tests each sample, from 1; 0 for none or a single part. */
  readonly foldOf: Int32Array;
  readonly folds: readonly Fold[];
  /** What could not be achieved, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/**
 * Splits the samples into training, validation and test, or into as many test
 * parts as there are folds, each with training and validation samples of its
 * own (cross-fitting, Chernozhukov et al. 2018).
 *
 * @param seedOf Gives the seed of a named stream.
 */
export function makeSampleSplit(
  samples: SampleColumns,
  choices: SplitChoices,
  seedOf: (name: string) => number,
): SampleSplit {
  const validationFraction = choices["validation-fraction"];
  if (choices.folds === 1) {
    const { split, notes } = splitSamples({
      ...samples,
      testFraction: choices["test-fraction"],
      validationFraction,
      seed: seedOf("split"),
    });
    return {
      split,
      foldOf: new Int32Array(split.length),
      folds: [{ fold: 1, split }],
      notes,
    };
  }
  const { fold: foldOf, notes } = foldSamples({
    ...samples,
    folds: choices.folds,
    seed: seedOf("folds"),
  });
  const count = foldOf.reduce((most, fold) => Math.max(most, fold), 0);
  const folds = Array.from({ length: count }, (_, index): Fold => ({
    fold: index + 1,
    split: splitSamples({
      ...samples,
      tested: Array.from(foldOf, (fold) => fold === index + 1),
      validationFraction,
      seed: seedOf(`fold/${index + 1}/validation`),
    }).split,
  }));
  return {
    split: Array.from(foldOf, (fold) => fold > 0 ? "test" : "train"),
    foldOf,
    folds,
    notes,
  };
}
