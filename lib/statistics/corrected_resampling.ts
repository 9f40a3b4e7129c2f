/** Intervals of scores over repeated splits, whose training samples overlap. */

import { mean, sampleSd } from "./describe.ts";
import { studentTUpperQuantile } from "./student_t_quantile.ts";

/** A mean over splits with its interval. */
export interface ResampledMean {
  readonly mean: number;
  /** Sample standard deviation (n - 1) over the splits. */
  readonly sd: number;
  /** Lower and upper end of the 95 % interval; not cut to what a score can be. */
  readonly interval: readonly [number, number];
}

/** The probability above the interval. */
const TAIL = 0.025;

/**
 * The mean of a score over repeated random splits and its 95 % interval
 * (Nadeau and Bengio, Machine Learning 52, 2003). The splits share most of
 * their training samples, so that their scores vary too little, and the usual
 * s^2 / J is replaced by
 *
 *     (1 / J + n_test / n_train) s^2
 *
 * with the quantile of Student's t with J - 1 degrees of freedom.
 *
 * @param scores One a split, J in all, at least 2; or differences of two
 * scores that were measured on the same splits.
 * @param testShare n_test / n_train, at least 0.
 * @throws {RangeError} If there are fewer than two scores, or the share is
 * below 0 or not finite.
 *
 * @example
 * ```ts
 * import { correctedResampling } from "./corrected_resampling.ts";
 * const { mean, interval: [low, high] } = correctedResampling([1, 3], 0.25);
 * console.assert(mean === 2 && low < 1 && high > 3);
 * ```
 */
export function correctedResampling(
  scores: readonly number[],
  testShare: number,
): ResampledMean {
  const splits = scores.length;
  if (splits < 2) {
    throw new RangeError(
      `Cannot compute an interval over splits: at least 2 scores are needed, not ${splits}`,
    );
  }
  if (!(testShare >= 0 && testShare < Infinity)) {
    throw new RangeError(
      `Cannot compute an interval over splits: the share of test samples must be finite and at least 0, not ${testShare}`,
    );
  }
  const center = mean(scores);
  const sd = sampleSd(scores);
  const half = studentTUpperQuantile(TAIL, splits - 1) *
    Math.sqrt(1 / splits + testShare) * sd;
  return { mean: center, sd, interval: [center - half, center + half] };
}
