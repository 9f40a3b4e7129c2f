/** Samples as points along the training samples' own axes, from distances. */

import { symmetricEigen } from "./pca/symmetric_eigen.ts";
import { centeredProducts } from "./ridge_dual.ts";

/** Axes with less than this share of the largest one's variance are rounding. */
const NO_VARIANCE = 1e-10;

/** The axes, and the training samples on them. */
export interface SampleAxes {
  readonly samples: number;
  /** At most one less than there are samples. */
  readonly axes: number;
  /** The sum of squares along each axis, the largest first. */
  readonly squares: Float64Array;
  /** The mean eigenvalue of the samples' dot products, those of 0 among them. */
  readonly meanSquare: number;
  /** Training samples x axes, row-major. */
  readonly points: Float64Array;
  /**
   * Places other samples.
   *
   * @param squares Their squared distances from the training samples, row-major.
   * @returns Samples x axes, row-major.
   */
  place(squares: Float64Array): Float64Array;
}

/**
 * Finds the axes: the eigenvectors of the dot products of the centered samples.
 * A linear classifier whose penalty is the sum of its squared weights is the
 * same on these few axes as on all features, since its weights are sums of
 * training samples (the representer theorem).
 *
 * @param squares The training samples' squared distances, row-major.
 * @param samples At least one.
 */
export function findAxes(squares: Float64Array, samples: number): SampleAxes {
  const { values, vectors } = symmetricEigen(
    centeredProducts(squares, samples),
    samples,
  );
  const least = NO_VARIANCE * Math.max(0, values[0]);
  const axes = values.filter((value) => value > least).length;
  const roots = values.subarray(0, axes).map(Math.sqrt);
  const points = new Float64Array(samples * axes);
  for (let row = 0; row < samples; row++) {
    for (let axis = 0; axis < axes; axis++) {
      points[row * axes + axis] = vectors[axis * samples + row] * roots[axis];
    }
  }
  const means = new Float64Array(samples);
  for (let row = 0; row < samples; row++) {
    for (let j = 0; j < samples; j++) means[row] += squares[row * samples + j];
    means[row] /= samples;
  }
  return {
    samples,
    axes,
    squares: values.slice(0, axes),
    meanSquare: values.reduce((sum, value) => sum + Math.max(0, value), 0) /
      samples,
    points,
    place(others) {
      const count = others.length / samples;
      const placed = new Float64Array(count * axes);
      const products = new Float64Array(samples);
      for (let row = 0; row < count; row++) {
        const from = others.subarray(row * samples, (row + 1) * samples);
        // What all training samples have in common adds nothing, because the
        // vectors of the axes sum to 0; taking it off keeps the digits.
        const mean = from.reduce((sum, square) => sum + square, 0) / samples;
        for (let j = 0; j < samples; j++) {
          products[j] = (means[j] - from[j] + mean) / 2;
        }
        for (let axis = 0; axis < axes; axis++) {
          const vector = vectors.subarray(axis * samples, (axis + 1) * samples);
          let sum = 0;
          for (let j = 0; j < samples; j++) sum += vector[j] * products[j];
          placed[row * axes + axis] = sum / roots[axis];
        }
      }
      return placed;
    },
  };
}
