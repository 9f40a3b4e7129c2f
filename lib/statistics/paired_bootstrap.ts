/** The difference of two classifiers' macro F1 on the same samples. */

import type { RandomStream } from "../random.ts";
import { quantile } from "./describe.ts";

/** A difference with its percentile interval. */
export interface F1Difference {
  /** On the samples themselves. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Draws resamples within each class, with replacement: of a class of n samples
 * n - 1, so that they vary as the class does (Rao and Wu 1988, Journal of the
 * American Statistical Association 83, 231-241); n would vary less, by a factor
 * of (n - 1) / n. The one of a class of one is always drawn.
 *
 * @param truth The class of each sample.
 * @returns The indices of each resample.
 *
 * @example
 * ```ts
 * import { RandomStream } from "../random.ts";
 * import { drawStratified } from "./paired_bootstrap.ts";
 * const truth = [0, 0, 1];
 * const [drawn] = drawStratified(truth, 1, new RandomStream(7));
 * console.assert(drawn.length === 2 && drawn[1] === 2);
 * ```
 */
export function drawStratified(
  truth: ArrayLike<number>,
  resamples: number,
  stream: RandomStream,
): Uint32Array[] {
  const strata = [
    ...Map.groupBy(
      Array.from({ length: truth.length }, (_, index) => index),
      (index) => truth[index],
    ),
  ].sort(([a], [b]) => a - b).map(([, members]) => members);
  return Array.from(
    { length: resamples },
    () =>
      Uint32Array.from(
        strata.flatMap((members) =>
          Array.from(
            { length: Math.max(1, members.length - 1) },
            () => members[stream.integer(members.length)],
          )
        ),
      ),
  );
}

/**
 * The mean of F1 over the classes that occur among the true or the predicted
 * ones, of the samples at the given indices: `macroF1` of
 * `classificationScores`.
 *
 * @param classes Classes are whole numbers in [0, classes).
 * @param weights Of the samples of each true class, by default 1.
 *
 * @example
 * ```ts
 * import { macroF1Of } from "./paired_bootstrap.ts";
 * console.assert(macroF1Of([0, 1], [0, 1], 2, [0, 1, 1]) === 1);
 * ```
 */
export function macroF1Of(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  indices: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const hits = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at];
    const weight = weights === undefined ? 1 : weights[truth[index]];
    counts[truth[index]] += weight;
    counts[predicted[index]] += weight;
    if (truth[index] === predicted[index]) hits[truth[index]] += weight;
  }
  let sum = 0;
  let occurring = 0;
  for (let label = 0; label < classes; label++) {
    if (counts[label] === 0) continue;
    sum += 2 * hits[label] / counts[label];
    occurring++;
  }
  return sum / occurring;
}

/**
 * The macro F1 of a first classifier less that of a second, with the percentile
 * interval of a paired bootstrap (Efron and Tibshirani 1993, chapter 13). The
 * samples of a class are weighted so that it counts as much as it has samples.
 * A class with one sample does not vary in stratified resamples, so the interval
 * is too narrow where there are such.
 *
 * @param truth At least one class, whole numbers in [0, classes).
 * @param resamples As `drawStratified` gives them; at least one.
 * @param level Of confidence, by default 0.95.
 * @throws {RangeError} If there is no resample, or there are not as many
 * predictions as samples.
 *
 * @example
 * ```ts
 * import { compareMacroF1 } from "./paired_bootstrap.ts";
 * const { difference, low } = compareMacroF1(
 *   [0, 1],
 *   { first: [0, 1], second: [0, 0], classes: 2 },
 *   [[0, 1], [0, 1]],
 * );
 * console.assert(Math.abs(difference - 2 / 3) < 1e-15 && low === difference);
 * ```
 */
export function compareMacroF1(
  truth: ArrayLike<number>,
  { first, second, classes }: {
    readonly first: ArrayLike<number>;
    readonly second: ArrayLike<number>;
    readonly classes: number;
  },
  resamples: readonly ArrayLike<number>[],
  level = 0.95,
): F1Difference {
  if (first.length !== truth.length || second.length !== truth.length) {
    throw new RangeError(
      `Cannot compare: ${first.length} and ${second.length} predictions for ${truth.length} samples`,
    );
  }
  const all = Array.from(truth, (_, index) => index);
  const sizes = countOfClasses(truth, classes, all);
  const differenceOn = (indices: ArrayLike<number>) => {
    const drawn = countOfClasses(truth, classes, indices);
    const weights = sizes.map((size, label) =>
      drawn[label] === 0 ? 0 : size / drawn[label]
    );
    return macroF1Of(truth, first, classes, indices, weights) -
      macroF1Of(truth, second, classes, indices, weights);
  };
  const differences = resamples.map(differenceOn);
  const tail = (1 - level) / 2;
  return {
    difference: differenceOn(all),
    low: quantile(differences, tail),
    high: quantile(differences, 1 - tail),
  };
}

/** How many of the samples at the indices each class has. */
function countOfClasses(
  truth: ArrayLike<number>,
  classes: number,
  indices: ArrayLike<number>,
): Float64Array {
  const counts = new Float64Array(classes);
  for (let at = 0; at < indices.length; at++) counts[truth[indices[at]]]++;
  return counts;
}
