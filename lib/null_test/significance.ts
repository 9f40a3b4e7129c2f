/** When a test is significant, and when that may be luck. */

import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import { FEWEST_HITS } from "../statistics/sequential_p.ts";
import type { SpaceTest } from "./outputs.ts";

/** The smallest p that so many random sets can give. */
export function leastP(sets: number): number {
  return 1 / (sets + 1);
}

/** A count of random sets, which may have stopped. */
type Count = Pick<
  SpaceTest,
  "sets" | "sets_counted" | "n_as_extreme" | "p_empirical"
>;

/** Whether the count ended because enough random sets score as high. */
export function hasStopped(
  { sets_counted, n_as_extreme, p_empirical }: Count,
): boolean {
  // Where all sets score as high, both ways to compute p give 1.
  return n_as_extreme >= FEWEST_HITS &&
    p_empirical === n_as_extreme / sets_counted;
}

/** The smallest p that a test's count can give, where it has not stopped. */
export function leastPOf(test: Count): number {
  return leastP(hasStopped(test) ? test.sets : test.sets_counted);
}

/** The fewest random sets with which a test can be significant. */
export const FEWEST_SETS = fewestSets();

function fewestSets(): number {
  let sets = 1;
  while (!isBelowLevel(leastP(sets))) sets++;
  return sets;
}

export function isBelowLevel(p: number): boolean {
  return p < SIGNIFICANCE_LEVEL;
}

/** Whether the p that is adjusted for the spaces is below the level. */
export function isSignificant(
  { p_adjusted }: Pick<SpaceTest, "p_adjusted">,
): boolean {
  return isBelowLevel(p_adjusted);
}

/** Errors within which a value may be on either side of the critical one. */
const UNDECIDED_ERRORS = 2;

/**
 * Whether other seeds of layouts and k-means could turn the test: its value is
 * within two Monte Carlo errors of the critical one. False where the error is
 * not known.
 */
export function dependsOnSeeds(
  { statistic, critical_value, monte_carlo_se }: Pick<
    SpaceTest,
    "statistic" | "critical_value" | "monte_carlo_se"
  >,
): boolean {
  return critical_value !== null && monte_carlo_se !== null &&
    Math.abs(statistic - critical_value) < UNDECIDED_ERRORS * monte_carlo_se;
}

/**
 * Whether other random sets could turn the test: the level lies in the 95 %
 * interval that so many of them leave for the adjusted p. False where there
 * are too few for any test.
 */
export function dependsOnSets(
  { sets, p_adjusted_low, p_adjusted_high }: Pick<
    SpaceTest,
    "sets" | "p_adjusted_low" | "p_adjusted_high"
  >,
): boolean {
  return sets >= FEWEST_SETS && isBelowLevel(p_adjusted_low) &&
    !isBelowLevel(p_adjusted_high);
}

/** Whether other seeds or other random sets could turn the test. */
export function isUndecided(test: SpaceTest): boolean {
  return dependsOnSeeds(test) || dependsOnSets(test);
}

/** What could turn an undecided test, to go before "could". */
export function luckThatTurns(test: SpaceTest): string {
  return [
    ...(dependsOnSets(test) ? ["other random sets"] : []),
    ...(dependsOnSeeds(test) ? ["other seeds of embeddings and k-means"] : []),
  ].join(" or ");
}
