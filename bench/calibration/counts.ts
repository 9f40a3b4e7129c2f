/** How often each test rejected, and what that says of it. */

import { SIGNIFICANCE_LEVEL as LEVEL } from "../../lib/statistics/format_p.ts";
import type { TrialTest } from "./setup.ts";

/** The four tests that are held beside each other. */
export const testNames = ["p_t", "p_empirical", "naive", "runs"] as const;

/** One of them. */
export type TestName = typeof testNames[number];

/** Outside of this share of rejections a test does not keep its level. */
export const KEPT = { least: 0.02, most: 0.09 } as const;

/** How often one test rejected in one scenario. */
export interface RejectionCount {
  readonly scenario: TrialTest["scenario"];
  readonly null: string;
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
 * @param hits Times that it happened.
 * @param trials Times that it could have happened, at least 1.
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "./counts.ts";
 * const [low, high] = wilsonInterval(10, 200);
 * console.assert(Math.abs(low - 0.0274) < 1e-4);
 * console.assert(Math.abs(high - 0.0896) < 1e-4);
 * ```
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
 * Whether a test rejects at 5 %; `null` if it cannot be made. Where the
 * k-means runs of a set all agree, the naive tests have a spread of 0, beside
 * which anything above the mean stands out.
 */
export function rejects(name: TestName, test: TrialTest): boolean | null {
  if (name === "p_empirical") return test.pEmpirical <= LEVEL;
  if (name === "p_t") return test.pT === null ? null : test.pT <= LEVEL;
  if (name === "runs") {
    return test.runsP === null
      ? test.statistic > test.otherMean
      : test.runsP <= LEVEL;
  }
  return test.naivePT === null
    ? test.statistic > test.nullMean
    : test.naivePT <= LEVEL;
}

/**
 * Counts the rejections of each test in each scenario, null and space.
 *
 * @param tests The tests of all trials.
 * @returns In the order in which they are met first.
 */
export function countRejections(
  tests: readonly TrialTest[],
): RejectionCount[] {
  const groups = new Map<string, TrialTest[]>();
  for (const test of tests) {
    const key = `${test.scenario}/${test.null}/${test.space}`;
    const group = groups.get(key);
    if (group) group.push(test);
    else groups.set(key, [test]);
  }
  return [...groups.values()].flatMap((group) =>
    testNames.flatMap((name): RejectionCount[] => {
      const made = group.map((test) => rejects(name, test))
        .filter((rejected) => rejected !== null);
      if (made.length === 0) return [];
      const [{ scenario, null: kind, space }] = group;
      const rejected = made.filter(Boolean).length;
      return [{
        scenario,
        null: kind,
        space,
        test: name,
        trials: made.length,
        rejected,
        interval: wilsonInterval(rejected, made.length),
      }];
    })
  );
}

/** What a rate says of a test, to be put behind the test's name. */
export function formatRate(
  { rejected, trials, interval }: RejectionCount,
): string {
  const rate = rejected / trials;
  if (rate >= KEPT.least && rate <= KEPT.most) return "keeps its level";
  const [low, high] = interval;
  if (low <= LEVEL && LEVEL <= high) return "needs more trials to be judged";
  return rate > KEPT.most ? "rejects too often" : "rejects too rarely";
}
