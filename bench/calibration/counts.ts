/** How often each test rejected, and whether that is as it should be. */

import { SIGNIFICANCE_LEVEL as LEVEL } from "../../lib/statistics/format_p.ts";
import type { TrialTest } from "./setup.ts";

/** The tests that are compared. */
export const testNames = [
  "p_t",
  "p_empirical",
  "p_adjusted",
  "within_set",
  "two_sets",
] as const;

/** One of them. */
export type TestName = typeof testNames[number];

/**
 * The rates of rejection between which 97 % of valid tests are, by the normal
 * approximation: among 1,000 trials 3.5 % to 6.5 %.
 *
 * @param trials All trials, at least 1.
 * @param level The nominal rate.
 */
export function nominalRange(
  trials: number,
  level = LEVEL,
): { readonly least: number; readonly most: number } {
  return rangeAround(level, Math.sqrt(level * (1 - level) / trials));
}

/** The same of rates with a known standard error. */
export function rangeAround(
  level: number,
  error: number,
): { readonly least: number; readonly most: number } {
  const half = 2.17 * error;
  return { least: Math.max(0, level - half), most: level + half };
}

/** How often one test rejected in one scenario. */
export interface RejectionCount {
  readonly scenario: TrialTest["scenario"];
  readonly null_model: string;
  readonly space: string;
  readonly measure: string;
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
  const isBelow = (p: number | null | undefined) =>
    p === null || p === undefined ? null : p <= LEVEL;
  if (name === "p_empirical") return isBelow(test.pEmpirical);
  if (name === "p_adjusted") return isBelow(test.pAdjusted);
  if (name === "p_t") return isBelow(test.pT);
  if (name === "two_sets") {
    return test.twoSetsP === null
      ? test.statistic > test.otherMean
      : isBelow(test.twoSetsP);
  }
  return test.withinSetP === null
    ? test.statistic > test.nullMean
    : isBelow(test.withinSetP);
}

/**
 * Counts the rejections of each test by scenario, null model, space and measure.
 *
 * @param tests The tests of all trials.
 * @returns In order of first occurrence.
 */
export function countRejections(
  tests: readonly TrialTest[],
): RejectionCount[] {
  const groups = new Map<string, TrialTest[]>();
  for (const test of tests) {
    const key = [test.scenario, test.nullModel, test.space, test.measure]
      .join("/");
    const group = groups.get(key);
    if (group) group.push(test);
    else groups.set(key, [test]);
  }
  return [...groups.values()].flatMap((group) =>
    testNames.flatMap((name): RejectionCount[] => {
      const made = group.map((test) => rejects(name, test))
        .filter((rejected) => rejected !== null);
      if (made.length === 0) return [];
      const [{ scenario, nullModel, space, measure }] = group;
      const rejected = made.filter(Boolean).length;
      return [{
        scenario,
        null_model: nullModel,
        space,
        measure,
        test: name,
        trials: made.length,
        rejected,
        interval: wilsonInterval(rejected, made.length),
      }];
    })
  );
}

/**
 * A rate in words, to follow the name of the test. A test that is exact may
 * reject less often: p are discrete, and the adjusted p of one space allows for
 * the others.
 */
export function formatRate(
  { rejected, trials, test, space }: RejectionCount,
): string {
  const isBound = test === "p_adjusted" && space !== "together";
  return formatShare(rejected / trials, nominalRange(trials), isBound);
}

/**
 * The same of any test.
 *
 * @param rate Of rejections.
 * @param range Where the rate of a valid test lies.
 * @param isBound Whether the test promises a rate of at most the nominal one.
 * @param level The nominal rate.
 */
export function formatShare(
  rate: number,
  { least, most }: ReturnType<typeof nominalRange>,
  isBound: boolean,
  level = LEVEL,
): string {
  if (rate > most) return "rejects too often";
  // So few trials cannot tell a rate from twice as much.
  if (most > 2 * level) return "needs more trials";
  return isBound || rate >= least
    ? "rejects at the nominal rate" + (isBound ? " or less" : "")
    : "rejects too rarely";
}
