/** Exact principal components. */

import { squaredDistances } from "../squared_distances.ts";
import { leadingEigen } from "./lanczos.ts";
import { classicalMds, fixSign } from "./classical_mds.ts";

/** Features processed at a time, so that their sums stay in the cache. */
const STRIPE = 16;

/**
 * The dot products of all pairs of features, each summed in the order of the
 * samples, four of which are added at a time.
 */
function scatterOf(
  centered: Float64Array,
  samples: number,
  features: number,
): Float64Array {
  const scatter = new Float64Array(features * features);
  const nothing = new Float64Array(features);
  const row = (sample: number) =>
    sample < samples
      ? centered.subarray(sample * features, (sample + 1) * features)
      : nothing;
  for (let top = 0; top < features; top += STRIPE) {
    const bottom = Math.min(features, top + STRIPE);
    for (let first = 0; first < samples; first += 4) {
      const [row0, row1, row2, row3] = [0, 1, 2, 3].map((next) =>
        row(first + next)
      );
      for (let i = top; i < bottom; i++) {
        const value0 = row0[i];
        const value1 = row1[i];
        const value2 = row2[i];
        const value3 = row3[i];
        const line = scatter.subarray(i * features, i * features + i + 1);
        for (let j = 0; j <= i; j++) {
          let sum = line[j];
          sum += value0 * row0[j];
          sum += value1 * row1[j];
          sum += value2 * row2[j];
          sum += value3 * row3[j];
          line[j] = sum;
        }
      }
    }
  }
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < i; j++) {
      scatter[j * features + i] = scatter[i * features + j];
    }
  }
  return scatter;
}

/** The scores of fewer features than samples, from the scatter matrix. */
function scoresFromScatter(
  rows: Float32Array,
  samples: number,
  features: number,
  dimensions: number,
): Float64Array<ArrayBuffer> {
  const centered = Float64Array.from(rows);
  for (let feature = 0; feature < features; feature++) {
    let mean = 0;
    for (let i = feature; i < rows.length; i += features) mean += rows[i];
    mean /= samples;
    for (let i = feature; i < rows.length; i += features) centered[i] -= mean;
  }
  const scatter = scatterOf(centered, samples, features);
  const kept = Math.min(dimensions, features);
  const { vectors } = leadingEigen(scatter, features, kept);
  const points = new Float64Array(samples * dimensions);
  for (let axis = 0; axis < kept; axis++) {
    for (let sample = 0; sample < samples; sample++) {
      let score = 0;
      for (let feature = 0; feature < features; feature++) {
        score += centered[sample * features + feature] *
          vectors[axis * features + feature];
      }
      points[sample * dimensions + axis] = score;
    }
    fixSign(points, dimensions, axis);
  }
  return points;
}

/**
 * Rotates samples onto their principal components (Pearson 1901): as many as
 * the features or one fewer than the samples, whichever is less, so that every
 * distance between samples stays as it is, or only the first of them, which is
 * far faster for many samples. The eigenvectors are those of the smaller of two
 * matrices: the features' scatter matrix or the samples' dot products.
 * Features are centered and not scaled. On each component the farthest sample
 * is positive.
 *
 * @param rows Samples x features, at least 1 x 1, row-major, all finite.
 * @param most The most components to return, at least 2; all by default.
 * @returns The scores, samples x dimensions, row-major, the widest component
 * first; at least two dimensions, those that the samples do not span being 0.
 * @throws {RangeError} If a number is not finite.
 */
export function principalComponents(
  rows: Float32Array,
  samples: number,
  features: number,
  most = Infinity,
) {
  if (!rows.every(Number.isFinite)) {
    throw new RangeError(
      "Cannot find components: every number must be finite",
    );
  }
  const dimensions = Math.max(2, Math.min(samples - 1, features, most));
  const points = features < samples
    ? scoresFromScatter(rows, samples, features, dimensions)
    : classicalMds(
      squaredDistances(rows, rows, features),
      samples,
      dimensions,
    );
  return { points, dimensions };
}
