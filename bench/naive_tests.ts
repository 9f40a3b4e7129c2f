/** Tests that the suite does not use, to show what they would find. */

import { mean, sampleSd } from "../lib/statistics/describe.ts";
import { studentTUpperTail } from "../lib/statistics/student_t.ts";

/**
 * Student's t-test (1908) of the runs of one gene set against the runs of
 * another, upper tail: it treats k-means runs as independent samples and ignores
 * the variation between gene sets.
 *
 * @param tested Scores of the runs of the tested set, at least two.
 * @param random Scores of the same number of runs of a random set.
 * @returns `null` if neither set has runs that differ.
 */
export function testRuns(
  tested: readonly number[],
  random: readonly number[],
): number | null {
  return testDifference(
    mean(tested) - mean(random),
    Math.sqrt((sampleSd(tested) ** 2 + sampleSd(random) ** 2) / 2),
    tested.length,
  );
}

/**
 * The same from the difference of two means and the standard deviation of a run.
 *
 * @param difference The difference.
 * @param sd Standard deviation of a run.
 * @param runs Runs of each of the two sets.
 */
export function testDifference(
  difference: number,
  sd: number,
  runs: number,
): number | null {
  if (sd === 0) return null;
  return studentTUpperTail(
    difference / (sd * Math.sqrt(2 / runs)),
    2 * (runs - 1),
  ).p;
}
