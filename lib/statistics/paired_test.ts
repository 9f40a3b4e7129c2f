/** Who is right more often on the same samples: by samples, and by groups. */

import { holm } from "./adjust_p.ts";
import { exactMcNemar } from "./binomial.ts";
import { SIGNIFICANCE_LEVEL } from "./format_p.ts";
import { signFlipP } from "./sign_flips.ts";
import { countUnits, unitsOf } from "./units.ts";

/** The test in which a whole group, not a sample, is the independent unit. */
export interface GroupTest {
  /** Groups among the samples; a sample without a group is one of its own. */
  readonly groups: number;
  /** Exact, two-sided. */
  readonly p: number;
  readonly adjustedP: number;
  /** The smallest adjusted p that so many groups can give. */
  readonly leastAdjustedP: number;
}

/** A first classifier compared with another one. */
export interface PairedTest {
  /** Samples that only the first gets right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** McNemar's exact p, which takes samples to be independent. */
  readonly p: number;
  readonly adjustedP: number;
  /** Null if no group has several of the samples. */
  readonly byGroups: GroupTest | null;
}

/**
 * The smallest p that a test by groups can give, adjusted by Holm if all tests
 * are: 2^(1 - groups) times the tests, at most 1.
 *
 * @param tests By default 1.
 *
 * @example
 * ```ts
 * import { leastGroupP } from "./paired_test.ts";
 * console.assert(leastGroupP(6) === 1 / 32 && leastGroupP(6, 4) === 1 / 8);
 * ```
 */
export function leastGroupP(groups: number, tests = 1): number {
  return Math.min(1, tests * 2 ** (1 - groups));
}

/**
 * Compares a first classifier with each of several others, by McNemar's exact
 * test and, where groups have several samples, by a test that flips the sign of
 * a group's difference (samples that only the first gets right, less those
 * that only the other does) as a whole: samples of a study or donor may be
 * right or wrong together (whole-block sign flips; Winkler et al. 2014,
 * doi:10.1016/j.neuroimage.2014.01.060). With groups of one sample it is
 * McNemar's. The p of each test are adjusted by Holm for the other classifiers.
 *
 * @param first Whether it gets each sample right.
 * @param others Likewise, of each other classifier.
 * @param groups The group of each sample, empty text for none; none by default.
 * @throws {RangeError} If they are not of the same samples.
 *
 * @example
 * ```ts
 * import { testPairs } from "./paired_test.ts";
 * const right = [true, true, true, true];
 * const wrong = right.map(() => false);
 * const [{ p, byGroups }] = testPairs(right, [wrong], ["a", "a", "b", "b"]);
 * console.assert(p === 0.125 && byGroups!.p === 0.5);
 * ```
 */
export function testPairs(
  first: readonly boolean[],
  others: readonly (readonly boolean[])[],
  groups: readonly string[] = first.map(() => ""),
): PairedTest[] {
  for (const { length } of [...others, groups]) {
    if (length === first.length) continue;
    throw new RangeError(
      `Cannot compare: ${length} answers or groups for ${first.length} samples`,
    );
  }
  const units = unitsOf(groups);
  const count = countUnits(units);
  const hasGroups = count < groups.length;
  const tests = others.map((second) => {
    const differences = first.map((right, at) => +right - +second[at]);
    const onlyFirst = differences.filter((each) => each > 0).length;
    const onlySecond = differences.filter((each) => each < 0).length;
    return {
      onlyFirst,
      onlySecond,
      p: exactMcNemar(onlyFirst, onlySecond),
      groupP: hasGroups ? signFlipP(sumWithin(differences, units, count)) : NaN,
    };
  });
  const adjusted = holm(tests.map(({ p }) => p));
  const groupAdjusted = holm(tests.map(({ groupP }) => groupP));
  return tests.map(({ groupP, ...test }, index) => ({
    ...test,
    adjustedP: adjusted[index],
    byGroups: hasGroups
      ? {
        groups: count,
        p: groupP,
        adjustedP: groupAdjusted[index],
        leastAdjustedP: leastGroupP(count, tests.length),
      }
      : null,
  }));
}

/**
 * Whether two classifiers are shown to differ: McNemar's adjusted p is below
 * 0.05, and so is that by groups wherever so many groups can give one.
 *
 * @example
 * ```ts
 * import { isShown } from "./paired_test.ts";
 * const byGroups = { adjustedP: 0.06, leastAdjustedP: 0.01 };
 * console.assert(!isShown({ adjustedP: 0.001, byGroups }));
 * ```
 */
export function isShown(
  { adjustedP, byGroups }: {
    readonly adjustedP: number;
    readonly byGroups:
      | Pick<GroupTest, "adjustedP" | "leastAdjustedP">
      | null;
  },
): boolean {
  if (adjustedP >= SIGNIFICANCE_LEVEL) return false;
  return byGroups === null || byGroups.leastAdjustedP >= SIGNIFICANCE_LEVEL ||
    byGroups.adjustedP < SIGNIFICANCE_LEVEL;
}

function sumWithin(
  values: readonly number[],
  units: Int32Array,
  count: number,
): Int32Array {
  const sums = new Int32Array(count);
  units.forEach((unit, at) => sums[unit] += values[at]);
  return sums;
}
