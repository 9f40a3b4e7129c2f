/** Splits the samples: once, or in folds. */

import type { Values } from "../../cli/parameters.ts";
import type { Fold } from "../dataset.ts";
import { partition } from "../order.ts";
import type { Split } from "../outputs.ts";
import type { prepareParameters } from "../parameters.ts";
import type { SampleColumns } from "./columns.ts";
import { foldSamples } from "./folds.ts";
import { splitSamples } from "./split.ts";

/** `auto` wants so many test samples of each tissue, else it makes folds. */
export const ENOUGH_TESTED = 5;
/** So many folds then. */
const AUTO_FOLDS = 5;

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
  /** What `auto` has decided by; none if the folds are given. */
  readonly fewestTested?: FewestTested;
  /** What could not be achieved, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/** The tissue with the fewest test samples in a single test part. */
export interface FewestTested {
  readonly tissue: string;
  readonly test_samples: number;
}

/**
 * Splits the samples into training, validation and test, or into as many test
 * parts as there are folds, each with training and validation samples of its
 * own (cross-fitting, Chernozhukov et al. 2018).
 *
 * `auto` makes a single test part, but 5 folds if a tissue would have fewer
 * than 5 samples in it. A tissue of a single sample or group does not count,
 * because folds do not test it either.
 *
 * @param seedOf Gives the seed of a named stream.
 */
export function makeSampleSplit(
  samples: SampleColumns,
  choices: SplitChoices,
  seedOf: (name: string) => number,
): SampleSplit {
  const validationFraction = choices["validation-fraction"];
  let fewestTested: FewestTested | undefined;
  if (choices.folds === 1 || choices.folds === "auto") {
    const { split, notes } = splitSamples({
      ...samples,
      testFraction: choices["test-fraction"],
      validationFraction,
      seed: seedOf("split"),
    });
    if (choices.folds === "auto") fewestTested = findFewest(samples, split);
    if ((fewestTested?.test_samples ?? Infinity) >= ENOUGH_TESTED) {
      return {
        split,
        foldOf: new Int32Array(split.length),
        folds: [{ fold: 1, split }],
        fewestTested,
        notes,
      };
    }
  }
  const { fold: foldOf, notes } = foldSamples({
    ...samples,
    folds: choices.folds === "auto" ? AUTO_FOLDS : choices.folds,
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
    fewestTested,
    notes,
  };
}

/** The tissue with the fewest test samples; of equal ones, the first by name. */
function findFewest(
  { sampleIds, tissues, groups = sampleIds }: SampleColumns,
  split: readonly Split[],
): FewestTested | undefined {
  let fewest: FewestTested | undefined;
  for (const [tissue, rows] of partition([...tissues.keys()], tissues)) {
    if (new Set(rows.map((row) => groups[row])).size === 1) continue;
    const test_samples = rows.filter((row) => split[row] === "test").length;
    if (fewest === undefined || test_samples < fewest.test_samples) {
      fewest = { tissue, test_samples };
    }
  }
  return fewest;
}
