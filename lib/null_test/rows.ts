/** The rows of `null.csv`. */

import { repeatRow } from "../clusters/outputs.ts";
import type { ScoredSpace } from "../clusters/score_gene_set.ts";
import type { RowOf } from "../store/table.ts";
import type { PlannedNull } from "./null_plan.ts";
import type { ScoredNull } from "./null_tests.ts";
import type { nullValues } from "./outputs.ts";

/**
 * A row a k-means run of one random set in one space.
 *
 * @param number Of the set, from 1.
 */
export function nullRows(
  { geneSet, model, sets }: PlannedNull,
  number: number,
  { space, repeats }: ScoredSpace,
): RowOf<typeof nullValues>[] {
  return repeats.map((run) => ({
    gene_set: geneSet,
    null_model: model.name,
    space,
    random_set: number,
    gene_seed: sets[number - 1].geneSeed,
    shared_genes: sets[number - 1].shared,
    ...repeatRow(run),
    ami: run.ami,
    ari: run.ari,
  }));
}

/** All rows: null model by null model, space by space, set by set. */
export function allNullRows(nulls: readonly ScoredNull[]) {
  return nulls.flatMap(({ plan, scored }) =>
    scored[0].flatMap((_, space) =>
      scored.flatMap((own, index) => nullRows(plan, index + 1, own[space]))
    )
  );
}
