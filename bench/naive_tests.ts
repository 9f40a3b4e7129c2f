/** The tests that the suite does not make, to show what they would say. */

import { mean, sampleSd } from "../lib/statistics/describe.ts";
import { studentTUpperTail } from "../lib/statistics/student_t.ts";

/**
 * Student's t-test (1908) of the runs of one gene set against the runs of
 * another, upper tail: it takes k-means runs for independent samples, and so
 * knows nothing of how gene sets differ.
 *
 * @param tested Scores of the runs of the tested set, at least two.
 * @param random Scores of as many runs of a random set.
 * @returns `null` where neither set's runs differ among themselves.
 *
 * @example
 * ```ts
 * import { testRuns } from "./naive_tests.ts";
 * console.assert(testRuns([1, 2, 3], [1, 2, 3]) === 0.5);
 * console.assert(testRuns([1, 1], [0, 0]) === null);
 * ```
 */
export function testRuns(
  tested: readonly number[],
  random: readonly number[],
): number | null {
  return testSpread(
    mean(tested) - mean(random),
    Math.sqrt((sampleSd(tested) ** 2 + sampleSd(random) ** 2) / 2),
    tested.length,
  );
}

/**
 * The same from the difference of two means and the spread of a run.
 *
 * @param apart The difference.
 * @param spread Standard deviation of a run.
 * @param runs Runs of each of the two sets.
 */
export function testSpread(
  apart: number,
  spread: number,
  runs: number,
): number | null {
  if (spread === 0) return null;
  return studentTUpperTail(
    apart / (spread * Math.sqrt(2 / runs)),
    2 * (runs - 1),
  ).p;
}
