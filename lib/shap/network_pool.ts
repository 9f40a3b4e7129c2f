/** Workers that have loaded one network, kept while they are of use. */

import type { BackendChoice } from "../backend/open.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import { openPool, type Pool, shareFloats } from "../workers/pool.ts";
import type { DrawRules } from "./draws.ts";
import type { ExplainSetup, ExplainTask } from "./explain_worker.ts";
import type { FoldSamples } from "./predictions.ts";

/** What all networks are explained with. */
export interface NetworkPoolOptions {
  readonly matrix: ImageMatrix;
  readonly backend: BackendChoice;
  readonly threads: number;
  /** How draws are made. */
  readonly rules: DrawRules;
}

/** Holds the workers of one network at a time: a network may be large. */
export class NetworkPool {
  #modelPath = "";
  #pool: Pool<ExplainTask, Float64Array> | undefined;

  constructor(readonly options: NetworkPoolOptions) {}

  /**
   * The workers of one of a fold's networks. Those of another are closed
   * first.
   *
   * @throws {InputError | RunError} If a worker cannot be set up.
   */
  async open(
    fold: FoldSamples,
    network: FoldSamples["networks"][number],
  ): Promise<Pool<ExplainTask, Float64Array>> {
    if (this.#pool !== undefined && this.#modelPath === network.modelPath) {
      return this.#pool;
    }
    await this.close();
    const { matrix, backend, threads, rules } = this.options;
    this.#pool = await openPool<ExplainSetup, ExplainTask, Float64Array>({
      module: new URL("./explain_worker.ts", import.meta.url),
      setup: {
        backend,
        modelPath: network.modelPath,
        weightsPath: network.weightsPath,
        background: {
          // Shared with the workers, not copied to them.
          expression: shareFloats(takeImageRows(matrix, fold.backgroundRows)),
          samples: fold.backgroundRows.length,
        },
        source: {
          classes: fold.backgroundClasses,
          density: network.alphaDensity,
        },
        rules,
      },
      // Workers would share one GPU, and each would load its own model.
      threads: backend === "webgpu"
        ? 1
        : Math.min(threads, fold.samples.length),
    });
    this.#modelPath = network.modelPath;
    return this.#pool;
  }

  /** Closes the workers, if there are any. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.close();
  }
}
