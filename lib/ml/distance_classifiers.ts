/**
 * Ridge and the nearest centroid from distances alone: what is trained many
 * times on parts of the same samples measures these only once.
 */

import { sum } from "../statistics/sum.ts";
import { centeredProducts, fitDual } from "./ridge_dual.ts";

/** Samples, their distances and classes. */
export interface MeasuredSamples {
  /** Squared Euclidean distances, samples x samples, row-major. */
  readonly squares: Float64Array;
  /** The class of each sample, in [0, classes). */
  readonly classOf: ArrayLike<number>;
  readonly classes: number;
}

/** Gives each of the samples `test` a class, after those of `train`. */
export type DistanceClassifier = (
  measured: MeasuredSamples,
  train: readonly number[],
  test: readonly number[],
) => Int32Array;

/**
 * The predictions of `trainRidge` and `predictRidge`: the largest output, the
 * smallest class of equal ones.
 *
 * @throws {RangeError} If there is no training sample.
 */
export const ridgeByDistances: DistanceClassifier = (
  { squares, classOf, classes },
  train,
  test,
) => {
  const samples = countTraining(train);
  const size = classOf.length;
  const own = new Float64Array(samples ** 2);
  train.forEach((row, i) =>
    train.forEach((column, j) => {
      own[i * samples + j] = squares[row * size + column];
    })
  );
  const { duals, shares } = fitDual(
    centeredProducts(own, samples),
    train.map((row) => classOf[row]),
    classes,
  );
  const means = Float64Array.from(
    train,
    (_, i) => sum(own.subarray(i * samples, (i + 1) * samples)) / samples,
  );
  const all = sum(means) / samples;
  const products = new Float64Array(samples);
  return Int32Array.from(test, (row) => {
    // The product with each centered training sample, as between these.
    let mean = 0;
    for (const column of train) mean += squares[row * size + column] / samples;
    train.forEach((column, i) => {
      products[i] = -(squares[row * size + column] - mean - means[i] + all) / 2;
    });
    return largestOf(
      duals.map((dual, label) => {
        let output = 2 * shares[label] - 1;
        for (let i = 0; i < samples; i++) output += dual[i] * products[i];
        return output;
      }),
    );
  });
};

/**
 * The predictions of `nearestCentroid`: the squared distance from the mean of
 * some samples is the mean distance from them less half of the mean distance
 * between them.
 *
 * @throws {RangeError} If there is no training sample.
 */
export const centroidByDistances: DistanceClassifier = (
  { squares, classOf, classes },
  train,
  test,
) => {
  countTraining(train);
  const size = classOf.length;
  const meanDistance = (row: number, members: readonly number[]) =>
    members.reduce((sum, own) => sum + squares[row * size + own], 0) /
    members.length;
  const members = Array.from(
    { length: classes },
    (_, label) => train.filter((row) => classOf[row] === label),
  );
  const spreads = members.map((own) =>
    own.reduce((sum, row) => sum + meanDistance(row, own), 0) / own.length / 2
  );
  return Int32Array.from(test, (row) =>
    largestOf(
      members.map((own, label) =>
        own.length === 0 ? -Infinity : spreads[label] - meanDistance(row, own)
      ),
    ));
};

function countTraining(train: readonly number[]): number {
  if (train.length > 0) return train.length;
  throw new RangeError("Cannot train a classifier: there is no sample");
}

/** Where the largest value is; the first of equal ones. */
function largestOf(values: readonly number[]): number {
  return values.reduce(
    (best, value, index) => value > values[best] ? index : best,
    0,
  );
}
