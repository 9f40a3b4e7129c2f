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
import { columnMeans } from "./background_control.ts";
import { type DrawRules, type FixedDraws, planDraws } from "./draws.ts";
import type { ExplainedOutput } from "./explained_output.ts";
import { blockGradientSums } from "./expected_gradients.ts";

/** The samples that explanations start from. */
export interface Background {
  /** Background samples x genes (and decoys) transformed values. */
  readonly background: Float32Array;
  /** The class of each background sample. */
  readonly classes: Int32Array;
}

/** What every worker gets at the start. */
export interface ExplainSetup {
  readonly backend: BackendChoice;
  readonly rules: DrawRules | FixedDraws;
  readonly output: ExplainedOutput;
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

/** A sample to explain by one network. */
export interface SampleToExplain {
  readonly sampleId: string;
  /** The sample's transformed values, one a gene (and decoy). */
  readonly expression: Float32Array;
  readonly explainedClass: number;
  /** Seed of its draws; fixed draws need none. */
  readonly seed?: number;
}

/** What a worker is sent for it. */
export interface ExplainTask extends SampleToExplain {
  /** In memory that the workers share, if there are several. */
  readonly background: Background;
  readonly network: NetworkToExplain;
  /** Tells networks apart; the same number is the same network. */
  readonly networkNumber: number;
  /** Number of draws, a multiple of `blocks`. */
  readonly draws: number;
  readonly blocks: number;
}

interface ExplainState {
  readonly setup: ExplainSetup;
  readonly backend: Backend;
  /** The network of the last task: a network is large, so only one is held. */
  loaded?: LoadedNetwork;
}

interface LoadedNetwork {
  readonly number: number;
  readonly frozen: FrozenNetwork;
  /** Each column's mean over its background, if the scores need it. */
  readonly means?: Float64Array;
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
  const { network, draws, blocks, seed } = task;
  const { background, classes } = task.background;
  const { rules, output } = state.setup;
  const { frozen, means } = await load(task, state);
  const source = { classes, density: network.alphaDensity };
  const planned = "fixed" in rules
    ? rules.fixed
    : planDraws(new RandomStream(seed!), source, draws, blocks, rules);
  return await blockGradientSums(
    frozen,
    task.expression,
    task.explainedClass,
    background,
    planned,
    blocks,
    inferenceBatch(state.backend, frozen.network.architecture),
    output,
    means,
  );
}

/** Puts a network onto the backend, unless it is there. */
async function load(
  { network, networkNumber, background }: ExplainTask,
  state: ExplainState,
): Promise<LoadedNetwork> {
  if (state.loaded?.number === networkNumber) return state.loaded;
  close(state);
  const { architecture, weights } = "weights" in network
    ? {
      architecture: describeNetwork(network.size),
      // Not every backend reads shared memory; one tensor is copied at a time.
      weights: network.weights.values()
        .map((weight) => ({ ...weight, values: weight.values.slice() })),
    }
    : await readModel(network.modelPath, network.weightsPath);
  const frozen = freeze(buildNetwork(architecture, weights));
  return state.loaded = {
    number: networkNumber,
    frozen,
    means: needsMeans(state.setup.rules)
      ? columnMeans(background.background, background.classes.length)
      : undefined,
  };
}

/** Whether scores are corrected by the mean of the background. */
function needsMeans(rules: ExplainSetup["rules"]): boolean {
  return "control" in rules && rules.control === "background";
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
