/** Differences of macro F1 with the standard error over independent units. */

import { countUnits } from "./units.ts";

/**
 * Macro F1 (the mean of F1 over the classes that occur among the true or the
 * predicted ones: `macroF1` of `classificationScores`) of two classifiers on
 * the same samples.
 */
export class UnitF1 {
  readonly #truth: Int32Array;
  readonly #units: Int32Array;
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;
  readonly #hits: Float64Array;
  readonly #gains: Float64Array;
  readonly #losses: Float64Array;

  /**
   * @param truth The class of each sample, a whole number in [0, classes).
   * @param units The unit of each sample, from 0.
   *
   * @example
   * ```ts
   * import { UnitF1 } from "./unit_f1.ts";
   * const f1 = new UnitF1([0, 1], 2, [0, 1]);
   * const { difference } = f1.difference([0, 1], [0, 0]);
   * console.assert(Math.abs(difference - 2 / 3) < 1e-15);
   * ```
   */
  constructor(
    truth: ArrayLike<number>,
    classes: number,
    units: ArrayLike<number>,
  ) {
    this.#truth = Int32Array.from(truth);
    this.#units = Int32Array.from(units);
    this.#counts = new Float64Array(classes);
    this.#hits = new Float64Array(classes);
    this.#gains = new Float64Array(classes);
    this.#losses = new Float64Array(classes);
    this.#sums = new Float64Array(countUnits(units));
  }

  /**
   * The macro F1 of the first less that of the second. Its variance is
   * G / (G - 1) times the sum over the G units of the squares of what they add:
   * the sum of their samples' derivatives (the infinitesimal jackknife; Efron
   * and Tibshirani 1993, chapter 21). 0 for a single unit.
   */
  difference(
    first: ArrayLike<number>,
    second: ArrayLike<number>,
  ): { readonly difference: number; readonly error: number } {
    const sums = this.#sums.fill(0);
    const difference = this.#add(first, 1) - this.#add(second, -1);
    let squares = 0;
    for (const sum of sums) squares += sum * sum;
    const scale = sums.length / Math.max(1, sums.length - 1);
    return { difference, error: Math.sqrt(squares * scale) };
  }

  /**
   * The macro F1; adds to the sum of each unit, with the sign, the derivatives
   * by the weights of its samples.
   */
  #add(predicted: ArrayLike<number>, sign: number): number {
    const truth = this.#truth;
    const units = this.#units;
    const sums = this.#sums;
    const gains = this.#gains;
    const losses = this.#losses;
    const counts = this.#counts.fill(0);
    const hits = this.#hits.fill(0);
    for (let at = 0; at < truth.length; at++) {
      counts[truth[at]]++;
      counts[predicted[at]]++;
      if (truth[at] === predicted[at]) hits[truth[at]]++;
    }
    let f1 = 0;
    let occurring = 0;
    for (let label = 0; label < counts.length; label++) {
      const count = counts[label];
      if (count === 0) continue;
      occurring++;
      const share = hits[label] / count;
      f1 += 2 * share;
      // What a sample adds that is told right, and takes away in any case.
      gains[label] = 1 / count;
      losses[label] = share / count;
    }
    const scale = 2 * sign / occurring;
    for (let at = 0; at < truth.length; at++) {
      const own = truth[at];
      const other = predicted[at];
      sums[units[at]] += scale * ((own === other ? gains[own] : 0) -
        losses[own] - losses[other]);
    }
    return f1 / occurring;
  }
}
