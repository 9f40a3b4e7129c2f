/** A Monte Carlo test that draws more values only where few do not decide. */

import { clopperPearson } from "./binomial.ts";
import { SIGNIFICANCE_LEVEL } from "./format_p.ts";
import { hypergeometricPoint } from "./hypergeometric.ts";
import { hitsToStop } from "./sequential_p.ts";

/** How many values by chance a test has. */
export interface Looks {
  /** Those at the interim look, after which a clear test ends. */
  readonly first: number;
  /** Those of a test that goes on; as many as `first`: no test does. */
  readonly last: number;
}

/**
 * Whether a test is to go on after the interim look: the exact 95 % interval of
 * its p holds the level 0.05, so that more values could turn it.
 *
 * @param hits Of the `first` values, those that are as high as the tested one.
 *
 * @example
 * ```ts
 * import { goesOn } from "./interim_look.ts";
 * const looks = { first: 199, last: 999 };
 * console.assert(!goesOn(3, looks) && goesOn(4, looks));
 * console.assert(goesOn(16, looks) && !goesOn(17, looks));
 * ```
 */
export function goesOn(hits: number, { first, last }: Looks): boolean {
  if (first >= last || hits >= hitsToStop(first)) return false;
  const { low, high } = clopperPearson(hits, first);
  return low < SIGNIFICANCE_LEVEL && high > SIGNIFICANCE_LEVEL;
}

/**
 * The exact p of a test with an interim look. Outcomes are ordered by
 * (1 + hits) / (1 + values), at the look where the test ended; p is the
 * probability of an outcome that is as small or smaller, if the tested value is
 * as likely as any other to have any rank among all: then the hits h of the
 * first and H of all values have the probability
 *
 *     P(h, H) = Hypergeometric(h; last, H, first) / (last + 1).
 *
 * So P(p <= a) <= a for every a (the p-value of group sequential trials with
 * outcomes in another order: Jennison and Turnbull 2000, Group Sequential
 * Methods, section 8.4). Never below (1 + hits) / (1 + values), which it is
 * without a second look.
 *
 * @param hits Of the values at the look where the test ended.
 * @param values Their number: that of one of the looks.
 * @throws {RangeError} If there is no such look, or the test would not have
 * ended there.
 *
 * @example
 * ```ts
 * import { pOfLook } from "./interim_look.ts";
 * const looks = { first: 199, last: 999 };
 * // Hardly more than 1 / 200 and 41 / 1,000.
 * console.assert(Math.abs(pOfLook(0, 199, looks) - 0.005) < 1e-5);
 * console.assert(Math.abs(pOfLook(39, 999, looks) - 0.0402) < 1e-4);
 * ```
 */
export function pOfLook(hits: number, values: number, looks: Looks): number {
  const { first, last } = looks;
  if (values !== first && values !== last) {
    throw new RangeError(
      `Cannot compute p: the test ended with ${values} values, and its looks are at ${first} and ${last}`,
    );
  }
  if (first >= last) return (1 + hits) / (1 + values);
  if (values === first && goesOn(hits, looks)) {
    throw new RangeError(
      `Cannot compute p: with ${hits} of ${values} the test goes on to ${last} values`,
    );
  }
  // Compared as whole numbers: (1 + h) / (1 + first) <= (1 + hits) / (1 + values).
  const atFirst = Math.min(
    Math.floor((1 + hits) * (1 + first) / (1 + values)),
    1 + first,
  );
  const atLast = Math.min(
    Math.floor((1 + hits) * (1 + last) / (1 + values)),
    1 + last,
  );
  const { open, atMost } = goingOn(looks);
  const ended = atFirst - open.filter((h) => h < atFirst).length;
  const p = ended / (1 + first) + (atMost[atLast - 1] ?? 0);
  return Math.max(p, (1 + hits) / (1 + values));
}

/** What is the same for all tests with these looks. */
interface GoingOn {
  /** The hits at the first look with which a test goes on. */
  readonly open: readonly number[];
  /** P(a test goes on and has at most so many hits of all), by their number. */
  readonly atMost: Float64Array;
}

const known = new Map<string, GoingOn>();

function goingOn(looks: Looks): GoingOn {
  const { first, last } = looks;
  const key = `${first}/${last}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const open = Array.from({ length: first + 1 }, (_, h) => h)
    .filter((h) => goesOn(h, looks));
  const atMost = new Float64Array(last + 1);
  let sum = 0;
  for (let hits = 0; hits <= last; hits++) {
    for (const h of open) {
      sum += hypergeometricPoint({ N: last, K: hits, n: first, k: h }) /
        (1 + last);
    }
    atMost[hits] = sum;
  }
  known.set(key, { open, atMost });
  return { open, atMost };
}
