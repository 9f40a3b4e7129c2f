/** The difference of two classifiers' macro F1 on the same samples. */

import type { RandomStream } from "../random.ts";
import { UnitF1 } from "./unit_f1.ts";

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
  const ways = Array.from({ length: swaps + 1 }, () => new Uint8Array(units));
  for (const swapped of ways.slice(1)) {
    let bits = 0;
    for (let unit = 0; unit < units; unit++) {
      bits = unit % 32 === 0 ? stream.bits() : bits >>> 1;
      swapped[unit] = bits & 1;
    }
  }
  return ways;
}

/** Sums in another order differ by no more. */
const ROUNDING = 1e-12;

/**
 * The macro F1 of a first classifier less that of a second, with an interval by
 * swaps: if the two were equally good, the predictions of a sample could as
 * well be those of the other one (Yeh 2000, doi:10.3115/992730.992783). The
 * interval is the difference plus or minus q standard errors, cut at -1 and 1:
 * a share of more than 1 - level of the swapped differences is q or more of
 * their own standard errors from 0 (Janssen 1997,
 * doi:10.1016/S0167-7152(97)00043-6). So it leaves out 0 if and only if the p
 * of the swaps is at most 1 - level, however few samples a class has, and is
 * not too wide where the difference is large. If q is infinite, for there are
 * too few samples, it is all from -1 to 1. If the difference itself has a
 * standard error of 0, as all units are alike, that says nothing of other
 * units: the swapped differences are then taken as they are.
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
  const macroF1 = new UnitF1(truth, classes, units);
  const one = Int32Array.from(first);
  const two = Int32Array.from(second);
  const own = macroF1.difference(one, two);
  const found = swaps.map((swapped) => {
    for (let at = 0; at < truth.length; at++) {
      const swap = swapped[units[at]] === 1;
      one[at] = swap ? second[at] : first[at];
      two[at] = swap ? first[at] : second[at];
    }
    return macroF1.difference(one, two);
  });
  const { difference } = own;
  const half = halfWidth(own, found, 1 - level);
  return {
    difference,
    low: Math.max(-1, difference - half),
    high: Math.min(1, difference + half),
  };
}

/** A difference with its standard error. */
type Measured = ReturnType<UnitF1["difference"]>;

/** How far the interval reaches on both sides of the difference. */
function halfWidth(
  own: Measured,
  swapped: readonly Measured[],
  share: number,
): number {
  if (quantile(swapped.map(ratioOf), share) === Infinity) return Infinity;
  const isAlike = ratioOf(own) === Infinity;
  const [valueOf, unit] = isAlike ? [sizeOf, 1] : [ratioOf, own.error];
  const q = quantile(swapped.map(valueOf), share);
  // A q of the difference's own value ends at 0 itself.
  return Math.abs(q - valueOf(own)) < ROUNDING * Math.max(1, q)
    ? sizeOf(own)
    : q * unit;
}

/** The largest value that more than the given share of all values reach. */
function quantile(values: readonly number[], share: number): number {
  const beyond = Math.floor(share * values.length + ROUNDING);
  return Float64Array.from(values).sort()
    .at(Math.max(0, values.length - 1 - beyond))!;
}

/** How many standard errors a difference is from 0. */
function ratioOf(measured: Measured): number {
  const size = sizeOf(measured);
  if (size < ROUNDING) return 0;
  return measured.error < ROUNDING ? Infinity : size / measured.error;
}

function sizeOf({ difference }: Measured): number {
  return Math.abs(difference);
}
