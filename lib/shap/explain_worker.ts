/** What a worker of the explaining pool does: one sample at a time. */

import { type BackendChoice, openBackend } from "../backend/open.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../cnn/inference_pass.ts";
import { readModel } from "../cnn/keras_model.ts";
import { buildNetwork, disposeNetwork } from "../cnn/network.ts";
import { RandomStream } from "../random.ts";
import { assignBlocks, blockCount } from "./draw_blocks.ts";
import { type DrawRules, type DrawSource, planDraws } from "./draws.ts";
import { type Background, blockGradientSums } from "./expected_gradients.ts";

/** What every worker is told at the start. */
export interface ExplainSetup {
  readonly backend: BackendChoice;
  readonly modelPath: string;
  readonly weightsPath: string;
  readonly background: Background;
  /** What the draws are made from. */
  readonly source: DrawSource;
  /** How the draws are made. */
  readonly rules: DrawRules;
}

/** One sample to explain. */
export interface ExplainTask {
  /** The sample's transformed values, one a gene (and decoy). */
  readonly expression: Float32Array;
  readonly explainedClass: number;
  /** Number of draws, a multiple of its blocks. */
  readonly draws: number;
  /** Seed of these draws. */
  readonly seed: number;
}

interface ExplainState {
  readonly setup: ExplainSetup;
  readonly frozen: FrozenNetwork;
  readonly batch: number;
}

/** Loads the network onto this worker's own backend. */
export async function setUp(setup: ExplainSetup): Promise<ExplainState> {
  const backend = await openBackend(setup.backend);
  const { architecture, weights } = await readModel(
    setup.modelPath,
    setup.weightsPath,
  );
  return {
    setup,
    frozen: freeze(buildNetwork(architecture, weights)),
    batch: inferenceBatch(backend, architecture),
  };
}

/** Explains one sample: blocks x genes sums over the draws. */
export async function work(
  task: ExplainTask,
  { setup, frozen, batch }: ExplainState,
): Promise<Float64Array> {
  const { background, source, rules } = setup;
  const stream = new RandomStream(task.seed);
  const blocks = assignBlocks(
    stream,
    task.draws,
    blockCount(task.draws),
    rules.alphas,
  );
  return await blockGradientSums(
    frozen,
    task.expression,
    task.explainedClass,
    background,
    planDraws(stream, source, blocks, rules),
    blocks,
    batch,
  );
}

/** Hands the sums over without a copy. */
export function transfer(sums: Float64Array): Transferable[] {
  return [sums.buffer as ArrayBuffer];
}

/** Frees the network: with one thread the backend outlives the pool. */
export function close({ frozen }: ExplainState): void {
  disposeFrozen(frozen);
  disposeNetwork(frozen.network);
}
