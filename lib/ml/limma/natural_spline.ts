/** A natural cubic spline, fitted by least squares. */

import { quantile } from "../../statistics/describe.ts";

/** Fitted values, and what is left over. */
export interface SplineFit {
  readonly fitted: Float64Array;
  /** Sum of the squared residuals. */
  readonly squares: number;
  /** Coefficients that could be fitted, at most the degrees of freedom. */
  readonly rank: number;
}

/**
 * Fits a natural cubic spline with an intercept: knots at equal quantiles of x
 * (type 7) and at both ends. The space is that of R's
 * `splines::ns(x, df, intercept = TRUE)`, so the fitted values are the same
 * (Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning,
 * formula 5.4).
 *
 * @param x As many as `y`, finite.
 * @param df Columns of the basis, at least 2.
 */
export function fitNaturalSpline(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  df: number,
): SplineFit {
  const columns = basis(x, df);
  const residuals = Float64Array.from(y);
  const kept: Float64Array[] = [];
  for (const column of columns) {
    const before = norm(column);
    // Twice, so that the columns are orthogonal to the last digits.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of kept) subtract(column, other, dot(column, other));
    }
    const after = norm(column);
    if (!(after > 1e-9 * before)) continue;
    for (let i = 0; i < column.length; i++) column[i] /= after;
    kept.push(column);
  }
  for (let pass = 0; pass < 2; pass++) {
    for (const column of kept) {
      subtract(residuals, column, dot(residuals, column));
    }
  }
  return {
    fitted: residuals.map((residual, i) => y[i] - residual),
    squares: dot(residuals, residuals),
    rank: kept.length,
  };
}

/** The truncated powers of a natural spline, over x scaled to [0, 1]. */
function basis(x: ArrayLike<number>, df: number): Float64Array[] {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < x.length; i++) {
    least = Math.min(least, x[i]);
    most = Math.max(most, x[i]);
  }
  const scaled = Float64Array.from(
    x,
    (each) => most > least ? (each - least) / (most - least) : 0,
  );
  const inner = Array.from(
    { length: df - 2 },
    (_, k) => quantile(scaled, (k + 1) / (df - 1)),
  );
  const cubed = (each: number, knot: number) => Math.max(0, each - knot) ** 3;
  /** The cubic of a knot less what makes it straight beyond the last. */
  const bend = (each: number, knot: number) =>
    knot === 1 ? 0 : (cubed(each, knot) - cubed(each, 1)) / (1 - knot);
  const last = inner.at(-1) ?? 0;
  return [
    scaled.map(() => 1),
    scaled,
    ...[0, ...inner.slice(0, -1)].slice(0, inner.length).map((knot) =>
      scaled.map((each) => bend(each, knot) - bend(each, last))
    ),
  ];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function norm(column: Float64Array): number {
  return Math.sqrt(dot(column, column));
}

function subtract(from: Float64Array, column: Float64Array, times: number) {
  for (let i = 0; i < from.length; i++) from[i] -= times * column[i];
}
