/** The other cohort's samples by the networks and by two simple classifiers. */

import { largestOfRow } from "../cnn/softmax.ts";
import { nearestCentroid } from "../ml/baselines.ts";
import { predictRidge, trainRidge } from "../ml/ridge.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type { ClassifierName, ViewName } from "./names.ts";
import type { TrainingSamples } from "./training.ts";
import type { View } from "./views.ts";

/** A classifier's answers, as the run's classes. */
export interface Classified {
  readonly classifier: ClassifierName;
  readonly view: ViewName;
  /** Of all tissues of the run. */
  readonly predicted: ArrayLike<number>;
  /** Of the common tissues only. */
  readonly amongCommon: ArrayLike<number>;
  /** samples x the run's tissues; only the networks have them. */
  readonly probabilities?: Float64Array;
}

/** What the predictions are made from. */
export interface ClassifyInput {
  readonly training: TrainingSamples;
  readonly views: readonly View[];
  /** The networks' mean probabilities by view, samples x the run's tissues. */
  readonly probabilities: readonly Float64Array[];
  /** The run's classes of the common tissues. */
  readonly common: readonly number[];
}

/**
 * Gives each sample a tissue: by the largest mean probability of the networks,
 * by ridge, and by the nearest centroid. The simple classifiers learn from the
 * run's training and validation samples and the genes that both cohorts have.
 *
 * @returns View after view, each with all classifiers.
 */
export function classifyCohort(
  { training, views, probabilities, common }: ClassifyInput,
): Classified[] {
  const { all, common: shared } = training;
  const { genes, tissues } = all;
  const model = trainRidge(all.values, all.classOf, tissues, genes);
  const few = {
    weights: Float64Array.from(
      common.flatMap((label) =>
        Array.from(model.weights.subarray(label * genes, (label + 1) * genes))
      ),
    ),
    intercepts: Float64Array.from(common, (label) => model.intercepts[label]),
  };
  const toRun = (classes: Int32Array) => classes.map((label) => common[label]);
  return views.flatMap(({ name: view, values }, index): Classified[] => {
    const own = probabilities[index];
    const samples = own.length / tissues;
    const restricted = Float64Array.from(
      { length: samples * common.length },
      (_, at) =>
        own[
          Math.floor(at / common.length) * tissues +
          common[at % common.length]
        ],
    );
    return [
      {
        classifier: "networks",
        view,
        predicted: largestOfRow(own, tissues),
        amongCommon: toRun(largestOfRow(restricted, common.length)),
        probabilities: own,
      },
      {
        classifier: "ridge",
        view,
        predicted: predictRidge(model, values),
        amongCommon: toRun(predictRidge(few, values)),
      },
      {
        classifier: "nearest_centroid",
        view,
        predicted: nearestCentroid(all.values, all.classOf, values, genes),
        amongCommon: toRun(
          nearestCentroid(shared.values, shared.classOf, values, genes),
        ),
      },
    ];
  });
}

/** How good predictions are on the tissues that both cohorts have. */
export interface CommonScores {
  /** Mean F1 over the common tissues. */
  readonly macroF1: number;
  readonly accuracy: number;
  /** By common tissue. */
  readonly tissues: readonly {
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
    readonly support: number;
  }[];
}

/**
 * Scores predictions of the run's classes. The macro mean runs over the common
 * tissues, as scikit-learn's `f1_score(labels=common, average="macro")`: a
 * sample that is taken for a tissue which the cohort lacks is a miss of its
 * own tissue, and that tissue has no F1 of 0 of its own.
 *
 * @param truth The run's class of each sample.
 * @param common The run's classes of the common tissues.
 * @param classes All classes of the run.
 */
export function scoreOnCommon(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  common: readonly number[],
  classes: number,
): CommonScores {
  const { accuracy, perClass } = classificationScores(
    truth,
    predicted,
    classes,
  );
  const tissues = common.map((label) => perClass[label]);
  return {
    accuracy,
    macroF1: tissues.reduce((sum, { f1 }) => sum + f1, 0) / tissues.length,
    tissues,
  };
}
