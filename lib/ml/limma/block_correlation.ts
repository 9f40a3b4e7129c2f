/** How alike the samples of a block are, in all columns together. */

import { symmetricEigen } from "../pca/symmetric_eigen.ts";
import {
  type ClassedSamples,
  countClasses,
  countEach,
  residualChunks,
} from "./design.ts";
import { fitVarianceComponents } from "./variance_components.ts";

/** An eigenvalue below so much of the largest is 0. */
const ZERO = 1e-10;
/** The share of columns that is left out at either end. */
const TRIM = 0.15;

/**
 * The consensus of the columns' correlations within blocks: limma's
 * `duplicateCorrelation`. Each column's components of variance, between blocks
 * and the rest, are estimated by restricted maximum likelihood; the consensus
 * is the trimmed mean (15 % at either end) of their correlations after Fisher's
 * z (Smyth, Michaud and Scott 2005, doi:10.1093/bioinformatics/bti270).
 *
 * @param blocks The block of each sample, from 0.
 * @returns 0 if no block has two samples, or if the blocks are those of the
 * design, or too many or too few to tell.
 */
export function blockCorrelation(
  samples: ClassedSamples,
  blocks: readonly number[],
): number {
  const { rows, classes, fitted } = samples;
  const sizes = countEach(blocks);
  const largest = Math.max(0, ...sizes);
  const classCounts = countClasses(classes);
  const free = rows.length - classCounts.length;
  if (
    largest < 2 || free <= 2 || sizes.length < 2 ||
    sizes.length >= rows.length - 1
  ) return 0;
  const { values, vectors } = blockContrasts(blocks, sizes, classes);
  if (values.length === 0) return 0;
  // A correlation lower than this would not be one of so large a block.
  const lowest = 1 / (1 - largest) + 0.01;
  const correlations: number[] = [];
  const sums = new Float64Array(sizes.length);
  const squares = new Float64Array(values.length);
  for (const { from, size, residuals } of residualChunks(samples)) {
    for (let j = 0; j < size && from + j < fitted.length; j++) {
      sums.fill(0);
      let rest = 0;
      for (let i = 0; i < rows.length; i++) {
        const residual = residuals[i * size + j];
        rest += residual ** 2;
        sums[blocks[i]] += residual;
      }
      vectors.forEach((vector, k) => {
        let along = 0;
        for (let b = 0; b < sums.length; b++) along += vector[b] * sums[b];
        squares[k] = along ** 2 / values[k];
        rest -= squares[k];
      });
      const found = fitVarianceComponents(
        values,
        squares,
        free - values.length,
        Math.max(0, rest),
      );
      if (found === null) continue;
      const correlation = found.block / (found.residual + found.block);
      if (Number.isNaN(correlation)) continue;
      correlations.push(Math.min(0.99, Math.max(lowest, correlation)));
    }
  }
  return Math.tanh(trimmedMean(correlations.map(Math.atanh)));
}

/**
 * The directions in which blocks differ beyond the classes: eigenvectors of
 * Z'(I - H)Z, Z the blocks' indicators and H the projection on the classes.
 */
function blockContrasts(
  blocks: readonly number[],
  sizes: readonly number[],
  classes: readonly number[],
): { readonly values: number[]; readonly vectors: Float64Array[] } {
  const count = sizes.length;
  const classCounts = countClasses(classes);
  const inClass = classCounts.map(() => new Float64Array(count));
  classes.forEach((c, i) => inClass[c][blocks[i]]++);
  const products = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let shared = a === b ? sizes[a] : 0;
      inClass.forEach((own, c) => shared -= own[a] * own[b] / classCounts[c]);
      products[a * count + b] = shared;
    }
  }
  const eigen = symmetricEigen(products, count);
  const most = Math.max(...eigen.values);
  const kept = Array.from(eigen.values.keys())
    .filter((k) => eigen.values[k] > Math.max(1e-8, ZERO * most));
  return {
    values: kept.map((k) => eigen.values[k]),
    vectors: kept.map((k) => eigen.vectors.slice(k * count, (k + 1) * count)),
  };
}

/** As R's `mean(values, trim = 0.15)`; 0 of no value. */
function trimmedMean(values: number[]): number {
  if (values.length === 0) return 0;
  const out = Math.floor(TRIM * values.length);
  const kept = Float64Array.from(values).sort()
    .subarray(out, values.length - out);
  return kept.reduce((sum, each) => sum + each, 0) / kept.length;
}
