/** How well the network and simple classifiers predict the tissues. */

import type { Dataset } from "../prepare/dataset.ts";
import type { RandomStream } from "../random.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import { mean } from "../statistics/describe.ts";
import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import { compareMacroF1, drawSwaps } from "../statistics/paired_swaps.ts";
import { leastGroupP, testPairs } from "../statistics/paired_test.ts";
import { countUnits, unitsOf } from "../statistics/units.ts";
import { asByGroups } from "./by_groups.ts";
import type { RivalPredictions } from "./rival_predictions.ts";
import { forRivals, rivalNames } from "./rivals.ts";

/** Random swaps of predictions behind each interval. */
export const SWAPS = 2000;

/**
 * Scores the network's predictions of the test samples and those of its rivals,
 * and compares it with each: by the samples that only one of the two gets right
 * (`testPairs`), and by the difference of macro F1 with an interval by swapped
 * predictions, of samples or, where there are enough of them, of whole groups,
 * the same for all.
 *
 * @param predicted The network's class of every sample.
 * @param stream Draws the swaps.
 * @returns Null if there is no test sample.
 */
export function scorePredictions(
  dataset: Pick<Dataset, "classOf" | "tissueNames" | "groups">,
  predicted: ArrayLike<number>,
  others: RivalPredictions,
  stream: RandomStream,
) {
  const { rows } = others;
  if (rows.length === 0) return null;
  const tissues = dataset.tissueNames;
  const truth = rows.map((row) => dataset.classOf[row]);
  const network = rows.map((row) => predicted[row]);
  const score = (classes: ArrayLike<number>) => {
    const { macroF1, accuracy, perClass, confusion } = classificationScores(
      truth,
      classes,
      tissues.length,
    );
    const tested = perClass.filter(({ support }) => support > 0);
    return {
      scores: {
        macro_f1: macroF1,
        accuracy,
        balanced_accuracy: mean(tested.map(({ recall }) => recall)),
        tissues: perClass.map((scores, index) => ({
          tissue: tissues[index],
          ...scores,
        })),
      },
      confusion,
    };
  };
  const isRight = (classes: ArrayLike<number>) =>
    truth.map((label, index) => classes[index] === label);
  const groups = rows.map((row) => dataset.groups[row]);
  const tests = testPairs(
    isRight(network),
    rivalNames.map((name) => isRight(others.predicted[name])),
    groups,
  );
  const swapped = swapUnits(groups);
  const swaps = drawSwaps(countUnits(swapped.units), SWAPS, stream);
  const own = score(network);
  return {
    ...own.scores,
    test_samples: truth.length,
    confusion: { tissues, counts: own.confusion },
    swaps: { seed: stream.seed, ways: swaps.length, unit: swapped.unit },
    baselines: forRivals((name) => {
      const test = tests[rivalNames.indexOf(name)];
      return {
        ...score(others.predicted[name]).scores,
        penalties: [...others.penalties[name]],
        only_network_right: test.onlyFirst,
        only_rival_right: test.onlySecond,
        p: test.p,
        adjusted_p: test.adjustedP,
        by_groups: asByGroups(test.byGroups),
        f1_difference: compareMacroF1(
          truth,
          {
            first: network,
            second: others.predicted[name],
            classes: tissues.length,
          },
          swaps,
          swapped.units,
        ),
      };
    }),
  };
}

/**
 * What is swapped as a whole: groups, if so many can make an interval leave out
 * 0, else samples.
 */
function swapUnits(groups: readonly string[]) {
  const units = unitsOf(groups);
  const count = countUnits(units);
  return count < groups.length && leastGroupP(count) < SIGNIFICANCE_LEVEL
    ? { unit: "groups" as const, units }
    : { unit: "samples" as const, units: Int32Array.from(groups.keys()) };
}

/** The part of `metrics.json` that says how good the predictions are. */
export type TestScores = NonNullable<ReturnType<typeof scorePredictions>>;
