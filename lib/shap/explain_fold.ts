/** Explains training samples of one split by networks that belong to it. */

import { learningRows } from "../prepare/tissue_contrasts.ts";
import type { Direction } from "../selection/candidates.ts";
import { knockoffColumns } from "../selection/knockoffs.ts";
import type { ExplainedScores } from "../selection/select_gene_set.ts";
import {
  type ExplainContext,
  explainPart,
  type ExplainTools,
  predictPart,
} from "./explain_part.ts";
import { foldCandidates } from "./part_lists.ts";

/** The scores of the explained samples with what may be ranked by them. */
export type FoldScores = ExplainedScores & {
  /** Samples that were explained. */
  readonly explained: number;
};

/**
 * Explains some of the samples that the networks of a dataset's only fold
 * learned from, as the stage `shap` does. The draws are those of the context's
 * seed.
 *
 * @returns Null if there is no sample to learn from.
 * @throws {InputError} If the networks do not fit the data.
 * @throws {RunError} If an output or a score is not finite.
 */
export async function explainFold(
  context: ExplainContext,
  tools: Omit<ExplainTools, "candidates" | "baseValues"> & {
    readonly direction: Direction;
  },
): Promise<FoldScores | null> {
  const { dataset, matrix, direction } = tools;
  const [fold] = dataset.folds;
  if (learningRows(dataset, fold).length === 0) return null;
  const candidates = foldCandidates(direction, dataset, matrix, fold);
  const own = { ...tools, baseValues: new Map<number, Float64Array>() };
  const predicted = await predictPart(context, own, "training");
  const { scores } = await explainPart(
    context,
    { ...own, candidates: candidates.candidates ?? null },
    predicted,
  );
  return {
    genes: scores.ofAll(matrix.geneColumns),
    decoys: scores.ofAll(matrix.decoyColumns),
    knockoffOf: knockoffColumns(matrix.decoys),
    tissueOf: predicted.tissueOf,
    ...candidates,
    explained: predicted.samples.length,
  };
}
