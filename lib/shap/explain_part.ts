/** Test samples, or training samples, predicted and explained by all networks. */

import { withThreads } from "../backend/threads.ts";
import type { Backend } from "../backend/backend.ts";
import { networkStream } from "../cnn/ensemble.ts";
import type { NetworkFile } from "../cnn/ensemble.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import type { Candidates } from "../selection/candidates.ts";
import { samplesToDraw } from "../selection/enough_draws.ts";
import type { ComparedScores } from "../selection/tissue_medians.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import type { BlockScores } from "./block_scores.ts";
import { drawRounds } from "./draw_rounds.ts";
import { explainSamples } from "./explain.ts";
import {
  type ExplainedPart,
  testRows,
  trainingRows,
} from "./explained_rows.ts";
import type { ExplainedSample, PredictionInputs } from "./fold_samples.ts";
import type { ShapContext } from "./inputs.ts";
import { predictFolds, predictionsToMake } from "./predictions.ts";
import { rankedTissueOf } from "./sample_rules.ts";

/** What every part is explained with. */
export interface ExplainTools {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  readonly networks: readonly NetworkFile[];
  readonly backend: Backend;
  readonly candidates: Candidates;
  readonly checkpoints: CheckpointStore;
  /** What the parts share: see `PredictionInputs`. */
  readonly baseValues: Map<number, Float64Array>;
}

/** What predicting and explaining needs of a stage: `shap`, or a later one. */
export type ExplainContext = Pick<
  ShapContext,
  "parameters" | "settings" | "progress" | "stream" | "seedOf"
>;

/** The samples of a part with what the networks predict of them. */
export interface PredictedPart {
  readonly part: ExplainedPart;
  readonly folds: Awaited<ReturnType<typeof predictFolds>>;
  /** In the order of the matrix, then of the folds. */
  readonly samples: readonly ExplainedSample[];
  /** Each sample's tissue, or null if it is not to be ranked. */
  readonly tissueOf: readonly (string | null)[];
}

/** Predicts the samples of a part. */
export async function predictPart(
  context: ExplainContext,
  { dataset, matrix, networks, backend, baseValues }: Omit<
    ExplainTools,
    "candidates" | "checkpoints"
  >,
  part: ExplainedPart,
): Promise<PredictedPart> {
  const { alphas, output, samples: sampleRule } = context.parameters;
  const perTissue = context.parameters["per-tissue"];
  // Drawn once: the rows are asked for more than once.
  const rows = new Map(
    dataset.folds.map((fold) => [
      fold.fold,
      part === "test" ? testRows(dataset, fold) : trainingRows(
        dataset,
        fold,
        perTissue,
        context.stream(`explained/${fold.fold}`),
      ),
    ]),
  );
  const folds = await predict(context, {
    dataset,
    matrix,
    networks,
    rowsOf: ({ fold }) => rows.get(fold)!,
    maxBufferBytes: backend.maxBufferBytes,
    output,
    sampleRule,
    densitySeed: alphas === "importance"
      ? (network) => context.seedOf(networkStream(network, "density"))
      : null,
    baseValues,
  });
  const samples = folds.flatMap(({ samples }) => samples)
    .sort((a, b) => a.row - b.row || a.fold - b.fold);
  return {
    part,
    folds,
    samples,
    tissueOf: rankedTissueOf(sampleRule, samples),
  };
}

/**
 * Explains them.
 *
 * @param tissueOf Each sample's tissue, or null if it is not to be ranked:
 * `auto` takes more draws for the others only.
 */
export async function explainPart(
  context: ExplainContext,
  { dataset, matrix, backend, candidates, checkpoints }: ExplainTools,
  { part, folds, samples, tissueOf }: PredictedPart,
): Promise<
  {
    readonly scores: BlockScores;
    readonly rounds: number;
    /** The scores of the real genes, for these samples' tissues. */
    readonly compare: (tissueOf: readonly (string | null)[]) => ComparedScores;
  }
> {
  const { draws, alphas, backgrounds, control, output } = context.parameters;
  const compare = (
    scores: BlockScores,
    own: readonly (string | null)[],
  ): ComparedScores => ({
    scores,
    columns: matrix.geneColumns,
    tissueOf: own,
    tissues: dataset.tissueNames,
    candidates,
  });
  const { scores, rounds } = await explainSamples(context, {
    folds,
    rowOf: new Map(samples.map((sample, row) => [sample, row])),
    matrix,
    backend: backend.name,
    rules: { alphas, backgrounds, control },
    output,
    rounds: drawRounds(draws, context.parameters["max-draws"]),
    needMore: (scores) => samplesToDraw(compare(scores, tissueOf)),
    checkpoints,
    part,
    severalFolds: part === "training" && dataset.folds.length > 1,
  });
  return { scores, rounds, compare: (own) => compare(scores, own) };
}

/** Predicts all folds behind a progress bar. */
async function predict(
  context: Pick<StageContext, "progress" | "settings">,
  inputs: PredictionInputs,
) {
  using progress = context.progress(
    "predicting",
    predictionsToMake(inputs),
    "samples",
  );
  return await withThreads(
    context.settings.threads,
    () => predictFolds(inputs, (samples) => progress.advance(samples)),
  );
}
