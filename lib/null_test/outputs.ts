/** The files of numbers that the stage `ttest` writes. */

import type { ScoredGeneSet } from "../clusters/score_gene_set.ts";
import { type Row, writeTable } from "../store/csv.ts";
import type { NullModel } from "./null_models/null_model.ts";
import type { PlannedSet } from "./null_plan.ts";
import type { ScoredNull, SpaceTest } from "./null_tests.ts";

const COLUMNS = [
  "set",
  "gene_seed",
  "embedding_seed",
  "repeat",
  "kmeans_seed",
  "homogeneity",
  "completeness",
  "v_measure",
];

/** The columns of `nulls.csv`. */
export const ALL_COLUMNS = ["null", "space", ...COLUMNS];

/** A row a repeat of a random set in the space of that place. */
export function setRows(
  kind: NullModel,
  number: number,
  { geneSeed, task }: PlannedSet,
  scored: ScoredGeneSet,
  place: number,
): Row[] {
  return scored[place].repeats.map((repeat, index): Row => ({
    null: kind.name,
    space: task.spaces[place].space,
    set: number,
    gene_seed: geneSeed,
    embedding_seed: task.spaces[place].embeddingSeed,
    repeat: index + 1,
    kmeans_seed: repeat.kmeansSeed,
    homogeneity: repeat.homogeneity,
    completeness: repeat.completeness,
    v_measure: repeat.vMeasure,
  }));
}

function nullRows({ plan, scored }: ScoredNull, place: number): Row[] {
  return plan.sets.flatMap((set, at) =>
    setRows(plan.kind, at + 1, set, scored[at], place)
  );
}

/** `null.csv`: the first null in the first space. */
export function writeNull([first]: readonly ScoredNull[]): string {
  return writeTable(COLUMNS, nullRows(first, 0));
}

/** `nulls.csv`: every null in every space. */
export function writeNulls(nulls: readonly ScoredNull[]): string {
  return writeTable(
    ALL_COLUMNS,
    nulls.flatMap((each) =>
      each.scored[0].flatMap((_, place) => nullRows(each, place))
    ),
  );
}

/** A test as `ttest.json` holds it. */
export function recordTest(found: SpaceTest) {
  const { test } = found;
  return {
    null: found.null,
    space: found.space,
    sets: found.sets,
    repeats: found.repeats,
    genes: found.genes,
    null_mean: test.nullMean,
    null_sd: test.nullSd,
    // The spread of restarts alone: what a null of one set would rest on.
    within_set_sd: found.withinSetSd,
    statistic: test.statistic,
    z: test.z,
    t: test.t,
    df: test.df,
    p_t: test.pT,
    log10_p_t: test.log10PT,
    p_empirical: test.pEmpirical,
    as_high: test.asHigh,
    naive_p_t: found.naivePT,
    log10_naive_p_t: found.log10NaivePT,
    mean_overlap: found.meanOverlap,
  };
}
