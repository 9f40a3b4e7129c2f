/** How well the network and simple classifiers predict the tissues. */

import type { Dataset } from "../prepare/dataset.ts";
import type { RandomStream } from "../random.ts";
import { holm } from "../statistics/adjust_p.ts";
import { exactMcNemar } from "../statistics/binomial.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import { mean } from "../statistics/describe.ts";
import {
  compareMacroF1,
  drawStratified,
} from "../statistics/paired_bootstrap.ts";
import type { RivalPredictions } from "./rival_predictions.ts";
import { forRivals, rivalNames } from "./rivals.ts";

/** Resamples of the bootstrap. */
export const RESAMPLES = 2000;

/**
 * Scores the network's predictions of the test samples and those of its rivals,
 * and compares it with each: by McNemar's exact test of the samples that only
 * one of the two gets right, its p-values adjusted by Holm for the rivals, and
 * by a paired bootstrap of the difference of macro F1, stratified by tissue,
 * with the same resamples for all.
 *
 * @param predicted The network's class of every sample.
 * @param stream Draws the resamples.
 * @returns Null if there is no test sample.
 */
export function scorePredictions(
  dataset: Pick<Dataset, "classOf" | "tissueNames">,
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
  const right = isRight(network);
  const only = forRivals((name) => {
    const its = isRight(others.predicted[name]);
    return {
      only_network_right: right.filter((is, index) => is && !its[index]).length,
      only_rival_right: its.filter((is, index) => is && !right[index]).length,
    };
  });
  const p = rivalNames.map((name) =>
    exactMcNemar(only[name].only_network_right, only[name].only_rival_right)
  );
  const adjusted = holm(p);
  const resamples = drawStratified(truth, RESAMPLES, stream);
  const own = score(network);
  return {
    ...own.scores,
    test_samples: truth.length,
    confusion: { tissues, counts: own.confusion },
    bootstrap: { seed: stream.seed, resamples: RESAMPLES },
    baselines: forRivals((name) => ({
      ...score(others.predicted[name]).scores,
      penalties: [...others.penalties[name]],
      ...only[name],
      p: p[rivalNames.indexOf(name)],
      adjusted_p: adjusted[rivalNames.indexOf(name)],
      f1_difference: compareMacroF1(truth, {
        first: network,
        second: others.predicted[name],
        classes: tissues.length,
      }, resamples),
    })),
  };
}

/** The part of `metrics.json` that says how good the predictions are. */
export type TestScores = NonNullable<ReturnType<typeof scorePredictions>>;
