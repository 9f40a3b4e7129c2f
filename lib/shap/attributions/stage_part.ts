/** The attributions that the flag asks for, computed and written. */

import { pickColumns } from "../../ml/pick_columns.ts";
import { tissueMedians } from "../../selection/tissue_medians.ts";
import type { ExplainTools, PredictedPart } from "../explain_part.ts";
import type { ShapContext } from "../inputs.ts";
import type { ExplainedSample, FoldSamples } from "../fold_samples.ts";
import {
  type AttributedScores,
  attributeSamples,
  baselinesOf,
} from "./attribute.ts";
import { type Attribution, chooseAttributions } from "./attribution.ts";
import { baselineOutputs } from "./baseline_outputs.ts";
import {
  type AttributedSampleRow,
  attributedSamples,
  attributionTable,
} from "./outputs.ts";

/**
 * Attributes the outputs of the samples that SHAP explains, and writes each
 * attribution's scores; nothing if none is asked for.
 *
 * @throws {RunError} If a score is not finite.
 */
export async function writeAttributions(
  context: ShapContext,
  { dataset, matrix, backend, checkpoints }: ExplainTools,
  { part, folds, samples, tissueOf }: PredictedPart,
): Promise<void> {
  const { attributions, output } = context.parameters;
  const chosen = chooseAttributions(attributions);
  const rows: AttributedSampleRow[] = [];
  for (const attribution of chosen) {
    const baselines = baselinesOf(attribution, { folds, matrix });
    const attributed = await attributeSamples(context, {
      attribution,
      baselines,
      folds,
      rowOf: new Map(samples.map((sample, row) => [sample, row])),
      matrix,
      backend: backend.name,
      output,
      checkpoints,
      part,
    });
    const medians = tissueMedians(
      pickColumns(attributed.scores, matrix.columns, matrix.geneColumns),
      tissueOf,
      dataset.tissueNames,
    );
    await context.write(attributionTable(attribution), {
      names: medians.map(({ tissue }) => tissue),
      first: dataset.genes,
      values: dataset.genes.map((_, gene) =>
        medians.map(({ medians }) => medians[gene])
      ),
    });
    const ofBaselines = attribution.isComplete
      ? await baselineOutputs(baselines, { dataset, matrix, output })
      : null;
    rows.push(...sampleRows(attribution, samples, attributed, ofBaselines));
  }
  if (chosen.length > 0) await context.write(attributedSamples, rows);
}

/**
 * `attributions.csv`.
 *
 * @param ofBaselines Each fold's outputs of its baseline, by class; null where
 * the scores need not sum to anything.
 */
function sampleRows(
  { name }: Attribution,
  samples: readonly ExplainedSample[],
  { sums }: AttributedScores,
  ofBaselines: ReadonlyMap<FoldSamples["fold"], Float64Array> | null,
): AttributedSampleRow[] {
  return samples.map((sample, row) => {
    const { sample_id, fold, explained_tissue, explainedClass } = sample;
    const baseline = ofBaselines?.get(fold)?.[explainedClass] ?? null;
    return {
      attribution: name,
      sample_id,
      fold,
      explained_tissue,
      score_sum: sums[row],
      model_output: baseline === null ? null : sample.model_output,
      baseline_output: baseline,
      completeness_gap: baseline === null
        ? null
        : sample.model_output - baseline - sums[row],
    };
  });
}
