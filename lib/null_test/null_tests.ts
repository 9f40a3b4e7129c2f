/** The test of the SHAP set against each null in each space. */

import type { ScoredGeneSet, ScoredSpace } from "../clusters/score_gene_set.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import { type NullTest, tailOf, testAgainstNull } from "./t_test.ts";
import type { PlannedNull } from "./null_plan.ts";

/** A null whose sets have been scored, in the order of the plan. */
export interface ScoredNull {
  readonly plan: PlannedNull;
  readonly scored: readonly ScoredGeneSet[];
}

/** One of the tests. */
export interface SpaceTest {
  /** The null's name. */
  readonly null: string;
  readonly space: string;
  readonly test: NullTest;
  readonly sets: number;
  /** K-means runs a set. */
  readonly repeats: number;
  /** Genes in each random set. */
  readonly genes: number;
  /** The mean V-measure of each random set. */
  readonly nullMeans: readonly number[];
  /** Mean over the random sets of the spread of their own k-means runs. */
  readonly withinSetSd: number | null;
  /**
   * What the t-test would say if that spread were the null's, as if one set
   * clustered again and again were many sets: the study's own spread.
   */
  readonly naivePT: number | null;
  readonly log10NaivePT: number | null;
  /** Mean share of a random set's genes that are in the SHAP set, too. */
  readonly meanOverlap: number;
}

/** The V-measures of a set's repeats in one space. */
export function vMeasuresOf({ repeats }: ScoredSpace): number[] {
  return repeats.map((repeat) => repeat.vMeasure);
}

/** The test against one null in one space. */
function testIn(
  place: number,
  shap: ScoredGeneSet,
  { plan, scored }: ScoredNull,
): SpaceTest {
  const values = scored.map((spaces) => vMeasuresOf(spaces[place]));
  const nullMeans = values.map((own) => mean(own));
  const own = vMeasuresOf(shap[place]);
  const test = testAgainstNull(nullMeans, mean(own));
  const withinSetSd = own.length < 2 ? null : mean(values.map(sampleSd));
  const naive = withinSetSd === null
    ? null
    : tailOf(test.statistic - test.nullMean, withinSetSd, nullMeans.length);
  return {
    null: plan.kind.name,
    space: plan.sets[0].task.spaces[place].space,
    test,
    sets: nullMeans.length,
    repeats: own.length,
    genes: plan.sets[0].task.columns.length,
    nullMeans,
    withinSetSd,
    naivePT: naive?.p ?? null,
    log10NaivePT: naive?.log10P ?? null,
    meanOverlap: plan.meanOverlap,
  };
}

/**
 * Tests the SHAP set's mean V-measure in every space against every null.
 *
 * @param shap The SHAP set's scores, in the spaces of the nulls.
 * @param nulls At least two sets each, all scored in the same spaces.
 * @returns Null by null, and within each space by space.
 */
export function testNulls(
  shap: ScoredGeneSet,
  nulls: readonly ScoredNull[],
): SpaceTest[] {
  return nulls.flatMap((each) =>
    shap.map((_, place) => testIn(place, shap, each))
  );
}
