/** The samples' principal components, all of them and exact. */

import { squaredDistances } from "../statistics/squared_distances.ts";
import { principalCoordinates, turnAxis } from "./principal_coordinates.ts";
import type { Embedding } from "./space.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** The scores of fewer genes than samples, by the genes' scatter matrix. */
function byGenes(
  rows: Float32Array,
  samples: number,
  genes: number,
  dimensions: number,
): Float64Array<ArrayBuffer> {
  const centred = Float64Array.from(rows);
  for (let gene = 0; gene < genes; gene++) {
    let mean = 0;
    for (let at = gene; at < rows.length; at += genes) mean += rows[at];
    mean /= samples;
    for (let at = gene; at < rows.length; at += genes) centred[at] -= mean;
  }
  const scatter = new Float64Array(genes * genes);
  for (let start = 0; start < rows.length; start += genes) {
    for (let i = 0; i < genes; i++) {
      const value = centred[start + i];
      for (let j = 0; j <= i; j++) {
        scatter[i * genes + j] += value * centred[start + j];
      }
    }
  }
  for (let i = 0; i < genes; i++) {
    for (let j = 0; j < i; j++) scatter[j * genes + i] = scatter[i * genes + j];
  }
  const { vectors } = symmetricEigen(scatter, genes);
  const points = new Float64Array(samples * dimensions);
  for (let axis = 0; axis < genes; axis++) {
    for (let sample = 0; sample < samples; sample++) {
      let score = 0;
      for (let gene = 0; gene < genes; gene++) {
        score += centred[sample * genes + gene] * vectors[axis * genes + gene];
      }
      points[sample * dimensions + axis] = score;
    }
    turnAxis(points, dimensions, axis);
  }
  return points;
}

/**
 * Rotates the samples onto their principal components (Pearson 1901): as many
 * as the genes or one fewer than the samples, whichever is less, so that every
 * distance between samples stays as it is. The eigenvectors are those of the
 * smaller of two matrices: the genes' scatter matrix or the samples' dot
 * products. Genes are centred and not scaled. Each component points to where
 * its farthest sample lies.
 *
 * @param rows Samples x genes, row-major, all finite.
 * @param samples At least 1.
 * @param genes At least 1.
 * @returns The scores, the widest component first; at least two dimensions,
 * those that the samples do not span being 0.
 * @throws {RangeError} If a shape does not fit or a number is not finite.
 *
 * @example
 * ```ts
 * import { principalComponents } from "./principal_components.ts";
 * const rows = Float32Array.of(0, 0, 3, 4, 6, 8); // on one line
 * const { points } = principalComponents(rows, 3, 2);
 * console.assert(Math.abs(Math.abs(points[0]) - 5) < 1e-12);
 * console.assert(Math.abs(points[1]) < 1e-6);
 * ```
 */
export function principalComponents(
  rows: Float32Array,
  samples: number,
  genes: number,
): Embedding {
  if (samples < 1 || genes < 1 || rows.length !== samples * genes) {
    throw new RangeError(
      `Cannot find components: ${rows.length} numbers are not ${samples} samples of ${genes}`,
    );
  }
  if (!rows.every(Number.isFinite)) {
    throw new RangeError(
      "Cannot find components: every number must be finite",
    );
  }
  const dimensions = Math.max(2, Math.min(samples - 1, genes));
  const points = genes < samples
    ? byGenes(rows, samples, genes, dimensions)
    : principalCoordinates(
      squaredDistances(rows, rows, genes),
      samples,
      dimensions,
    );
  return { points, dimensions };
}
