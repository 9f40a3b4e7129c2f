/** Two simple classifiers without training, as baselines for a network. */

import { squaredDistances } from "./squared_distances.ts";

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
  const present = [...new Set(Array.from(trainClasses))].sort((a, b) => a - b);
  const centroids = new Float32Array(present.length * features);
  present.forEach((label, row) => {
    const sums = new Float64Array(features);
    let count = 0;
    for (let sample = 0; sample < trainClasses.length; sample++) {
      if (trainClasses[sample] !== label) continue;
      count++;
      const from = sample * features;
      for (let f = 0; f < features; f++) sums[f] += train[from + f];
    }
    centroids.set(sums.map((sum) => sum / count), row * features);
  });
  const distances = squaredDistances(test, centroids, features);
  const predicted = new Int32Array(test.length / features);
  for (let sample = 0; sample < predicted.length; sample++) {
    const from = sample * present.length;
    let best = 0;
    for (let row = 1; row < present.length; row++) {
      if (distances[from + row] < distances[from + best]) best = row;
    }
    predicted[sample] = present[best];
  }
  return predicted;
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
