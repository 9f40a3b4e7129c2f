/** What a worker of the explaining pool does: one sample at a time. */

import {
  type Backend,
  type BackendChoice,
  openBackend,
} from "../backend/open.ts";
import { describeNetwork, type NetworkSize } from "../cnn/architecture.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../cnn/inference_pass.ts";
import { readModel } from "../cnn/keras_model.ts";
import {
  buildNetwork,
  disposeNetwork,
  type WeightValues,
} from "../cnn/network.ts";
import { RandomStream } from "../random.ts";
import { type DrawRules, planDraws } from "./draws.ts";
import { blockGradientSums } from "./expected_gradients.ts";

/** What every worker gets at the start. */
export interface ExplainSetup {
  readonly backend: BackendChoice;
  /** Background samples x genes (and decoys) transformed values. */
  readonly background: Float32Array;
  /** The class of each background sample. */
  readonly classes: Int32Array;
  /** How the draws are made. */
  readonly rules: DrawRules;
}

/** A network to explain: its files, or its weights in memory. */
export type NetworkToExplain =
  & (
    | { readonly modelPath: string; readonly weightsPath: string }
    | {
      readonly size: NetworkSize;
      /** In memory that the workers share, if there are several. */
      readonly weights: readonly WeightValues[];
    }
  )
  & {
    /** How densely to draw alphas, for importance sampling. */
    readonly alphaDensity?: Float64Array;
  };

/** One sample to explain. */
export interface ExplainTask {
  readonly network: NetworkToExplain;
  /** Tells networks apart; the same number is the same network. */
  readonly networkNumber: number;
  /** The sample's transformed values, one a gene (and decoy). */
  readonly expression: Float32Array;
  readonly explainedClass: number;
  /** Number of draws, a multiple of `blocks`. */
  readonly draws: number;
  readonly blocks: number;
  /** Seed of these draws. */
  readonly seed: number;
}

interface LoadedNetwork {
  readonly number: number;
  readonly frozen: FrozenNetwork;
  /** Draws at a time. */
  readonly batch: number;
}

interface ExplainState {
  readonly setup: ExplainSetup;
  readonly backend: Backend;
  /** The network of the last task: a network is large, so only one is held. */
  loaded?: LoadedNetwork;
}

/** Opens this worker's own backend. */
export async function setUp(setup: ExplainSetup): Promise<ExplainState> {
  return { setup, backend: await openBackend(setup.backend) };
}

/** Explains one sample: blocks x columns sums over the draws. */
export async function work(
  task: ExplainTask,
  state: ExplainState,
): Promise<Float64Array> {
  const { frozen, batch } = await load(task, state);
  const { background, classes, rules } = state.setup;
  const { draws, blocks, seed, network } = task;
  const source = { classes, density: network.alphaDensity };
  return await blockGradientSums(
    frozen,
    task.expression,
    task.explainedClass,
    background,
    planDraws(new RandomStream(seed), source, draws, blocks, rules),
    blocks,
    batch,
  );
}

/** Puts a network onto the backend, unless it is there. */
async function load(
  { network, networkNumber }: ExplainTask,
  state: ExplainState,
): Promise<LoadedNetwork> {
  if (state.loaded?.number === networkNumber) return state.loaded;
  close(state);
  const { architecture, weights } = "weights" in network
    ? fromMemory(network.size, network.weights)
    : await readModel(network.modelPath, network.weightsPath);
  return state.loaded = {
    number: networkNumber,
    frozen: freeze(buildNetwork(architecture, weights)),
    batch: inferenceBatch(state.backend, architecture),
  };
}

function fromMemory(
  { genes, tissues, width }: NetworkSize,
  weights: readonly WeightValues[],
) {
  return {
    architecture: describeNetwork(genes, tissues, width),
    weights: ownCopies(weights),
  };
}

/** Not every backend reads shared memory; one tensor is copied at a time. */
function* ownCopies(
  weights: readonly WeightValues[],
): Generator<WeightValues> {
  for (const { name, shape, values } of weights) {
    yield { name, shape, values: values.slice() };
  }
}

/** Hands the sums over without a copy. */
export function transfer(sums: Float64Array): Transferable[] {
  return [sums.buffer as ArrayBuffer];
}

/** Frees the network: with one thread the backend outlives the pool. */
export function close(state: ExplainState): void {
  if (state.loaded === undefined) return;
  const { frozen } = state.loaded;
  disposeFrozen(frozen);
  disposeNetwork(frozen.network);
  state.loaded = undefined;
}
