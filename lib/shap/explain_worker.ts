/** What a worker of the explaining pool does: one sample at a time. */

import { type BackendChoice, openBackend } from "../backend/open.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../cnn/inference_pass.ts";
import { readModel } from "../cnn/layers_model.ts";
import { buildNetwork, disposeNetwork } from "../cnn/network.ts";
import { RandomStream } from "../run/random.ts";
import {
  type AlphaDraws,
  type Background,
  drawPlaces,
  explainSample,
} from "./expected_gradients.ts";

/** What every worker is told at the start. */
export interface ExplainSetup {
  readonly backend: BackendChoice;
  readonly modelPath: string;
  readonly weightsPath: string;
  readonly background: Background;
  /** Draws a sample. */
  readonly draws: number;
  /** How the places between sample and background are drawn. */
  readonly alphas: AlphaDraws;
}

/** One sample to explain. */
export interface ExplainTask {
  /** The sample's transformed values, one a gene. */
  readonly expression: Float32Array;
  readonly explainedClass: number;
  /** Seed of the sample's draws. */
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

/** Explains one sample: one score a gene. */
export async function work(
  task: ExplainTask,
  { setup, frozen, batch }: ExplainState,
): Promise<Float64Array> {
  const { background, draws, alphas } = setup;
  return await explainSample(
    frozen,
    task.expression,
    task.explainedClass,
    background,
    drawPlaces(new RandomStream(task.seed), background.samples, draws, alphas),
    batch,
  );
}

/** Hands the scores over without a copy. */
export function transfer(scores: Float64Array): Transferable[] {
  return [scores.buffer as ArrayBuffer];
}

/** Frees the network: with one thread the backend outlives the pool. */
export function close({ frozen }: ExplainState): void {
  disposeFrozen(frozen);
  disposeNetwork(frozen.network);
}
