/** Workers that explain samples by one network after the other. */

import { rerun, RunError } from "../cli/errors.ts";
import { type Architecture, sizeOfNetwork } from "../cnn/architecture.ts";
import { openPool, type Pool, shareFloats } from "../workers/pool.ts";
import type {
  Background,
  ExplainSetup,
  ExplainTask,
  NetworkToExplain,
  SampleToExplain,
} from "./explain_worker.ts";

/**
 * Multiply-adds below which workers do not pay: to start two, with backends and
 * compiled kernels of their own, took 0.7 s of a processor, and to explain the
 * demo's samples for the checks, 2.3e9 multiply-adds, 0.9 s.
 */
const LITTLE_WORK = 5e9;

/**
 * Multiply-adds of draws, each a pass forward and one back to the image.
 *
 * @param draws Draws over all samples and networks.
 */
export function explainingWork(
  { layers }: Pick<Architecture, "layers">,
  draws: number,
): number {
  return 2 * draws *
    layers.reduce((sum, { multiplyAdds = 0 }) => sum + multiplyAdds, 0);
}

/**
 * How many workers explain; with 1 it is the calling process.
 *
 * @returns At least 1; no result depends on it.
 */
export function explainingWorkers(
  { backend, threads, samples, work = Infinity }: Pick<
    ExplainPoolOptions,
    "backend" | "threads" | "samples" | "work"
  >,
): number {
  // Workers would share one GPU, and each would load its own network.
  if (backend === "webgpu" || work < LITTLE_WORK) return 1;
  return Math.min(threads, samples);
}

/**
 * What all networks are explained with; the background can be changed later,
 * as each fold has its own.
 */
export interface ExplainPoolOptions extends ExplainSetup, Background {
  /** Workers, at least 1; no result depends on it. */
  readonly threads: number;
  /** Samples to explain: more workers than that have nothing to do. */
  readonly samples: number;
  /** Multiply-adds of all that will be explained; default too many to matter. */
  readonly work?: number;
}

/** The workers. They hold one network at a time, and share the background. */
export class ExplainPool {
  #numbers = new WeakMap<NetworkToExplain, number>();
  #networks = 0;
  #background!: Background;

  private constructor(
    private readonly pool: Pool<ExplainTask, Float64Array>,
    private readonly share: (values: Float32Array) => Float32Array,
  ) {}

  /**
   * Starts the workers.
   *
   * @throws {InputError | RunError} If a worker cannot be set up.
   */
  static async open(
    { threads, samples, work, background, classes, ...setup }:
      ExplainPoolOptions,
  ): Promise<ExplainPool> {
    const workers = explainingWorkers({ ...setup, threads, samples, work });
    const share = (values: Float32Array) =>
      workers > 1 ? shareFloats(values) : values;
    const pool = await openPool<ExplainSetup, ExplainTask, Float64Array>({
      module: new URL("./explain_worker.ts", import.meta.url),
      setup,
      threads: workers,
    });
    const opened = new ExplainPool(pool, share);
    opened.use({ background, classes });
    return opened;
  }

  /** Explains from another background from now on. */
  use({ background, classes }: Background): void {
    this.#background = { background: this.share(background), classes };
    // What workers know of a network goes with its background.
    this.#numbers = new WeakMap();
  }

  /**
   * Explains samples by a network, with draws that depend on their seeds alone.
   *
   * @param draws Draws a sample, a multiple of `blocks`.
   * @param onSums Is called for each sample, in any order, with its blocks x
   * columns sums over the draws.
   * @throws {RunError} If a score is not finite.
   */
  async explain(
    network: NetworkToExplain,
    samples: readonly SampleToExplain[],
    { draws, blocks }: { readonly draws: number; readonly blocks: number },
    onSums: (sums: Float64Array, index: number) => void,
  ): Promise<void> {
    const networkNumber = this.#numbers.get(network) ?? ++this.#networks;
    this.#numbers.set(network, networkNumber);
    const sent = this.#shareWeights(network);
    await this.pool.forEach(
      samples.map((sample) => ({
        ...sample,
        background: this.#background,
        network: sent,
        networkNumber,
        draws,
        blocks,
      })),
      (sums, index) => {
        if (!sums.every(Number.isFinite)) {
          throw new RunError(
            `Cannot explain sample ${samples[index].sampleId}: a score is ` +
              "not finite and should be; the network's weights may have " +
              "diverged",
            rerun("cnn", { "learning-rate": 0.00001 }),
          );
        }
        onSums(sums, index);
      },
    );
  }

  #shareWeights(network: NetworkToExplain): NetworkToExplain {
    if (!("weights" in network)) return network;
    return {
      ...network,
      // An architecture's layers have functions, which cannot be sent.
      size: sizeOfNetwork(network.size),
      weights: network.weights.map((weight) => ({
        ...weight,
        values: this.share(weight.values),
      })),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.close();
  }
}
