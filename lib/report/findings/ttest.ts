/** The tests against random gene sets. */

import { defined, mean, standardDeviation } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import type { Measured, SpaceTestResult } from "../stage_files.ts";
import { significanceLevel } from "./levels.ts";

/** The test against random gene sets. */
export interface TestFindings {
  readonly statistic: Measured;
  readonly null_mean: Measured;
  readonly null_sd: Measured;
  /** Mean over the sets of the spread of one set's k-means repeats. */
  readonly within_set_sd: Measured;
  /** (statistic - null mean) / null sd. */
  readonly z: Measured;
  readonly t: Measured;
  readonly df: number;
  readonly p_t: Measured;
  readonly p_empirical: Measured;
  /** Random sets whose mean V-measure is that of the gene set or higher. */
  readonly as_high: Measured;
  readonly sets: number;
  readonly genes: number;
  readonly space: string;
  /** Every test: each kind of random sets in each space. */
  readonly tests?: readonly SpaceTest[];
  /** In how many of them the result holds. */
  readonly held?: number;
}

/** One of the tests. */
export interface SpaceTest extends SpaceTestResult {
  /** Whether both p-values are below the level. */
  readonly holds: boolean;
}

/**
 * The test's numbers, with the spread within the sets beside it.
 */
export function testFindings(
  { result, null: rows }: NonNullable<RunFiles["ttest"]>,
): TestFindings {
  const { statistic, null_mean, null_sd } = result;
  const sets = new Map<string, number[]>();
  for (const { set, v_measure } of rows) {
    sets.set(set, [...(sets.get(set) ?? []), Number(v_measure)]);
  }
  const spreads = [...sets.values()].map(standardDeviation);
  const means = [...sets.values()].map(mean);
  const whole = statistic !== null && null_mean !== null && null_sd !== null;
  const tests = result.tests?.map((test) => ({ ...test, holds: holds(test) }));
  return {
    statistic,
    null_mean,
    null_sd,
    within_set_sd: defined(mean(spreads)),
    z: whole ? defined((statistic - null_mean) / null_sd) : null,
    t: result.t,
    df: result.df,
    p_t: result.p_t,
    p_empirical: result.p_empirical,
    as_high: statistic === null
      ? null
      : result.as_high ?? means.filter((mean) => mean >= statistic).length,
    sets: result.sets,
    genes: result.genes,
    space: result.space,
    ...(tests && {
      tests,
      held: tests.filter(({ holds }) => holds).length,
    }),
  };
}

/**
 * Whether both p-values of a test are below the level.
 */
export function holds(
  { p_t, p_empirical }: { p_t: Measured; p_empirical: Measured },
): boolean {
  return p_t !== null && p_empirical !== null &&
    p_t < significanceLevel && p_empirical < significanceLevel;
}
