/** What a worker of the checks' pool does: one sample at a time. */

import { type BackendChoice, openBackend } from "../backend/open.ts";
import {
  type Architecture,
  describeNetwork,
  type NetworkSize,
} from "../cnn/architecture.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import {
  disposeFrozen,
  freeze,
  type FrozenNetwork,
} from "../cnn/inference_pass.ts";
import {
  buildNetwork,
  disposeNetwork,
  type WeightValues,
} from "../cnn/network.ts";
import { RandomStream } from "../random.ts";
import { type DrawRules, planDraws } from "../shap/draws.ts";
import { type Background, explainSample } from "../shap/expected_gradients.ts";

/** What every worker is told at the start. */
export interface CheckSetup {
  readonly backend: BackendChoice;
  readonly size: NetworkSize;
  readonly background: Background;
  /** Draws a sample. */
  readonly draws: number;
  /** The class of each background sample. */
  readonly classes: Int32Array;
  /** How the draws are made. */
  readonly rules: DrawRules;
}

/** A network to explain. */
export interface NumberedNetwork {
  /** Tells networks apart; the same number is the same network. */
  readonly number: number;
  /** In memory that the workers share, if there are several. */
  readonly weights: readonly WeightValues[];
}

/** One sample to explain. */
export interface CheckTask {
  readonly network: NumberedNetwork;
  /** The sample's transformed values, one a column of the image. */
  readonly expression: Float32Array;
  readonly explainedClass: number;
  /** Seed of the sample's draws. */
  readonly seed: number;
}

interface CheckState {
  readonly setup: CheckSetup;
  readonly architecture: Architecture;
  readonly batch: number;
  /** The network of the last task, which is mostly that of the next. */
  loaded: { readonly number: number; readonly frozen: FrozenNetwork } | null;
}

/** Opens this worker's own backend. */
export async function setUp(setup: CheckSetup): Promise<CheckState> {
  const backend = await openBackend(setup.backend);
  const { genes, tissues, width } = setup.size;
  const architecture = describeNetwork(genes, tissues, width);
  const batch = inferenceBatch(backend, architecture);
  return { setup, architecture, batch, loaded: null };
}

/** Puts a network onto the backend, unless it is there. */
function load(state: CheckState, network: NumberedNetwork): FrozenNetwork {
  if (state.loaded?.number !== network.number) {
    close(state);
    const { architecture } = state;
    const frozen = freeze(
      buildNetwork(architecture, ownCopies(network.weights)),
    );
    state.loaded = { number: network.number, frozen };
  }
  return state.loaded!.frozen;
}

/** Not every backend reads shared memory; one tensor is copied at a time. */
function* ownCopies(
  weights: readonly WeightValues[],
): Generator<WeightValues> {
  for (const { name, shape, values } of weights) {
    yield { name, shape, values: values.slice() };
  }
}

/** Explains one sample: one score a column. */
export async function work(
  task: CheckTask,
  state: CheckState,
): Promise<Float64Array> {
  const { background, classes, draws, rules } = state.setup;
  return await explainSample(
    load(state, task.network),
    task.expression,
    task.explainedClass,
    background,
    planDraws(
      new RandomStream(task.seed),
      { classes },
      { of: new Uint8Array(draws), count: 1 },
      rules,
    ),
    state.batch,
  );
}

/** Hands the scores over without a copy. */
export function transfer(scores: Float64Array): Transferable[] {
  return [scores.buffer as ArrayBuffer];
}

/** Frees the network: with one thread the backend outlives the pool. */
export function close(state: CheckState): void {
  if (state.loaded === null) return;
  const { frozen } = state.loaded;
  disposeFrozen(frozen);
  disposeNetwork(frozen.network);
  state.loaded = null;
}
