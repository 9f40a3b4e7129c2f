/** Two simple classifiers without training, as baselines for a network. */

import { squaredDistances } from "./squared_distances.ts";

/** The mean sample of each class. */
export interface Centroids {
  /** The classes that have samples, ascending. */
  readonly labels: readonly number[];
  /** Labels x features, row-major. */
  readonly means: Float32Array;
}

/**
 * The mean sample of each class, summed in the order of the samples.
 *
 * @param values Samples x features, row-major.
 * @param classes The class of each sample.
 * @param rows The row of each sample; by default the samples are all rows.
 */
export function classCentroids(
  values: Float32Array,
  classes: ArrayLike<number>,
  features: number,
  rows?: ArrayLike<number>,
): Centroids {
  const labels = [...new Set(Array.from(classes))].sort((a, b) => a - b);
  const means = new Float32Array(labels.length * features);
  labels.forEach((label, index) => {
    const sums = new Float64Array(features);
    let count = 0;
    for (let sample = 0; sample < classes.length; sample++) {
      if (classes[sample] !== label) continue;
      count++;
      const from = (rows === undefined ? sample : rows[sample]) * features;
      for (let f = 0; f < features; f++) sums[f] += values[from + f];
    }
    means.set(sums.map((sum) => sum / count), index * features);
  });
  return { labels, means };
}

/**
 * Gives each sample the class of the nearest centroid (Euclidean); between
 * centroids at the same distance the smaller class wins.
 *
 * @param test Samples x features, row-major.
 * @throws {RangeError} If a shape does not fit or a number is not finite.
 */
export function nearestOf(
  { labels, means }: Centroids,
  test: Float32Array,
  features: number,
): Int32Array {
  const distances = squaredDistances(test, means, features);
  const predicted = new Int32Array(test.length / features);
  for (let sample = 0; sample < predicted.length; sample++) {
    const from = sample * labels.length;
    let best = 0;
    for (let row = 1; row < labels.length; row++) {
      if (distances[from + row] < distances[from + best]) best = row;
    }
    predicted[sample] = labels[best];
  }
  return predicted;
}

/**
 * Gives each test sample the class whose mean training sample is nearest
 * (Euclidean), as scikit-learn's `NearestCentroid` does. Between centroids
 * at the same distance the smaller class wins.
 *
 * @param train At least one training sample x features, row-major.
 * @param trainClasses The class of each training sample.
 * @param test Test samples x features, row-major.
 * @returns The class of each test sample.
 * @throws {RangeError} If a shape does not fit or a number is not finite.
 */
export function nearestCentroid(
  train: Float32Array,
  trainClasses: ArrayLike<number>,
  test: Float32Array,
  features: number,
): Int32Array {
  return nearestOf(
    classCentroids(train, trainClasses, features),
    test,
    features,
  );
}

/**
 * Gives each test sample the class that most of its nearest training samples
 * have (Euclidean, each counting once), as scikit-learn's
 * `KNeighborsClassifier` does. Between classes with equally many neighbors
 * the smaller wins; between training samples at the same distance, the earlier.
 *
 * @param k Neighbors that vote, at least 1; all training samples where there
 * are fewer; else as {@linkcode nearestCentroid}.
 */
export function kNearestNeighbors(
  train: Float32Array,
  trainClasses: ArrayLike<number>,
  test: Float32Array,
  features: number,
  k = 5,
): Int32Array {
  const samples = trainClasses.length;
  const voters = Math.min(k, samples);
  const distances = squaredDistances(test, train, features);
  const predicted = new Int32Array(test.length / features);
  for (let sample = 0; sample < predicted.length; sample++) {
    const row = distances.subarray(sample * samples, (sample + 1) * samples);
    // A stable sort keeps samples at the same distance in their order.
    const nearest = Array.from({ length: samples }, (_, index) => index)
      .sort((a, b) => row[a] - row[b]).slice(0, voters);
    const votes = new Map<number, number>();
    for (const index of nearest) {
      const label = trainClasses[index];
      votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    predicted[sample] = [...votes].sort(
      ([a, aVotes], [b, bVotes]) => bVotes - aVotes || a - b,
    )[0][0];
  }
  return predicted;
}
