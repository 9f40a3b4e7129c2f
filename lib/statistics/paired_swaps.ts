/** The difference of two classifiers' macro F1 on the same samples. */

import type { RandomStream } from "../random.ts";

/** A difference with its interval. */
export interface F1Difference {
  /** On the samples themselves. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Draws which units (samples, or groups of samples) have the predictions of the
 * two classifiers swapped: each or not, with probability 1/2. All ways if they
 * are no more than asked for, so that the test is exact; else nothing swapped,
 * as it is, and as many random ways.
 *
 * @returns Of each way, 1 for a unit that is swapped.
 *
 * @example
 * ```ts
 * import { RandomStream } from "../random.ts";
 * import { drawSwaps } from "./paired_swaps.ts";
 * console.assert(drawSwaps(2, 4, new RandomStream(7)).length === 4);
 * console.assert(drawSwaps(60, 4, new RandomStream(7)).length === 5);
 * ```
 */
export function drawSwaps(
  units: number,
  swaps: number,
  stream: RandomStream,
): Uint8Array[] {
  if (2 ** units <= swaps) {
    return Array.from(
      { length: 2 ** units },
      (_, way) =>
        Uint8Array.from({ length: units }, (_, unit) => (way >> unit) & 1),
    );
  }
  return [
    new Uint8Array(units),
    ...Array.from(
      { length: swaps },
      () => Uint8Array.from({ length: units }, () => stream.integer(2)),
    ),
  ];
}

/**
 * The mean of F1 over the classes that occur among the true or the predicted
 * ones: `macroF1` of `classificationScores`.
 *
 * @param classes Classes are whole numbers in [0, classes).
 *
 * @example
 * ```ts
 * import { macroF1Of } from "./paired_swaps.ts";
 * console.assert(macroF1Of([0, 1, 1], [0, 1, 1], 2) === 1);
 * ```
 */
export function macroF1Of(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number {
  const counted = countInto(
    new Int32Array(3 * classes),
    truth,
    predicted,
    Array.from(truth, (_, sample) => sample),
  );
  return meanF1(counted);
}

/**
 * Counts samples by class: those told right, the true and the predicted ones,
 * one after the other.
 */
function countInto(
  counts: Int32Array,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  samples: ArrayLike<number>,
): Int32Array {
  const classes = counts.length / 3;
  for (let index = 0; index < samples.length; index++) {
    const at = samples[index];
    if (truth[at] === predicted[at]) counts[truth[at]]++;
    counts[classes + truth[at]]++;
    counts[2 * classes + predicted[at]]++;
  }
  return counts;
}

function meanF1(counts: Int32Array): number {
  const classes = counts.length / 3;
  let sum = 0;
  let occurring = 0;
  for (let label = 0; label < classes; label++) {
    const all = counts[classes + label] + counts[2 * classes + label];
    if (all === 0) continue;
    sum += 2 * counts[label] / all;
    occurring++;
  }
  return sum / occurring;
}

/** Sums of F1 in another order differ by no more. */
const ROUNDING = 1e-12;

/**
 * The macro F1 of a first classifier less that of a second, with an interval by
 * swaps: if the two were equally good, the predictions of a sample could as
 * well be those of the other one (Yeh 2000, doi:10.3115/992730.992783). The
 * interval is the difference plus or minus the largest size that a share of
 * more than 1 - level of the swapped differences reaches, cut at -1 and 1. It
 * leaves out 0 if and only if the p of the swaps is at most 1 - level, so that
 * equally good classifiers differ no more often, however few samples a class
 * has. It is too wide where the difference is large.
 *
 * @param truth At least one class, whole numbers in [0, classes).
 * @param swaps As `drawSwaps` gives them; at least one.
 * @param units The unit of each sample, from 0; by default a unit each.
 * @param level Of confidence, by default 0.95.
 * @throws {RangeError} If there is no swap, or there are not as many
 * predictions as samples.
 *
 * @example
 * ```ts
 * import { compareMacroF1 } from "./paired_swaps.ts";
 * const { difference, low } = compareMacroF1(
 *   [0, 1],
 *   { first: [0, 1], second: [0, 0], classes: 2 },
 *   [[0, 0], [0, 1], [1, 0], [1, 1]],
 * );
 * console.assert(Math.abs(difference - 2 / 3) < 1e-15 && low === 0);
 * ```
 */
export function compareMacroF1(
  truth: ArrayLike<number>,
  { first, second, classes }: {
    readonly first: ArrayLike<number>;
    readonly second: ArrayLike<number>;
    readonly classes: number;
  },
  swaps: readonly ArrayLike<number>[],
  units: ArrayLike<number> = Array.from(truth, (_, sample) => sample),
  level = 0.95,
): F1Difference {
  if (first.length !== truth.length || second.length !== truth.length) {
    throw new RangeError(
      `Cannot compare: ${first.length} and ${second.length} predictions for ${truth.length} samples`,
    );
  }
  if (swaps.length === 0) throw new RangeError("Cannot compare: no swap");
  const difference = macroF1Of(truth, first, classes) -
    macroF1Of(truth, second, classes);
  // A swap changes nothing of the samples that both predict alike.
  const samples = Array.from(truth, (_, sample) => sample);
  const differing = samples.filter((at) => first[at] !== second[at]);
  const alike = countInto(
    new Int32Array(3 * classes),
    truth,
    first,
    samples.filter((at) => first[at] === second[at]),
  );
  const one = Int32Array.from(first);
  const two = Int32Array.from(second);
  const counts = new Int32Array(3 * classes);
  const f1Of = (predicted: Int32Array) => {
    counts.set(alike);
    return meanF1(countInto(counts, truth, predicted, differing));
  };
  const sizes = Float64Array.from(swaps, (swapped) => {
    for (const at of differing) {
      const swap = swapped[units[at]] === 1;
      one[at] = swap ? second[at] : first[at];
      two[at] = swap ? first[at] : second[at];
    }
    return Math.abs(f1Of(one) - f1Of(two));
  }).sort();
  const beyond = Math.floor((1 - level) * sizes.length + ROUNDING);
  const found = sizes[Math.max(0, sizes.length - 1 - beyond)];
  const half = Math.abs(found - Math.abs(difference)) < ROUNDING
    ? Math.abs(difference)
    : found;
  return {
    difference,
    low: Math.max(-1, difference - half),
    high: Math.min(1, difference + half),
  };
}
