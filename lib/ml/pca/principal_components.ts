/** The samples' principal components, exact. */

import { squaredDistances } from "../squared_distances.ts";
import { leadingEigen } from "./lanczos.ts";
import { fixSign, principalCoordinates } from "./classical_mds.ts";
import type { Embedding } from "../../clusters/spaces/space.ts";

/** Genes worked on at a time, so that their sums stay in the cache. */
const STRIPE = 16;

/**
 * The dot products of all pairs of genes, each summed in the order of the
 * samples, four of which are added at a time.
 */
function scatterOf(
  centered: Float64Array,
  samples: number,
  genes: number,
): Float64Array {
  const scatter = new Float64Array(genes * genes);
  const nothing = new Float64Array(genes);
  const row = (sample: number) =>
    sample < samples
      ? centered.subarray(sample * genes, (sample + 1) * genes)
      : nothing;
  for (let top = 0; top < genes; top += STRIPE) {
    const bottom = Math.min(genes, top + STRIPE);
    for (let first = 0; first < samples; first += 4) {
      const row0 = row(first);
      const row1 = row(first + 1);
      const row2 = row(first + 2);
      const row3 = row(first + 3);
      for (let i = top; i < bottom; i++) {
        const value0 = row0[i];
        const value1 = row1[i];
        const value2 = row2[i];
        const value3 = row3[i];
        const line = scatter.subarray(i * genes, i * genes + i + 1);
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
  for (let i = 0; i < genes; i++) {
    for (let j = 0; j < i; j++) scatter[j * genes + i] = scatter[i * genes + j];
  }
  return scatter;
}

/** The scores of fewer genes than samples, by the genes' scatter matrix. */
function byGenes(
  rows: Float32Array,
  samples: number,
  genes: number,
  dimensions: number,
): Float64Array<ArrayBuffer> {
  const centered = Float64Array.from(rows);
  for (let gene = 0; gene < genes; gene++) {
    let mean = 0;
    for (let at = gene; at < rows.length; at += genes) mean += rows[at];
    mean /= samples;
    for (let at = gene; at < rows.length; at += genes) centered[at] -= mean;
  }
  const scatter = scatterOf(centered, samples, genes);
  const kept = Math.min(dimensions, genes);
  const { vectors } = leadingEigen(scatter, genes, kept);
  const points = new Float64Array(samples * dimensions);
  for (let axis = 0; axis < kept; axis++) {
    for (let sample = 0; sample < samples; sample++) {
      let score = 0;
      for (let gene = 0; gene < genes; gene++) {
        score += centered[sample * genes + gene] * vectors[axis * genes + gene];
      }
      points[sample * dimensions + axis] = score;
    }
    fixSign(points, dimensions, axis);
  }
  return points;
}

/**
 * Rotates the samples onto their principal components (Pearson 1901): as many
 * as the genes or one fewer than the samples, whichever is less, so that every
 * distance between samples stays as it is, or the first of them alone, which
 * is far quicker for many samples. The eigenvectors are those of the
 * smaller of two matrices: the genes' scatter matrix or the samples' dot
 * products. Genes are centered and not scaled. Each component points to where
 * its farthest sample lies.
 *
 * @param rows Samples x genes, row-major, all finite.
 * @param samples At least 1.
 * @param genes At least 1.
 * @param most The most components to give, at least 2; all by default.
 * @returns The scores, the widest component first; at least two dimensions,
 * those that the samples do not span being 0.
 * @throws {RangeError} If a shape does not fit or a number is not finite.
 */
export function principalComponents(
  rows: Float32Array,
  samples: number,
  genes: number,
  most = Infinity,
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
  const dimensions = Math.max(2, Math.min(samples - 1, genes, most));
  const points = genes < samples
    ? byGenes(rows, samples, genes, dimensions)
    : principalCoordinates(
      squaredDistances(rows, rows, genes),
      samples,
      dimensions,
    );
  return { points, dimensions };
}
