/** How well predicted classes agree with the true ones. */

export interface ClassScores {
  /** Of the samples predicted to be of this class, the fraction that are. */
  readonly precision: number;
  /** Of the samples of this class, the fraction predicted to be. */
  readonly recall: number;
  /** The harmonic mean of precision and recall. */
  readonly f1: number;
  /** Samples that are of this class. */
  readonly support: number;
}

export interface ClassificationScores {
  /** The fraction of samples whose class was predicted correctly. */
  readonly accuracy: number;
  /** The mean of F1 over the classes that occur. */
  readonly macroF1: number;
  /** One row per class, in the order of the classes. */
  readonly perClass: readonly ClassScores[];
  /** `confusion[t][p]`: samples of class t that were predicted to be p. */
  readonly confusion: readonly (readonly number[])[];
}

/** `classes` rows of `classes` counts: rows true, columns predicted. */
function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  if (truth.length !== predicted.length) {
    throw new RangeError(
      `Cannot count: ${truth.length} true classes for ${predicted.length} predicted ones`,
    );
  }
  const confusion = Array.from(
    { length: classes },
    () => new Array<number>(classes).fill(0),
  );
  const check = (value: number) => {
    if (!Number.isInteger(value) || value < 0 || value >= classes) {
      throw new RangeError(
        `Cannot count: a class must be a whole number in [0, ${classes}), not ${value}`,
      );
    }
    return value;
  };
  for (let sample = 0; sample < truth.length; sample++) {
    confusion[check(truth[sample])][check(predicted[sample])]++;
  }
  return confusion;
}

/** A ratio, 0 where the whole is 0. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/**
 * Precision, recall and F1 of each class, their macro mean, and accuracy:
 * equal to scikit-learn's `classification_report` with `zero_division=0`.
 *
 * A ratio whose denominator is 0 counts as 0. The macro mean runs over the
 * classes that occur among the true or the predicted ones, as in scikit-learn
 * without given labels; a class that occurs in neither has a row of zeros and
 * no weight.
 *
 * @param truth The true class of each sample, whole numbers in [0, classes).
 * @param predicted The predicted class of each sample, in the same order.
 * @throws {RangeError} If there is no sample, the two differ in length, or
 * either holds anything that is not a class.
 *
 * @example
 * ```ts
 * import { classificationScores } from "./classification_scores.ts";
 * const scores = classificationScores([0, 0, 1, 1], [0, 1, 1, 1], 2);
 * console.assert(scores.accuracy === 0.75);
 * console.assert(scores.perClass[0].precision === 1);
 * console.assert(scores.perClass[0].recall === 0.5);
 * ```
 */
export function classificationScores(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ClassificationScores {
  if (truth.length === 0) {
    throw new RangeError("Cannot score a classification: there is no sample");
  }
  const confusion = confusionMatrix(truth, predicted, classes);
  let correct = 0;
  let f1Sum = 0;
  let occurring = 0;
  const perClass = confusion.map((row, index): ClassScores => {
    const hits = row[index];
    const support = row.reduce((sum, count) => sum + count, 0);
    const predictedCount = confusion.reduce(
      (sum, other) => sum + other[index],
      0,
    );
    // 2 hits / (support + predictedCount) is the harmonic mean without a 0 / 0.
    const f1 = ratio(2 * hits, support + predictedCount);
    correct += hits;
    f1Sum += f1;
    if (support + predictedCount > 0) occurring++;
    return {
      precision: ratio(hits, predictedCount),
      recall: ratio(hits, support),
      f1,
      support,
    };
  });
  return {
    accuracy: correct / truth.length,
    macroF1: f1Sum / occurring,
    perClass,
    confusion,
  };
}
