/** All that is done for one split, from its networks to its panels. */

import { join } from "node:path";
import { retrain, type TrainedLike } from "../cnn/retrain.ts";
import type { Backend } from "../backend/backend.ts";
import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import { learningRows } from "../prepare/tissue_contrasts.ts";
import { RandomStream } from "../random.ts";
import type { RankingMethod } from "../rankings/ranking_method.ts";
import { explainFold } from "../shap/explain_fold.ts";
import { cutoffRule } from "../shap/inputs.ts";
import { listPart } from "../shap/part_lists.ts";
import type { shapParameters } from "../shap/parameters.ts";
import {
  checkpointsOfPart,
  type CheckpointStore,
} from "../store/checkpoint_store.ts";
import { scoreClassifiers } from "./classifiers.ts";
import { drawSplit, type SplitFractions, testedSamples } from "./draw_split.ts";
import { judgeSplit, type NamedPanel } from "./judge_panels.ts";
import type { F1Row, SplitPanelRow } from "./outputs.ts";

/** What all splits share. */
export interface SplitInputs {
  /** The run's; its own split plays no part. */
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** The dataset's values in memory that threads share. */
  readonly values: Float32Array;
  readonly backend: Backend;
  readonly like: TrainedLike;
  readonly fractions: SplitFractions;
  readonly shap: Values<typeof shapParameters>;
  readonly methods: readonly RankingMethod[];
  readonly sizes: readonly number[];
  /** K-means runs a panel. */
  readonly repeats: number;
  readonly splits: number;
  readonly checkpoints: CheckpointStore;
}

/** What a split gave; plain data, to be kept. */
export interface SplitResult {
  readonly classifiers: readonly F1Row[];
  /** Samples that genes are ranked on, and that panels learn from. */
  readonly ranked: number;
  readonly panels: readonly SplitPanelRow[];
  readonly empty: readonly NamedPanel[];
  readonly warnings: readonly string[];
  /** The rows tested, in one text. */
  readonly tested: string;
  /** The names of the streams that were asked for, each once. */
  readonly seeds: readonly string[];
}

/**
 * Splits the samples, trains networks on the training part, and judges them and
 * the genes that are ranked there on the test part.
 *
 * @param split From 1.
 * @throws {RunError} If a network's loss is no longer finite.
 */
export async function measureSplit(
  context: Pick<StageContext, "settings" | "folder" | "progress" | "seedOf">,
  inputs: SplitInputs,
  split: number,
): Promise<SplitResult> {
  const { matrix, backend, shap, splits } = inputs;
  const seeds = new Set<string>();
  const seedOf = (stream: string) => {
    seeds.add(stream);
    return context.seedOf(`${split}/${stream}`);
  };
  const progress: StageContext["progress"] = (title, total, unit) =>
    context.progress(`split ${split} of ${splits}: ${title}`, total, unit);
  const dataset = drawSplit(inputs.dataset, inputs.fractions, seedOf("split"));
  const checkpoints = checkpointsOfPart(inputs.checkpoints, "split", split);
  const folder = join(context.folder, "networks");
  try {
    const { files, probabilities, warnings } = await retrain(
      { settings: context.settings, progress },
      {
        dataset,
        matrix,
        backend,
        like: inputs.like,
        folder,
        checkpoints,
        seedOf,
      },
    );
    const scores = await explainFold({
      parameters: shap,
      settings: { ...context.settings, seed: seedOf("draws") },
      progress,
      seedOf,
      stream: (name) => new RandomStream(seedOf(name)),
    }, {
      dataset,
      matrix,
      networks: files,
      backend,
      checkpoints,
      direction: shap.direction,
    });
    const judged = scores === null ? { rows: [], empty: [] } : await judgeSplit(
      { settings: context.settings, progress },
      {
        ...inputs,
        split,
        dataset,
        lists: listPart(
          scores,
          dataset,
          shap["min-samples"],
          cutoffRule(shap, matrix.decoys),
        ),
        seedOf,
        checkpoints,
      },
    );
    return {
      classifiers: scoreClassifiers(
        split,
        dataset,
        probabilities,
        new RandomStream(seedOf("rivals")),
      ),
      ranked: learningRows(dataset, dataset.folds[0]).length,
      panels: judged.rows,
      empty: judged.empty,
      warnings: [...warnings],
      tested: testedSamples(dataset),
      seeds: [...seeds],
    };
  } finally {
    // They are not results, and would fill the run's folder.
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}
