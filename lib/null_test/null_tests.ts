/** The test of a gene set against each null model in each space. */

import type {
  ScoredGeneSet,
  ScoredRepeat,
  ScoredSpace,
} from "../clusters/score_gene_set.ts";
import { monteCarloError } from "../clusters/monte_carlo_error.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import { criticalValue } from "./critical_value.ts";
import type { PlannedNull } from "./null_plan.ts";
import type { SpaceTest } from "./outputs.ts";
import { tailOf, testAgainstNull } from "./t_test.ts";

/** A null model whose sets have been scored, in the order of the plan. */
export interface ScoredNull {
  readonly plan: PlannedNull;
  readonly scored: readonly ScoredGeneSet[];
}

export interface NullResult {
  readonly test: SpaceTest;
  /** The mean V-measure of each random set. */
  readonly nullMeans: readonly number[];
}

/** A gene set's k-means runs in one space. */
export interface RunsInSpace extends Pick<ScoredSpace, "space"> {
  readonly repeats: readonly Pick<
    ScoredRepeat,
    "layout" | "embeddingSeed" | "repeat" | "kmeansSeed" | "vMeasure"
  >[];
}

/** The V-measures of a set's k-means runs in one space. */
export function vMeasuresOf(
  { repeats }: Pick<RunsInSpace, "repeats">,
): number[] {
  return repeats.map(({ vMeasure }) => vMeasure);
}

/**
 * Tests a gene set's mean V-measure in every space against every null model.
 *
 * @param tested The gene set's runs, in the spaces of the random sets and as
 * many as theirs.
 * @param nulls At least two sets each, all scored in the same spaces.
 * @returns Null model by null model, and within each space by space.
 */
export function testNulls(
  tested: readonly RunsInSpace[],
  nulls: readonly ScoredNull[],
): NullResult[] {
  return nulls.flatMap((each) =>
    tested.map((own, index) => testIn(own, index, each))
  );
}

/** The test against one null model in the space of that index. */
function testIn(
  tested: RunsInSpace,
  index: number,
  { plan, scored }: ScoredNull,
): NullResult {
  const own = vMeasuresOf(tested);
  const values = scored.map((spaces) => vMeasuresOf(spaces[index]));
  const nullMeans = values.map((runs) => mean(runs));
  const test = testAgainstNull(nullMeans, mean(own));
  const withinSetSd = own.length < 2 ? null : mean(values.map(sampleSd));
  const within = withinSetSd === null ? null : tailOf(
    test.statistic - test.null_mean,
    withinSetSd,
    nullMeans.length,
  );
  const layouts = new Set(tested.repeats.map(({ layout }) => layout)).size;
  const errors = scored.map((spaces) => monteCarloError(spaces[index].repeats));
  return {
    nullMeans,
    test: {
      gene_set: plan.geneSet,
      null_model: plan.model.name,
      space: tested.space,
      sets: nullMeans.length,
      layouts,
      repeats: own.length / layouts,
      genes: plan.sets[0].task.columns.length,
      ...test,
      critical_value: test.t === null ? null : criticalValue(nullMeans),
      monte_carlo_se: monteCarloError(tested.repeats),
      null_monte_carlo_se: errors.some((error) => error === null)
        ? null
        : Math.sqrt(mean(errors.map((error) => error! ** 2))),
      within_set_sd: withinSetSd,
      within_set_p_t: within?.p ?? null,
      log10_within_set_p_t: within?.log10P ?? null,
      mean_gene_overlap: plan.meanGeneOverlap,
    },
  };
}

/** The smallest p_empirical that so many random sets can give. */
export function leastP(sets: number): number {
  return 1 / (sets + 1);
}

/** The fewest random sets with which a test can be significant. */
export const FEWEST_SETS = fewestSets();

function fewestSets(): number {
  let sets = 1;
  while (leastP(sets) >= SIGNIFICANCE_LEVEL) sets++;
  return sets;
}

/** Whether both p-values of a test are below the level. */
export function isSignificant(
  { p_t, p_empirical }: Pick<SpaceTest, "p_t" | "p_empirical">,
): boolean {
  return p_t !== null && p_t < SIGNIFICANCE_LEVEL &&
    p_empirical < SIGNIFICANCE_LEVEL;
}

/** Errors within which a value may be on either side of the critical one. */
const UNDECIDED_ERRORS = 2;

/**
 * Whether other seeds of layouts and k-means could turn the test: its value is
 * within two Monte Carlo errors of the critical one. False where the error is
 * not known.
 */
export function isUndecided(
  { statistic, critical_value, monte_carlo_se }: Pick<
    SpaceTest,
    "statistic" | "critical_value" | "monte_carlo_se"
  >,
): boolean {
  return critical_value !== null && monte_carlo_se !== null &&
    Math.abs(statistic - critical_value) < UNDECIDED_ERRORS * monte_carlo_se;
}
