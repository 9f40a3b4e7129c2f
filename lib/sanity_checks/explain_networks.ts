/** Explains the checks' samples by one network after the other. */

import type { Backend } from "../backend/open.ts";
import type { NetworkSize } from "../cnn/architecture.ts";
import type { WeightValues } from "../cnn/network.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { deriveSeed } from "../random.ts";
import {
  type TissueMedians,
  tissueMedians,
} from "../selection/tissue_medians.ts";
import { ExplainPool, type NetworkToExplain } from "../shap/explain_pool.ts";
import { readCached, writeCached } from "../store/cached_tasks.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import type { CheckInputs } from "./inputs.ts";

/** A network whose explanations are compared, made when it is explained. */
export interface ComparedNetwork {
  /** For its checkpoint. */
  readonly name: string;
  /** What the progress bar calls it. */
  readonly words: string;
  /** Networks explained with the same draws differ by themselves only. */
  readonly stream: "draws" | "rerun";
  readonly weights: () =>
    | readonly WeightValues[]
    | Promise<readonly WeightValues[]>;
}

/** What all networks are explained with. */
export interface ExplainOptions {
  readonly backend: Backend["name"];
  /** Of every network. */
  readonly size: NetworkSize;
  readonly inputs: CheckInputs;
  readonly checkpoints: CheckpointStore;
}

/**
 * Explains every sample by each network against the training samples.
 *
 * @returns Each network's median scores, tissue by tissue, decoys left out.
 * @throws {RunError} If a score is not finite.
 */
export async function explainNetworks(
  context: Pick<
    StageContext<{ readonly draws: number }>,
    "parameters" | "settings" | "progress"
  >,
  { backend, size, inputs, checkpoints }: ExplainOptions,
  networks: readonly ComparedNetwork[],
): Promise<TissueMedians[][]> {
  const { settings: { seed, threads }, parameters: { draws } } = context;
  const { train, samples, drawRules } = inputs;
  const pool = await ExplainPool.open({
    backend,
    rules: drawRules,
    background: train.expression,
    classes: train.classes,
    threads,
    samples: samples.length,
  });
  using progress = context.progress(
    "explaining",
    networks.length * samples.length,
    "samples",
  );
  const explained: TissueMedians[][] = [];
  try {
    for (const { name, words, stream, weights } of networks) {
      progress.note(words);
      const checkpoint = `medians-${name}`;
      const kept = readCached<TissueMedians[]>(checkpoints, checkpoint)?.value;
      if (kept !== undefined) progress.advance(samples.length);
      const medians = kept ?? await explainMedians(
        pool,
        { size, weights: await weights() },
        inputs,
        // By the samples' ids, as in the shap stage.
        samples.map(({ sampleId }) =>
          deriveSeed(seed, `checks/${stream}/${sampleId}`)
        ),
        draws,
        () => progress.advance(1),
      );
      if (kept === undefined) writeCached(checkpoints, checkpoint, medians);
      explained.push(medians);
    }
  } finally {
    await pool.close();
  }
  return explained;
}

/**
 * Explains every sample by one network.
 *
 * @param seeds Seed of each sample's draws.
 * @param onSample Is called after each sample.
 * @returns Each tissue's median score of every gene, decoys left out.
 */
export async function explainMedians(
  pool: ExplainPool,
  network: NetworkToExplain,
  { samples, tissues, geneColumns }: Pick<
    CheckInputs,
    "samples" | "tissues" | "geneColumns"
  >,
  seeds: readonly number[],
  draws: number,
  onSample: () => void,
): Promise<TissueMedians[]> {
  const genes = geneColumns.length;
  const scores = new Float32Array(samples.length * genes);
  await pool.explain(
    network,
    samples.map((sample, index) => ({ ...sample, seed: seeds[index] })),
    { draws, blocks: 1 },
    (sums, index) => {
      geneColumns.forEach((column, gene) =>
        scores[index * genes + gene] = sums[column] / draws
      );
      onSample();
    },
  );
  return tissueMedians(
    scores,
    samples.map(({ tissue }) => tissue),
    tissues,
  );
}
