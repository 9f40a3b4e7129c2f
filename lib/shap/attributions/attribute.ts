/** Attributes the outputs of all networks to the genes of the samples. */

import type { StageContext } from "../../pipeline/stage.ts";
import { takeImageRows } from "../../prepare/image_matrix.ts";
import { runCached } from "../../store/cached_tasks.ts";
import type { ExplainOptions } from "../explain.ts";
import type { SampleToExplain } from "../explain_worker.ts";
import { foldBackground, FoldWorkers } from "../fold_workers.ts";
import type { FoldSamples } from "../fold_samples.ts";
import type { Attribution } from "./attribution.ts";

/** What is to be attributed. */
export interface AttributeOptions extends
  Pick<
    ExplainOptions,
    "folds" | "rowOf" | "matrix" | "backend" | "output" | "checkpoints" | "part"
  > {
  readonly attribution: Attribution;
  /** Each fold's baseline. */
  readonly baselines: ReadonlyMap<FoldSamples, Float32Array>;
}

/** Scores as means over a sample's networks. */
export interface AttributedScores {
  /** samples x columns. */
  readonly scores: Float32Array;
  /** Each sample's sum over all columns. */
  readonly sums: Float64Array;
}

/** Each fold's baseline. */
export function baselinesOf(
  { baselineOf }: Attribution,
  { folds, matrix }: Pick<ExplainOptions, "folds" | "matrix">,
): Map<FoldSamples, Float32Array> {
  return new Map(
    folds.map((fold) => [fold, baselineOf(foldBackground(matrix, fold))]),
  );
}

/**
 * Attributes every sample's explained output, network by network.
 *
 * @throws {RunError} If a score is not finite.
 */
export async function attributeSamples(
  context: Pick<StageContext, "settings" | "progress">,
  options: AttributeOptions,
): Promise<AttributedScores> {
  const { attribution, baselines, folds, rowOf, matrix, part } = options;
  const { columns } = matrix;
  const { ranking, steps, title } = attribution;
  const ensemble = folds[0].networks.length;
  const share = 1 / (steps.length * ensemble);
  const scores = new Float32Array(rowOf.size * columns);
  const sums = new Float64Array(rowOf.size);
  await using workers = new FoldWorkers({
    ...options,
    rules: { fixed: steps },
    // The workers draw nothing, so that its class is of no use.
    backgroundOf: (fold) => ({
      background: baselines.get(fold)!,
      classes: Int32Array.of(0),
    }),
  }, context.settings.threads);
  using progress = context.progress(title, rowOf.size * ensemble, "samples");
  for (const fold of folds) {
    for (const [index, network] of fold.networks.entries()) {
      await runCached<SampleToExplain, Float64Array>(
        options.checkpoints,
        `${part}-${ranking}-${network.fold}-${index + 1}`,
        fold.samples.map(({ sample_id, row, explainedClass }) => ({
          sampleId: sample_id,
          expression: takeImageRows(matrix, [row]),
          explainedClass,
        })),
        async (missing, onScores) => {
          const pool = await workers.open(fold);
          await pool.explain(
            network,
            missing,
            { draws: steps.length, blocks: 1 },
            onScores,
          );
        },
        (own, sample) => {
          const row = rowOf.get(fold.samples[sample])!;
          own.forEach((score, column) => {
            scores[row * columns + column] += score * share;
            sums[row] += score * share;
          });
          progress.advance(1);
        },
      );
    }
  }
  return { scores, sums };
}
