/** Explains the checks' samples by one network after the other. */

import type { Backend } from "../backend/open.ts";
import type { Architecture } from "../cnn/architecture.ts";
import type { WeightValues } from "../cnn/network.ts";
import { RunError } from "../cli/errors.ts";
import { openPool, shareFloats } from "../workers/pool.ts";
import {
  type TissueMedians,
  tissueMedians,
} from "../selection/tissue_medians.ts";
import type { CheckSetup, CheckTask } from "./explain_worker.ts";
import type { CheckInputs } from "./inputs.ts";

/** What is explained, and how. */
export interface ExplainerOptions {
  readonly backend: Backend["name"];
  /** That of every network. */
  readonly architecture: Architecture;
  readonly materials: Pick<
    CheckInputs,
    "train" | "samples" | "tissues" | "geneColumns" | "drawRules"
  >;
  /** Draws a sample. */
  readonly draws: number;
  /** Workers, at least 1; no result depends on it. */
  readonly threads: number;
}

/** Workers that explain the samples by any network. */
export interface Explainer {
  /**
   * Explains every sample against the training samples.
   *
   * @param weights The network.
   * @param seeds Seed of each sample's draws.
   * @param onSample Told of each sample as it is done.
   * @returns Each tissue's median score of every gene, decoys left out.
   * @throws {RunError} If a score is not finite.
   */
  explain(
    weights: readonly WeightValues[],
    seeds: readonly number[],
    onSample: () => void,
  ): Promise<TissueMedians[]>;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** Starts the workers. They hold one network at a time. */
export async function openExplainer(
  { backend, architecture, materials, draws, threads }: ExplainerOptions,
): Promise<Explainer> {
  const { train, samples, geneColumns, drawRules } = materials;
  // Workers would share one GPU.
  const workers = backend === "webgpu" ? 1 : Math.min(threads, samples.length);
  const share = (values: Float32Array) =>
    workers > 1 ? shareFloats(values) : values;
  const pool = await openPool<CheckSetup, CheckTask, Float64Array>({
    module: new URL("./explain_worker.ts", import.meta.url),
    setup: {
      backend,
      // A layer has functions, which cannot be sent.
      size: {
        genes: architecture.genes,
        tissues: architecture.tissues,
        width: architecture.width,
      },
      background: {
        expression: share(train.expression),
        samples: train.classes.length,
      },
      classes: train.classes,
      draws,
      rules: drawRules,
    },
    threads: workers,
  });
  const genes = geneColumns.length;
  let number = 0;
  return {
    close: () => pool.close(),
    async explain(weights, seeds, onSample) {
      const network = {
        number: ++number,
        weights: weights.map(({ name, shape, values }) => ({
          name,
          shape,
          values: share(values),
        })),
      };
      const scores = new Float32Array(samples.length * genes);
      const tasks = samples.map(({ expression, explainedClass }, place) => ({
        network,
        expression,
        explainedClass,
        seed: seeds[place],
      }));
      await pool.forEach(tasks, (ofColumns, place) => {
        if (!ofColumns.every(Number.isFinite)) {
          throw new RunError(
            `Cannot explain sample ${samples[place].sampleId}: a score is ` +
              "not finite and should be; the network's weights may have " +
              "diverged",
            "deno task cnn --learning-rate 0.00001",
          );
        }
        geneColumns.forEach((column, gene) =>
          scores[place * genes + gene] = ofColumns[column]
        );
        onSample();
      });
      return tissueMedians(
        { scores, genes },
        samples.map(({ tissue }) => tissue),
        materials.tissues,
      );
    },
  };
}
