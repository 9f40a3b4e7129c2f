/** Which samples are trained on and which are tested: once, or in folds. */

import type { Fold, Split } from "../dataset.ts";
import { foldSamples } from "./folds.ts";
import { splitSamples } from "./split.ts";

/** How to part the samples, as the flags name it. */
export interface PartingChoices {
  /** Test parts; 1 for a single one. */
  readonly folds: number;
  /** Part of all samples to test with where there is a single test part. */
  readonly "test-fraction": number;
  /** Part of the remaining samples to validate with. */
  readonly "validation-fraction": number;
}

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
  /** Whether every fold has samples to train on. */
  readonly trains: boolean;
  /** What could not be kept, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/**
 * Parts the samples into training, validation and test, or into as many test
 * parts as there are folds, each with training and validation samples of its
 * own (cross-fitting, Chernozhukov et al. 2018).
 *
 * @param samples The samples with their tissues and groups.
 * @param choices How to part them.
 * @param seedOf Gives the seed of a named stream.
 */
export function partSamples(
  samples: {
    readonly sampleIds: readonly string[];
    readonly tissues: readonly string[];
    readonly groups?: readonly string[];
  },
  choices: PartingChoices,
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
      trains: split.includes("train"),
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
    trains: folds.every(({ split }) => split.includes("train")),
    notes,
  };
}
