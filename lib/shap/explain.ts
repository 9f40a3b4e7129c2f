/** Explains all samples for all networks, round after round of draws. */

import type { BackendChoice } from "../backend/open.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { deriveSeed } from "../random.ts";
import { runCached } from "../store/cached_tasks.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { BlockScores } from "./block_scores.ts";
import { blockCount, drawStream } from "./draw_rounds.ts";
import type { DrawRules } from "./draws.ts";
import { ExplainPool } from "./explain_pool.ts";
import type { SampleToExplain } from "./explain_worker.ts";
import type { ExplainedSample, FoldSamples } from "./predictions.ts";

/** What is to be explained, and how far. */
export interface ExplainOptions {
  readonly folds: readonly FoldSamples[];
  /** Each sample's row in the scores. */
  readonly rowOf: ReadonlyMap<ExplainedSample, number>;
  readonly matrix: ImageMatrix;
  readonly backend: BackendChoice;
  readonly rules: DrawRules;
  /** The draws of each. */
  readonly rounds: readonly number[];
  /** Is called after each round but the last: whether the draws suffice. */
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
  const { folds, rowOf, matrix, rounds, suffices, checkpoints } = options;
  const { seed, threads } = context.settings;
  const ensemble = folds[0].networks.length;
  const blocks = blockCount(rounds[0]);
  const scores = new BlockScores({
    samples: rowOf.size,
    columns: matrix.columns,
    blocks,
    ensemble,
  });
  await using pools = new FoldPools(options, threads);
  let round = 0;
  do {
    const draws = rounds[round];
    round++;
    using progress = context.progress(
      round === 1 ? "explaining" : `explaining, round ${round}`,
      rowOf.size * ensemble,
      "samples",
    );
    for (const fold of folds) {
      for (const [index, network] of fold.networks.entries()) {
        const member = index + 1;
        await runCached<SampleToExplain, Float64Array>(
          checkpoints,
          `sums-${round}-${network.fold}-${member}`,
          fold.samples.map(({ sample_id, row, predictedClass }) => ({
            sampleId: sample_id,
            expression: takeImageRows(matrix, [row]),
            explainedClass: predictedClass,
            seed: deriveSeed(seed, drawStream(sample_id, member, round)),
          })),
          async (missing, onSums) => {
            const pool = await pools.open(fold);
            await pool.explain(network, missing, { draws, blocks }, onSums);
          },
          (sums, sample) => {
            scores.add(rowOf.get(fold.samples[sample])!, index, sums);
            progress.advance(1);
          },
        );
      }
    }
    scores.endRound(draws);
  } while (round < rounds.length && !suffices(scores));
  return { scores, rounds: round };
}

/** The workers of one fold at a time: its background may be large. */
class FoldPools {
  #fold?: FoldSamples;
  #pool?: ExplainPool;

  constructor(
    readonly options: Pick<ExplainOptions, "matrix" | "backend" | "rules">,
    readonly threads: number,
  ) {}

  /** The workers of a fold; those of another are closed first. */
  async open(fold: FoldSamples): Promise<ExplainPool> {
    if (this.#pool !== undefined && this.#fold === fold) return this.#pool;
    await this[Symbol.asyncDispose]();
    const { matrix, backend, rules } = this.options;
    this.#fold = fold;
    return this.#pool = await ExplainPool.open({
      backend,
      rules,
      background: takeImageRows(matrix, fold.backgroundRows),
      classes: fold.backgroundClasses,
      threads: this.threads,
      samples: fold.samples.length,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.[Symbol.asyncDispose]();
  }
}
