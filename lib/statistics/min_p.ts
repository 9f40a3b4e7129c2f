/** P-values of several tests on one sample, adjusted together. */

import { countBelow } from "./count_below.ts";

/**
 * Values that differ by a smaller share are equal: the same sum in another
 * order differs by rounding.
 */
const ROUNDING = 1e-12;

/** What the tests give, each in the order of `values`. */
export interface AdjustedTests {
  /** The rank of the tested value among all: (1 + as high by chance) / (m + 1). */
  readonly p: readonly number[];
  /** Adjusted so that a false finding in any of the tests is rare. */
  readonly adjusted: readonly number[];
  /** Draws whose smallest p is at most that of the test, of m. */
  readonly hits: readonly number[];
}

/**
 * Single-step minP of Westfall and Young (1993, Resampling-Based Multiple
 * Testing, section 2.3; Ge, Dudoit and Speed 2003, doi:10.1007/BF02595811,
 * box 1, where the same draws give p and its adjustment). Every draw by chance
 * was scored in all tests. The p of a value in a test is its rank among all m + 1,
 * the tested one included; that of test s is adjusted to
 * (1 + #{draws whose smallest p over all tests <= p_s}) / (m + 1). That is an
 * exact p for "there is nothing in any test" as long as the tested values are as
 * likely as any other draw's, however the tests depend on each other; and it is
 * the p itself where there is one test.
 *
 * @param values The tested value in each test.
 * @param byChance For each test, the value of each draw, in the same order of
 * draws.
 * @throws {RangeError} If there is no test or draw, or tests have not all draws.
 *
 * @example
 * ```ts
 * import { minP } from "./min_p.ts";
 * const { p, adjusted } = minP([9, 2], [[1, 2, 3], [3, 2, 1]]);
 * console.assert(p[0] === 1 / 4 && adjusted[0] === 2 / 4);
 * console.assert(p[1] === 3 / 4 && adjusted[1] === 4 / 4);
 * ```
 */
export function minP(
  values: readonly number[],
  byChance: readonly (readonly number[])[],
): AdjustedTests {
  const draws = byChance[0]?.length ?? 0;
  if (
    draws === 0 || values.length !== byChance.length ||
    byChance.some(({ length }) => length !== draws)
  ) {
    throw new RangeError(
      `Cannot adjust p-values: ${values.length} tests have ${
        byChance.map(({ length }) => length).join(", ") || "no"
      } draws and should have as many each, at least one`,
    );
  }
  // The tested value is the last one of each test.
  const ranks = values.map((value, test) =>
    ranksOf([...byChance[test], value])
  );
  const smallest = Array.from(
    { length: draws },
    (_, draw) => Math.min(...ranks.map((own) => own[draw])),
  );
  const own = ranks.map((each) => each[draws]);
  const hits = own.map((rank) =>
    smallest.filter((least) => least <= rank).length
  );
  return {
    p: own.map((rank) => rank / (draws + 1)),
    adjusted: hits.map((count) => (1 + count) / (draws + 1)),
    hits,
  };
}

/** How many of the values are at least as high as each of them, itself included. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return values.map((value) =>
    sorted.length - countBelow(sorted, value - ROUNDING * Math.abs(value))
  );
}
