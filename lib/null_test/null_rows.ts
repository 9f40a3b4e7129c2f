/** The rows of `null.csv`. */

import type { ScoredGeneSet } from "../clusters/score_gene_set.ts";
import type { RowOf } from "../store/table.ts";
import type { PlannedNull } from "./null_plan.ts";
import type { ScoredNull } from "./null_tests.ts";
import type { nullValues } from "./outputs.ts";

/**
 * A row a k-means run of one random set in one space.
 *
 * @param number Of the set, from 1.
 * @param space The index of the space.
 */
export function nullRows(
  { geneSet, model, sets }: PlannedNull,
  number: number,
  scored: ScoredGeneSet,
  space: number,
): RowOf<typeof nullValues>[] {
  const { geneSeed, task } = sets[number - 1];
  return scored[space].repeats.map((run, index) => ({
    gene_set: geneSet,
    null_model: model.name,
    space: task.spaces[space].space,
    random_set: number,
    gene_seed: geneSeed,
    embedding_seed: task.spaces[space].embeddingSeed,
    repeat: index + 1,
    kmeans_seed: run.kmeansSeed,
    homogeneity: run.homogeneity,
    completeness: run.completeness,
    v_measure: run.vMeasure,
  }));
}

/** All rows: null model by null model, space by space, set by set. */
export function allNullRows(
  nulls: readonly ScoredNull[],
): RowOf<typeof nullValues>[] {
  return nulls.flatMap(({ plan, scored }) =>
    scored[0].flatMap((_, space) =>
      scored.flatMap((own, index) => nullRows(plan, index + 1, own, space))
    )
  );
}
