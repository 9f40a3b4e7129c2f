/** How often each test rejected, and whether that is as it should be. */

import { SIGNIFICANCE_LEVEL as LEVEL } from "../../lib/statistics/format_p.ts";
import type { TrialTest } from "./setup.ts";

/** The four tests that are compared. */
export const testNames = [
  "p_t",
  "p_empirical",
  "within_set",
  "two_sets",
] as const;

/** One of them. */
export type TestName = typeof testNames[number];

/** Outside this range of rejection rates a test is not valid at the 5 % level. */
export const NOMINAL_RANGE = { least: 0.02, most: 0.09 } as const;

/** How often one test rejected in one scenario. */
export interface RejectionCount {
  readonly scenario: TrialTest["scenario"];
  readonly null_model: string;
  readonly space: string;
  readonly test: TestName;
  /** Trials in which the test could be made. */
  readonly trials: number;
  readonly rejected: number;
  /** The 95 % interval of the rate. */
  readonly interval: readonly [number, number];
}

/**
 * The 95 % interval of a rate (Wilson 1927).
 *
 * @param hits Trials in which it happened.
 * @param trials All trials, at least 1.
 */
export function wilsonInterval(
  hits: number,
  trials: number,
): readonly [number, number] {
  const z = 1.959963984540054;
  const rate = hits / trials;
  const scale = 1 + z * z / trials;
  const center = (rate + z * z / (2 * trials)) / scale;
  const half = z / scale * Math.sqrt(
    rate * (1 - rate) / trials + z * z / (4 * trials * trials),
  );
  return [Math.max(0, center - half), Math.min(1, center + half)];
}

/**
 * Whether a test rejects at 5 %; `null` if it cannot be made. Where all k-means
 * runs of a set agree, the naive tests have an sd of 0, and reject for any score
 * above the mean.
 */
export function rejects(name: TestName, test: TrialTest): boolean | null {
  if (name === "p_empirical") return test.pEmpirical <= LEVEL;
  if (name === "p_t") return test.pT === null ? null : test.pT <= LEVEL;
  if (name === "two_sets") {
    return test.twoSetsP === null
      ? test.statistic > test.otherMean
      : test.twoSetsP <= LEVEL;
  }
  return test.withinSetP === null
    ? test.statistic > test.nullMean
    : test.withinSetP <= LEVEL;
}

/**
 * Counts the rejections of each test by scenario, null model and space.
 *
 * @param tests The tests of all trials.
 * @returns In order of first occurrence.
 */
export function countRejections(
  tests: readonly TrialTest[],
): RejectionCount[] {
  const groups = new Map<string, TrialTest[]>();
  for (const test of tests) {
    const key = `${test.scenario}/${test.nullModel}/${test.space}`;
    const group = groups.get(key);
    if (group) group.push(test);
    else groups.set(key, [test]);
  }
  return [...groups.values()].flatMap((group) =>
    testNames.flatMap((name): RejectionCount[] => {
      const made = group.map((test) => rejects(name, test))
        .filter((rejected) => rejected !== null);
      if (made.length === 0) return [];
      const [{ scenario, nullModel, space }] = group;
      const rejected = made.filter(Boolean).length;
      return [{
        scenario,
        null_model: nullModel,
        space,
        test: name,
        trials: made.length,
        rejected,
        interval: wilsonInterval(rejected, made.length),
      }];
    })
  );
}

/** A rate in words, to follow the name of the test. */
export function formatRate(
  { rejected, trials, interval }: RejectionCount,
): string {
  const rate = rejected / trials;
  if (rate >= NOMINAL_RANGE.least && rate <= NOMINAL_RANGE.most) {
    return "rejects at the nominal rate";
  }
  const [low, high] = interval;
  if (low <= LEVEL && LEVEL <= high) return "needs more trials";
  return rate > NOMINAL_RANGE.most ? "rejects too often" : "rejects too rarely";
}
