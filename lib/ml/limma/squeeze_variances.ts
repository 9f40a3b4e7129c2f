/** Residual variances of many rows, each drawn towards what all have. */

import { mean, median } from "../../statistics/describe.ts";
import {
  digamma,
  trigamma,
  trigammaInverse,
} from "../../statistics/polygamma.ts";
import { fitNaturalSpline } from "./natural_spline.ts";

/** What all rows say of a row's variance, and the variances with it. */
export interface SqueezedVariances {
  /** Degrees of freedom that the prior is worth; infinite if all are alike. */
  readonly priorDf: number;
  /** The prior variance: one for all, or with a trend one a row. */
  readonly prior: Float64Array;
  /** (df x variance + prior df x prior) / (df + prior df), by row. */
  readonly posterior: Float64Array;
}

/**
 * Fits a scaled F distribution to the variances by the moments of their
 * logarithms, and shrinks them: limma's `squeezeVar` with `fitFDist` (Smyth
 * 2004, doi:10.2202/1544-6115.1027, section 6.2; the trend: Ritchie et al.
 * 2015, doi:10.1093/nar/gkv007). A variance below 1e-5 of the median is taken
 * to be that in the fit, as there.
 *
 * @param variances Residual variances, at least 0.
 * @param df Residual degrees of freedom of all of them, at least 1.
 * @param covariate With it the prior variance follows a natural spline of it,
 * such as the row's mean; by default it is the same for all.
 * @returns With fewer than two rows nothing is shrunk.
 */
export function squeezeVariances(
  variances: Float64Array,
  df: number,
  covariate?: Float64Array,
): SqueezedVariances {
  if (variances.length < 2) {
    return { priorDf: 0, prior: variances, posterior: variances };
  }
  const { priorDf, prior } = fitPrior(variances, df, covariate);
  const posterior = variances.map((variance, row) => {
    const own = prior[prior.length === 1 ? 0 : row];
    return priorDf === Infinity
      ? own
      : (df * variance + priorDf * own) / (df + priorDf);
  });
  return { priorDf, prior, posterior };
}

function fitPrior(
  variances: Float64Array,
  df: number,
  covariate: Float64Array | undefined,
): Pick<SqueezedVariances, "priorDf" | "prior"> {
  const count = variances.length;
  const middle = median(variances) || 1;
  const positive = variances.map((each) => Math.max(each, 1e-5 * middle));
  const bias = Math.log(df / 2) - digamma(df / 2);
  const logs = positive.map((each) => Math.log(each) + bias);
  const knots = covariate === undefined ? 1 : splineDf(covariate);
  let centers: Float64Array;
  let spread: number;
  if (covariate === undefined || knots < 2) {
    const center = mean(logs);
    centers = Float64Array.of(center);
    spread = logs.reduce((sum, each) => sum + (each - center) ** 2, 0) /
      (count - 1);
  } else {
    const { fitted, squares, rank } = fitNaturalSpline(covariate, logs, knots);
    centers = fitted;
    spread = count > rank ? squares / (count - rank) : 0;
  }
  const excess = spread - trigamma(df / 2);
  if (excess > 0) {
    const priorDf = 2 * trigammaInverse(excess);
    const shift = digamma(priorDf / 2) - Math.log(priorDf / 2);
    return { priorDf, prior: centers.map((each) => Math.exp(each + shift)) };
  }
  return {
    priorDf: Infinity,
    prior: centers.length === 1
      ? Float64Array.of(mean(positive))
      : centers.map(Math.exp),
  };
}

/** As many as limma takes for so many rows. */
function splineDf(covariate: Float64Array): number {
  const { length } = covariate;
  const df = 1 + Number(length >= 3) + Number(length >= 6) +
    Number(length >= 30);
  return Math.min(df, new Set(covariate).size);
}
