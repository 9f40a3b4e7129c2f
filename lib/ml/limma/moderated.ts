/** Moderated t and F: each class against the others, in many columns. */

import { inverse, Matrix } from "ml-matrix";
import { chiSquaredUpperTail } from "../../statistics/chi_squared.ts";
import { fUpperTail } from "../../statistics/f_tail.ts";
import { studentTUpperTail } from "../../statistics/student_t.ts";
import type { ClassFit } from "./fit_classes.ts";
import { squeezeVariances } from "./squeeze_variances.ts";

/** One class against the others, by the place of a column in the fit. */
export interface ModeratedContrast {
  /** The class's coefficient less the mean of the other classes' ones. */
  readonly difference: Float64Array;
  readonly t: Float64Array;
}

/** What the variances of all columns make of each class's difference. */
export interface ModeratedFit {
  /** By class. */
  readonly contrasts: readonly ModeratedContrast[];
  /** Degrees of freedom of t. */
  readonly totalDf: number;
  /** The second degrees of freedom of F. */
  readonly fDf: number;
  readonly priorDf: number;
  /** The prior variance, one for all or with a trend one a column. */
  readonly prior: Float64Array;
  /** Of all differences between classes; its first df is classes - 1. */
  readonly f: Float64Array;
}

/**
 * limma's `contrasts.fit` and `eBayes` (Smyth 2004,
 * doi:10.2202/1544-6115.1027), each class against the mean of the others' means.
 *
 * @param trend Whether the prior variance follows the column's mean, as in
 * limma-trend.
 */
export function moderate(fit: ClassFit, trend: boolean): ModeratedFit {
  const { coefficients, variances, residualDf, covariance, averages } = fit;
  const { priorDf, prior, posterior } = squeezeVariances(
    variances,
    residualDf,
    trend ? averages : undefined,
  );
  const classes = coefficients.length;
  const contrasts = coefficients.map((own, c): ModeratedContrast => {
    const weights = coefficients.map((_, d) =>
      d === c ? 1 : -1 / (classes - 1)
    );
    const unscaled = Math.sqrt(quadratic(covariance, weights));
    const difference = own.map((_, column) => {
      let sum = 0;
      for (let d = 0; d < classes; d++) {
        sum += weights[d] * coefficients[d][column];
      }
      return sum;
    });
    return {
      difference,
      t: difference.map((each, column) =>
        each / (unscaled * Math.sqrt(posterior[column]))
      ),
    };
  });
  const squares = betweenSquares(fit);
  return {
    contrasts,
    // No more than all columns' variances can tell.
    totalDf: Math.min(residualDf + priorDf, residualDf * variances.length),
    fDf: residualDf + priorDf,
    priorDf,
    prior,
    f: squares.map((each, column) => each / (classes - 1) / posterior[column]),
  };
}

/** Two-sided p-values of t; NaN where t is. At least 5e-324. */
export function twoSidedP(t: Float64Array, df: number): Float64Array {
  return t.map((each) =>
    Number.isFinite(each)
      ? Math.min(1, 2 * studentTUpperTail(Math.abs(each), df).p)
      : Number.isNaN(each)
      ? NaN
      : Number.MIN_VALUE
  );
}

/**
 * P-values of the moderated F; NaN where F is. As in limma its second degrees of
 * freedom have no limit, and where they are infinite it is chi squared.
 */
export function moderatedFP({ f, fDf, contrasts }: ModeratedFit): Float64Array {
  const df = contrasts.length - 1;
  return f.map((each) =>
    fDf === Infinity
      ? chiSquaredUpperTail(each * df, df)
      : fUpperTail(each * df, df, fDf, fDf)
  );
}

/** The squares of the coefficients about their common mean, whitened. */
function betweenSquares(
  { coefficients, covariance }: ClassFit,
): Float64Array {
  const precision = inverse(new Matrix(covariance.map((row) => [...row])))
    .to2DArray();
  const weights = precision.map((row) => row.reduce((sum, each) => sum + each));
  const total = weights.reduce((sum, each) => sum + each);
  const values = coefficients.map(() => 0);
  return coefficients[0].map((_, column) => {
    const common = coefficients.reduce(
      (sum, own, c) => sum + weights[c] * own[column],
      0,
    ) / total;
    for (let c = 0; c < values.length; c++) {
      values[c] = coefficients[c][column] - common;
    }
    return quadratic(precision, values);
  });
}

function quadratic(
  matrix: readonly (readonly number[])[],
  vector: readonly number[],
): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) {
    for (let j = 0; j < vector.length; j++) {
      sum += vector[i] * matrix[i][j] * vector[j];
    }
  }
  return sum;
}
