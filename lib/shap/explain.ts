/** Explains samples for all networks, round after round of draws. */

import type { BackendChoice } from "../backend/open.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { deriveSeed } from "../random.ts";
import { runCached } from "../store/cached_tasks.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { BlockScores } from "./block_scores.ts";
import { blockCount, drawStream } from "./draw_rounds.ts";
import type { DrawRules, FixedDraws } from "./draws.ts";
import type { ExplainedOutput } from "./explained_output.ts";
import type { ExplainedPart } from "./explained_rows.ts";
import type { SampleToExplain } from "./explain_worker.ts";
import { foldBackground, FoldWorkers } from "./fold_workers.ts";
import type { ExplainedSample, FoldSamples } from "./fold_samples.ts";

/** What is to be explained, and how far. */
export interface ExplainOptions {
  readonly folds: readonly FoldSamples[];
  /** Each sample's row in the scores. */
  readonly rowOf: ReadonlyMap<ExplainedSample, number>;
  readonly matrix: ImageMatrix;
  readonly backend: BackendChoice;
  readonly rules: DrawRules | FixedDraws;
  readonly output: ExplainedOutput;
  /** The draws of each. */
  readonly rounds: readonly number[];
  /**
   * Is called after each round but the last: the rows of the samples that need
   * more draws. It must depend on the scores alone.
   */
  readonly needMore: (scores: BlockScores) => ReadonlySet<number>;
  /** Keeps each sample's sums in case of a crash. */
  readonly checkpoints: CheckpointStore;
  /** Tells the checkpoints and the progress apart from those of other parts. */
  readonly part: ExplainedPart;
  /** Whether a sample is explained by several folds' networks. */
  readonly severalFolds: boolean;
}

/**
 * Takes the rounds' draws, all samples in the first round, and in each further
 * one those that need more.
 *
 * @returns The scores and how many rounds were taken.
 * @throws {RunError} If scores are not finite.
 */
export async function explainSamples(
  context: Pick<StageContext, "settings" | "progress">,
  options: ExplainOptions,
): Promise<{ scores: BlockScores; rounds: number }> {
  const { folds, rowOf, matrix, rounds, needMore, checkpoints } = options;
  const { part, severalFolds } = options;
  const { seed, threads } = context.settings;
  const ensemble = folds[0].networks.length;
  const blocks = blockCount(rounds[0]);
  const scores = new BlockScores({
    samples: rowOf.size,
    columns: matrix.columns,
    blocks,
    ensemble,
  });
  await using workers = new FoldWorkers({
    ...options,
    backgroundOf: (fold) => foldBackground(matrix, fold),
  }, threads);
  let round = 0;
  let active: ReadonlySet<number> = new Set(rowOf.values());
  do {
    const draws = rounds[round];
    round++;
    using progress = context.progress(
      `explaining ${part} samples` + (round === 1 ? "" : `, round ${round}`),
      active.size * ensemble,
      "samples",
    );
    for (const fold of folds) {
      const samples = fold.samples
        .filter((sample) => active.has(rowOf.get(sample)!));
      for (const [index, network] of fold.networks.entries()) {
        const member = index + 1;
        await runCached<SampleToExplain, Float64Array>(
          checkpoints,
          `${part}-sums-${round}-${network.fold}-${member}`,
          samples.map(({ sample_id, row, explainedClass, fold }) => ({
            sampleId: sample_id,
            expression: takeImageRows(matrix, [row]),
            explainedClass,
            seed: deriveSeed(
              seed,
              drawStream(
                sample_id,
                member,
                round,
                severalFolds ? fold : undefined,
              ),
            ),
          })),
          async (missing, onSums) => {
            const pool = await workers.open(fold);
            await pool.explain(network, missing, { draws, blocks }, onSums);
          },
          (sums, sample) => {
            scores.add(rowOf.get(samples[sample])!, index, sums);
            progress.advance(1);
          },
        );
      }
    }
    scores.endRound(draws, active);
    active = round < rounds.length ? needMore(scores) : new Set();
  } while (active.size > 0);
  return { scores, rounds: round };
}
