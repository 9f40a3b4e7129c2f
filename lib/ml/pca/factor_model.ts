/** How many factors a matrix has, and the samples' scores on them. */

import { centeredProducts } from "../ridge_dual.ts";
import { squaredDistances } from "../squared_distances.ts";
import { leadingEigen } from "./lanczos.ts";

/**
 * More factors than this share of the samples or features, or than this, are
 * not sought: near the full rank the criterion falls again.
 */
const MOST_SHARE = 0.25;
const MOST_FACTORS = 60;

/** The factors of samples. */
export interface FactorModel {
  /** How many there are. */
  readonly count: number;
  /** factors x samples, row-major: orthogonal, each of length 1. */
  readonly scores: Float64Array<ArrayBuffer>;
}

/**
 * Finds the factors by principal components. Their number k minimizes Bai and
 * Ng's IC_p2 (2002, doi:10.1111/1468-0262.00273),
 * ln V(k) + k (n + p) / (n p) ln min(n, p), V(k) the mean of the squares that k
 * components leave over of n samples x p features.
 *
 * @param rows Samples x features, row-major, finite. The features' means do not
 * count; features of a large variance count more.
 * @param samples At least 2.
 * @returns At most as many factors as a quarter of the samples or features, and
 * 60.
 */
export function findFactors(rows: Float32Array, samples: number): FactorModel {
  const features = rows.length / samples;
  const products = centeredProducts(
    squaredDistances(rows, rows, features),
    samples,
  );
  const most = Math.min(
    MOST_FACTORS,
    Math.floor(MOST_SHARE * Math.min(samples, features)),
  );
  const { values, vectors } = leadingEigen(
    products,
    samples,
    Math.max(1, most),
  );
  let left = 0;
  for (let i = 0; i < samples; i++) left += products[i * samples + i];
  const penalty = (samples + features) / (samples * features) *
    Math.log(Math.min(samples, features));
  let [count, least] = [0, Infinity];
  for (let k = 0; k <= most; k++) {
    if (k > 0) left -= values[k - 1];
    // Nothing is left over: one more factor has nothing to explain.
    if (!(left > 0)) break;
    const criterion = Math.log(left / (samples * features)) + k * penalty;
    if (criterion < least) [count, least] = [k, criterion];
  }
  return { count, scores: vectors.slice(0, count * samples) };
}
