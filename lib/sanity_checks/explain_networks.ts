/** Explains the checks' samples by one network after the other. */

import type { Architecture } from "../cnn/architecture.ts";
import type { WeightValues } from "../cnn/network.ts";
import { deriveSeed } from "../random.ts";
import {
  type TissueMedians,
  tissueMedians,
} from "../selection/tissue_medians.ts";
import { blockCount, wholeBlocks } from "../shap/draw_rounds.ts";
import { explainingWork, ExplainPool } from "../shap/explain_pool.ts";
import type { NetworkToExplain } from "../shap/explain_worker.ts";
import { readCached, writeCached } from "../store/cached_tasks.ts";
import type { CheckInputs, ChecksContext, CheckSetup } from "./inputs.ts";
import type { Check } from "./outputs.ts";

/** A network in memory. */
export interface LoadedNetwork {
  /** Default that of the first network. */
  readonly architecture?: Architecture;
  readonly weights: readonly WeightValues[];
}

/** A network whose explanations are compared, made when it is explained. */
export interface ComparedNetwork {
  readonly name: Check | "network";
  readonly load: () => LoadedNetwork | Promise<LoadedNetwork>;
}

/**
 * Explains every sample by each network against the training samples.
 *
 * @returns Each network's median scores, tissue by tissue, decoys left out.
 * @throws {RunError} If a score is not finite.
 */
export async function explainNetworks(
  context: ChecksContext,
  { backend, architecture, inputs, checkpoints }: CheckSetup,
  networks: readonly ComparedNetwork[],
): Promise<TissueMedians[][]> {
  const { settings: { seed, threads }, parameters: { draws } } = context;
  const { train, samples } = inputs;
  await using pool = await ExplainPool.open({
    backend: backend.name,
    rules: inputs.drawRules,
    output: inputs.output,
    background: train.expression,
    classes: train.classes,
    threads,
    samples: samples.length,
    work: explainingWork(
      architecture,
      networks.length * samples.length * wholeBlocks(draws),
    ),
  });
  using progress = context.progress(
    "explaining",
    networks.length * samples.length,
    "samples",
  );
  const explained: TissueMedians[][] = [];
  for (const { name, load } of networks) {
    progress.note(name.replaceAll("_", " "));
    // Networks explained with the same draws differ by themselves only.
    const stream = name === "rerun" ? "rerun" : "draws";
    const checkpoint = `medians-${name}`;
    let medians = readCached<TissueMedians[]>(checkpoints, checkpoint)?.value;
    if (medians !== undefined) {
      progress.advance(samples.length);
    } else {
      const loaded = await load();
      medians = await explainMedians(
        pool,
        { size: loaded.architecture ?? architecture, weights: loaded.weights },
        inputs,
        // By the samples' ids, as in the shap stage.
        samples.map(({ sampleId }) =>
          deriveSeed(seed, `checks/${stream}/${sampleId}`)
        ),
        wholeBlocks(draws),
        () => progress.advance(1),
      );
      writeCached(checkpoints, checkpoint, medians);
    }
    explained.push(medians);
  }
  return explained;
}

/**
 * Explains every sample by one network, its draws by its seed.
 *
 * @param draws Draws a sample, in whole blocks.
 * @param onSample Is called after each sample.
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
  const blocks = blockCount(draws);
  const scores = new Float32Array(samples.length * genes);
  await pool.explain(
    network,
    samples.map((sample, index) => ({ ...sample, seed: seeds[index] })),
    { draws, blocks },
    (sums, index) => {
      const columns = sums.length / blocks;
      geneColumns.forEach((column, gene) => {
        let sum = 0;
        for (let at = column; at < sums.length; at += columns) sum += sums[at];
        scores[index * genes + gene] = sum / draws;
      });
      onSample();
    },
  );
  return tissueMedians(
    scores,
    samples.map(({ tissue }) => tissue),
    tissues,
  );
}
