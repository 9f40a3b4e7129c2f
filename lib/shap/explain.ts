/** Explains all samples for all networks, round after round of draws. */

import { takeImageRows } from "../prepare/image_matrix.ts";
import { RunError } from "../cli/errors.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { type DoTasks, runCached } from "../store/cached_tasks.ts";
import { deriveSeed } from "../random.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { BlockScores } from "./block_scores.ts";
import { blockCount } from "./draw_blocks.ts";
import { drawStream } from "./draw_rounds.ts";
import type { ExplainTask } from "./explain_worker.ts";
import type { ExplainedSample, FoldSamples } from "./predictions.ts";
import { NetworkPool, type NetworkPoolOptions } from "./network_pool.ts";

/** What is to be explained, and how far. */
export interface ExplainOptions extends Omit<NetworkPoolOptions, "threads"> {
  readonly folds: readonly FoldSamples[];
  /** Each sample's place in the scores. */
  readonly placeOf: ReadonlyMap<ExplainedSample, number>;
  /** Draws of each round. */
  readonly rounds: readonly number[];
  /** Asked after each round but the last: whether the draws suffice. */
  readonly suffices: (scores: BlockScores) => boolean;
  /** Keeps each sample's sums in case of a crash. */
  readonly checkpoints: CheckpointStore;
}

/**
 * Takes the rounds' draws until they suffice.
 *
 * @returns The scores and how many rounds were taken.
 * @throws {RunError} If scores are not finite.
 */
export async function explainSamples(
  context: Pick<StageContext, "settings" | "progress">,
  options: ExplainOptions,
): Promise<{ scores: BlockScores; rounds: number }> {
  const { folds, matrix, rounds, suffices, checkpoints } = options;
  const { seed, threads } = context.settings;
  const replicates = folds[0].networks.length;
  const scores = new BlockScores({
    samples: options.placeOf.size,
    columns: matrix.columns,
    blocks: blockCount(rounds[0]),
    replicates,
  });
  const pools = new NetworkPool({ ...options, threads });
  let round = 0;
  try {
    while (round < rounds.length) {
      const draws = rounds[round];
      round++;
      const progress = context.progress(
        round === 1 ? "explaining" : `explaining, round ${round}`,
        options.placeOf.size * replicates,
        "samples",
      );
      try {
        for (const fold of folds) {
          for (const [replicate, network] of fold.networks.entries()) {
            const tasks = fold.samples.map((sample) => ({
              expression: takeImageRows(matrix, [sample.row]),
              explainedClass: sample.predictedClass,
              draws,
              seed: deriveSeed(
                seed,
                drawStream(sample.sampleId, replicate + 1, round),
              ),
            }));
            const name = `sums-${round}-${network.fold}-${network.replicate}`;
            const explain: DoTasks<ExplainTask, Float64Array> = async (
              missing,
              onResult,
            ) => {
              const pool = await pools.open(fold, network);
              await pool.forEach(missing, onResult);
            };
            await runCached(
              checkpoints,
              name,
              tasks,
              explain,
              (sums, index) => {
                const sample = fold.samples[index];
                const place = options.placeOf.get(sample)!;
                const all = scores.add(place, replicate, sums);
                if (!Number.isFinite(all)) throw diverged(sample, all);
                progress.advance(1);
              },
            );
          }
        }
      } finally {
        progress.close();
      }
      scores.endRound(draws);
      if (round < rounds.length && suffices(scores)) break;
    }
  } finally {
    await pools.close();
  }
  return { scores, rounds: round };
}

function diverged(sample: ExplainedSample, sum: number): RunError {
  return new RunError(
    `Cannot explain sample ${sample.sampleId}: its scores sum to ${sum} and ` +
      "should be finite; the network's weights may have diverged",
    "deno task cnn --learning-rate 0.00001",
  );
}
