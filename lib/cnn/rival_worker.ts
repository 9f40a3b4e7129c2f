/** The simple classifiers in a pool of workers, a fold a task. */

import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { mapCached } from "../store/cached_tasks.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { mapInWorkers, shareFloats } from "../workers/pool.ts";
import {
  classifyFold,
  type RivalResult,
  type RivalSamples,
  type RivalTask,
} from "./rival_fold.ts";
import {
  joinFolds,
  type RivalPredictions,
  rivalSamples,
  rivalTasks,
} from "./rival_predictions.ts";
import { rivalWorkers } from "./rival_workers.ts";
import type { RivalName } from "./rivals.ts";

export function setUp(samples: RivalSamples): RivalSamples {
  return samples;
}

export function work(
  task: RivalTask,
  samples: RivalSamples,
): Record<RivalName, RivalResult> {
  return classifyFold(samples, task);
}

/**
 * Trains the rivals of all folds, with progress; each fold is kept in a
 * checkpoint, as logistic regression of many samples takes minutes.
 */
export async function trainRivals(
  { progress, stream, settings }: Pick<
    StageContext,
    "progress" | "stream" | "settings"
  >,
  dataset: Dataset,
  checkpoints: CheckpointStore,
): Promise<RivalPredictions> {
  const samples = rivalSamples(dataset);
  const tasks = rivalTasks(dataset, stream("classifiers/inner_folds"));
  const workers = rivalWorkers({
    samples: dataset.sampleIds.length,
    genes: dataset.genes.length,
    folds: tasks.length,
    threads: settings.threads,
  });
  using shown = progress("simple classifiers", tasks.length, "folds");
  const results = await mapCached<RivalTask, Record<RivalName, RivalResult>>(
    checkpoints,
    "rivals",
    tasks,
    (missing, onResult) =>
      mapInWorkers({
        module: new URL(import.meta.url),
        setup: workers === 1
          ? samples
          : { ...samples, values: shareFloats(samples.values) },
        tasks: missing,
        threads: workers,
        onResult,
      }),
    () => shown.advance(),
  );
  return joinFolds(dataset, tasks, results);
}
