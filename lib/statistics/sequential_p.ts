/** A Monte Carlo p-value that stops counting where it is clearly large. */

import { clopperPearson } from "./binomial.ts";
import { checkValues } from "./describe.ts";

/**
 * Values that differ by a smaller share are equal: the same sum in another
 * order differs by rounding.
 */
const ROUNDING = 1e-12;

/** Values that chance must reach as often before a test may stop, at least. */
export const FEWEST_HITS = 20;

/** A sequential p and what it rests on. */
export interface SequentialP {
  readonly p: number;
  /** Values that were counted, from the first on. */
  readonly counted: number;
  /** Of them, those that are at least as high. */
  readonly hits: number;
  /** Whether the count ended because there were enough hits. */
  readonly stopped: boolean;
  /** The exact 95 % interval of the p that infinitely many values would give. */
  readonly low: number;
  readonly high: number;
}

/**
 * After how many values that are as high a test of at most so many values
 * stops: a tenth of them, and at least 20. So what stops has a p of 0.1 or more,
 * and no test at a smaller level depends on the stop.
 *
 * @param most Values by chance at most, m.
 *
 * @example
 * ```ts
 * import { hitsToStop } from "./sequential_p.ts";
 * console.assert(hitsToStop(199) === 20 && hitsToStop(999) === 100);
 * ```
 */
export function hitsToStop(most: number): number {
  return Math.max(FEWEST_HITS, Math.ceil((most + 1) / 10));
}

/**
 * The p-value of Besag and Clifford (1991, doi:10.1093/biomet/78.2.301): values
 * by chance are looked at in their order until `enough` of them are as high as
 * the tested one; then p is `enough` / their number. Otherwise p is
 * (1 + hits) / (1 + values), as in `empiricalP`. Valid as long as value l does
 * not depend on when the count stops: P(p <= a) <= a for every a.
 *
 * @param byChance At least one, all finite, in the order in which they were
 * drawn. Those after the stop do not matter.
 * @param enough Hits at which the count stops, at least 1.
 * @throws {RangeError} If there is no value, or one is not finite.
 *
 * @example
 * ```ts
 * import { sequentialP } from "./sequential_p.ts";
 * const large = sequentialP([3, 1, 2, 5, 0], 2, 2);
 * console.assert(large.p === 2 / 3 && large.counted === 3 && large.stopped);
 * const small = sequentialP([3, 1, 2, 5, 0], 4, 2);
 * console.assert(small.p === 2 / 6 && small.counted === 5);
 * ```
 */
export function sequentialP(
  byChance: ArrayLike<number>,
  value: number,
  enough: number,
): SequentialP {
  checkValues(byChance, "sequential p");
  const least = value - ROUNDING * Math.abs(value);
  let hits = 0;
  for (let index = 0; index < byChance.length; index++) {
    if (byChance[index] < least) continue;
    hits++;
    if (hits < enough) continue;
    const counted = index + 1;
    return {
      p: hits / counted,
      counted,
      hits,
      stopped: true,
      // The number of values is random here, and not that of hits.
      low: clopperPearson(hits, counted).low,
      high: counted === 1 ? 1 : clopperPearson(hits - 1, counted - 1).high,
    };
  }
  return {
    p: (1 + hits) / (1 + byChance.length),
    counted: byChance.length,
    hits,
    stopped: false,
    ...clopperPearson(hits, byChance.length),
  };
}
