/** The test of a gene set against each null model in each space. */

import type {
  ScoredGeneSet,
  ScoredRepeat,
  ScoredSpace,
} from "../clusters/score_gene_set.ts";
import { monteCarloError } from "../clusters/monte_carlo_error.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import { criticalValue } from "./critical_value.ts";
import { looksOf, testSpaces } from "./looks.ts";
import { mainMeasure, type Measure } from "./measures.ts";
import type { PlannedNull } from "./null_plan.ts";
import type { SpaceTest } from "./outputs.ts";
import { isBelowLevel } from "./significance.ts";
import { tailOf, testAgainstNull } from "./t_test.ts";

/** A null model whose sets have been scored, in the order of the plan. */
export interface ScoredNull {
  readonly plan: PlannedNull;
  /** Fewer than the plan has where all tests have stopped. */
  readonly scored: readonly ScoredGeneSet[];
}

export interface NullResult {
  readonly test: SpaceTest;
  /** The mean score of each random set. */
  readonly nullMeans: readonly number[];
}

/** A gene set's k-means runs in one space. */
export interface RunsInSpace extends Pick<ScoredSpace, "space"> {
  readonly repeats: readonly Pick<
    ScoredRepeat,
    | "layout"
    | "embeddingSeed"
    | "repeat"
    | "kmeansSeed"
    | "vMeasure"
    | "ami"
    | "ari"
  >[];
}

/** The scores of a set's k-means runs in one space. */
export function scoresOf(
  { repeats }: Pick<RunsInSpace, "repeats">,
  { valueOf }: Measure,
): number[] {
  return repeats.map(valueOf);
}

/** A gene set's mean scores and those of random sets, space by space. */
export function scoresBy(
  measure: Measure,
  tested: readonly RunsInSpace[],
  scored: readonly ScoredGeneSet[],
) {
  return {
    values: tested.map((own) => mean(scoresOf(own, measure))),
    nulls: tested.map((_, index) =>
      scored.map((spaces) => mean(scoresOf(spaces[index], measure)))
    ),
  };
}

/**
 * Tests a gene set's mean score in every space against every null model.
 *
 * @param tested The gene set's runs, in the spaces of the random sets and as
 * many as theirs.
 * @param nulls At least two sets each, all scored in the same spaces.
 * @param measure What is compared; default AMI.
 * @returns Null model by null model, and within each space by space.
 */
export function testNulls(
  tested: readonly RunsInSpace[],
  nulls: readonly ScoredNull[],
  measure = mainMeasure,
): NullResult[] {
  return nulls.flatMap((each) => testNull(tested, each, measure));
}

/** The tests against one null model, adjusted for the spaces. */
function testNull(
  tested: readonly RunsInSpace[],
  { plan, scored }: ScoredNull,
  measure: Measure,
): NullResult[] {
  const { values, nulls } = scoresBy(measure, tested, scored);
  const looks = looksOf(measure, plan.looks);
  const counts = testSpaces(values, nulls, looks);
  const genes = plan.sets[0].task.columns.length;
  const overlap = mean(
    scored.map((_, index) => plan.sets[index].shared / genes),
  );
  return tested.map((own, index): NullResult => {
    const runs = scoresOf(own, measure);
    const nullMeans = nulls[index];
    const test = testAgainstNull(nullMeans, values[index]);
    const within = spreadWithin(
      runs.length < 2
        ? []
        : scored.map((spaces) => scoresOf(spaces[index], measure)),
      test,
    );
    const layouts = new Set(own.repeats.map(({ layout }) => layout)).size;
    const errors = scored.map((spaces) =>
      monteCarloError(spaces[index].repeats, measure.valueOf)
    );
    const { p, counted, hits, adjusted, low, high } = counts[index];
    // Where the sets have ended, more would have been drawn for another
    // value: those that there are give an estimate.
    const at = (value: number) =>
      isBelowLevel(
        testSpaces(values.with(index, value), nulls, looks)[index]
          .adjusted,
      );
    return {
      nullMeans,
      test: {
        gene_set: plan.geneSet,
        null_model: plan.model.name,
        space: own.space,
        measure: measure.name,
        sets: nullMeans.length,
        layouts,
        repeats: runs.length / layouts,
        genes,
        ...test,
        difference: test.statistic - test.null_mean,
        sets_counted: counted,
        n_as_extreme: hits,
        p_empirical: p,
        spaces: tested.length,
        p_adjusted: adjusted,
        p_adjusted_low: low,
        p_adjusted_high: high,
        critical_value: test.null_sd === 0
          ? null
          : criticalValue(nullMeans, at),
        monte_carlo_se: monteCarloError(own.repeats, measure.valueOf),
        null_monte_carlo_se: errors.some((error) => error === null)
          ? null
          : Math.sqrt(mean(errors.map((error) => error! ** 2))),
        ...within,
        mean_gene_overlap: overlap,
      },
    };
  });
}

/** What the spread of the runs within the random sets would have said. */
function spreadWithin(
  runs: readonly (readonly number[])[],
  { statistic, null_mean }: { statistic: number; null_mean: number },
) {
  const sd = runs.length === 0 ? null : mean(runs.map(sampleSd));
  const tail = sd === null
    ? null
    : tailOf(statistic - null_mean, sd, runs.length);
  return {
    within_set_sd: sd,
    within_set_p_t: tail?.p ?? null,
    log10_within_set_p_t: tail?.log10P ?? null,
  };
}
