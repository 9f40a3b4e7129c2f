/** Workers that explain the samples of one fold after the other. */

import { takeImageRows } from "../prepare/image_matrix.ts";
import { ExplainPool } from "./explain_pool.ts";
import type { Background } from "./explain_worker.ts";
import type { ExplainOptions } from "./explain.ts";
import type { FoldSamples } from "./fold_samples.ts";

/** What the workers explain with. */
export interface FoldWorkersOptions
  extends Pick<ExplainOptions, "folds" | "backend" | "rules" | "output"> {
  /** Where the explanations of a fold start from. */
  readonly backgroundOf: (fold: FoldSamples) => Background;
}

/** A fold's training samples. */
export function foldBackground(
  matrix: ExplainOptions["matrix"],
  { backgroundRows, backgroundClasses }: Pick<
    FoldSamples,
    "backgroundRows" | "backgroundClasses"
  >,
): Background {
  return {
    background: takeImageRows(matrix, backgroundRows),
    classes: backgroundClasses,
  };
}

/** The workers; of the folds' backgrounds, which may be large, they hold one. */
export class FoldWorkers {
  #fold?: FoldSamples;
  #pool?: ExplainPool;

  constructor(
    readonly options: FoldWorkersOptions,
    readonly threads: number,
  ) {}

  /** The workers, with the background of a fold. */
  async open(fold: FoldSamples): Promise<ExplainPool> {
    if (this.#pool !== undefined && this.#fold === fold) return this.#pool;
    const { folds, backend, rules, output, backgroundOf } = this.options;
    this.#fold = fold;
    const background = backgroundOf(fold);
    if (this.#pool !== undefined) {
      this.#pool.use(background);
      return this.#pool;
    }
    return this.#pool = await ExplainPool.open({
      backend,
      rules,
      output,
      ...background,
      threads: this.threads,
      samples: Math.max(...folds.map(({ samples }) => samples.length)),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool?.[Symbol.asyncDispose]();
  }
}
