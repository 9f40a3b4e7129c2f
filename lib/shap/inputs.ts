/** What the `shap` stage is made from: the data, and how genes are selected. */

import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { readImageMatrix } from "../prepare/image_matrix.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import type { Decoy } from "../prepare/decoys.ts";
import { candidatesOf } from "../selection/candidates.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import { decoyDataset } from "../selection/decoy_dataset.ts";
import { knockoffColumns } from "../selection/knockoffs.ts";
import { UNIQUE_SHARE } from "../selection/levels.ts";
import { checkDecoys } from "./check_decoys.ts";
import { checkFolds } from "./check_folds.ts";
import { factsOfGenes } from "./gene_facts.ts";
import type { shapParameters } from "./parameters.ts";

export type ShapContext = StageContext<Values<typeof shapParameters>>;

/**
 * Reads the prepared data, and finds which genes may be ranked.
 *
 * @throws {InputError} If `prepare` has not run, the rule needs decoys and
 * there are none, or it needs one split and there are folds.
 */
export async function readInputs(context: ShapContext) {
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  checkFolds(context.parameters.cutoff, dataset.folds.length > 1);
  const contrasts = tissueContrasts(dataset);
  const { direction } = context.parameters;
  return {
    dataset,
    matrix,
    rule: cutoffRule(context.parameters, matrix.decoys),
    knockoffOf: knockoffColumns(matrix.decoys),
    factsOf: factsOfGenes(contrasts, dataset.geneFacts),
    candidates: candidatesOf(direction, contrasts),
    decoyCandidates: candidatesOf(
      direction,
      tissueContrasts(decoyDataset(dataset, matrix)),
    ),
  };
}

/**
 * How the set is to be selected.
 *
 * @throws {InputError} If the rule needs decoys and there are none.
 */
export function cutoffRule(
  { cutoff, top, frequency, fdr, "noise-rate": rate }: Values<
    typeof shapParameters
  >,
  decoys: readonly Pick<Decoy, "kind">[],
): CutoffRule {
  if (cutoff === "unique") return { rule: cutoff, share: UNIQUE_SHARE };
  if (cutoff === "top") return { rule: cutoff, ranks: top };
  if (cutoff === "stable") return { rule: cutoff, ranks: top, frequency };
  checkDecoys(cutoff, (kind) => decoys.some((own) => own.kind === kind));
  return cutoff === "knockoff"
    ? { rule: cutoff, rate: fdr }
    : { rule: cutoff, rate };
}
