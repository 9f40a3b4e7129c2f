/** One Newton step of logistic regression, by conjugate gradients. */

import { addProducts, dot, scoresOf } from "./softmax_scores.ts";

/** Steps of the conjugate gradients within one Newton step. */
const MOST_INNER_STEPS = 500;

/** What is minimized, and where the search stands. */
export interface LogisticProblem {
  readonly points: Float64Array;
  readonly features: number;
  readonly own: Int32Array;
  readonly width: number;
  readonly penalty: number;
  /** Features and the intercepts x classes; changed in place. */
  readonly weights: Float64Array;
}

/** Solves Hessian x direction = -gradient to a residual of `share`. */
export function newtonStep(
  problem: LogisticProblem,
  probabilities: Float64Array,
  gradient: Float64Array,
  share: number,
): { readonly direction: Float64Array; readonly moved: Float64Array } {
  const { points, features, width, own } = problem;
  const scale = diagonalOf(problem, probabilities);
  const direction = new Float64Array(gradient.length);
  const residual = gradient.map((value) => -value);
  let solved = residual.map((value, i) => value / scale[i]);
  const search = solved.slice();
  let product = dot(residual, solved);
  const enough = share ** 2 * product;
  for (let step = 0; step < MOST_INNER_STEPS && product > enough; step++) {
    const curved = curvature(problem, probabilities, search);
    const length = dot(search, curved);
    // Only rounding makes a convex function look flat.
    if (!(length > 0)) break;
    const alpha = product / length;
    for (let i = 0; i < search.length; i++) {
      direction[i] += alpha * search[i];
      residual[i] -= alpha * curved[i];
    }
    solved = residual.map((value, i) => value / scale[i]);
    const next = dot(residual, solved);
    const beta = next / product;
    for (let i = 0; i < search.length; i++) {
      search[i] = solved[i] + beta * search[i];
    }
    product = next;
  }
  // What all intercepts have in common changes no probability, and rounding
  // would let it grow.
  const intercepts = direction.subarray(features * width);
  const common = intercepts.reduce((sum, value) => sum + value, 0) / width;
  for (let c = 0; c < width; c++) intercepts[c] -= common;
  const moved = scoresOf(points, features, direction, width, own.length);
  return { direction, moved };
}

/** The Hessian's diagonal. */
function diagonalOf(
  { points, features, width, penalty, own }: LogisticProblem,
  probabilities: Float64Array,
): Float64Array {
  const diagonal = new Float64Array((features + 1) * width);
  const spreads = probabilities.map((p) => p * (1 - p));
  addProducts(points.map((x) => x * x), features, spreads, width, diagonal);
  for (let i = 0; i < features * width; i++) diagonal[i] += penalty;
  // An intercept has no penalty, and samples that are sure have no spread.
  for (let i = features * width; i < diagonal.length; i++) {
    diagonal[i] += 1e-12 * own.length;
  }
  return diagonal;
}

/** The Hessian times a direction. */
function curvature(
  { points, features, width, penalty, own }: LogisticProblem,
  probabilities: Float64Array,
  direction: Float64Array,
): Float64Array {
  const moved = scoresOf(points, features, direction, width, own.length);
  for (let from = 0; from < moved.length; from += width) {
    let mean = 0;
    for (let c = 0; c < width; c++) {
      mean += probabilities[from + c] * moved[from + c];
    }
    for (let c = 0; c < width; c++) {
      moved[from + c] = probabilities[from + c] * (moved[from + c] - mean);
    }
  }
  const curved = new Float64Array(direction.length);
  addProducts(points, features, moved, width, curved);
  for (let i = 0; i < features * width; i++) {
    curved[i] += penalty * direction[i];
  }
  return curved;
}
