/** Trains a run's networks again, on other parts of the same samples. */

import { join } from "node:path";
import type { StageContext } from "../pipeline/stage.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { trainingBatch } from "./batch_limits.ts";
import { describeNetwork } from "./architecture.ts";
import type { NetworkFile } from "./ensemble.ts";
import type { EnsembleInputs, TrainingContext } from "./train_ensemble.ts";
import { trainEnsemble } from "./train_ensemble.ts";
import { metrics } from "./outputs.ts";
import type { CnnValues } from "./parameters.ts";

/** How the networks of the run were trained. */
export interface TrainedLike {
  readonly parameters: CnnValues;
  /** Networks of each fold. */
  readonly members: number;
  readonly epochs: number;
}

/**
 * Reads how the stage `cnn` trained, with the numbers that `auto` decided on.
 *
 * @throws {InputError} If the stage has not run.
 */
export async function readTraining(
  context: Pick<StageContext, "read" | "parametersOf">,
): Promise<TrainedLike> {
  const { ensemble, epochs } = await context.read(metrics);
  const parameters = await context.parametersOf("cnn") as CnnValues;
  return { parameters, members: ensemble, epochs };
}

/** What is trained, and from what. */
export interface RetrainInputs
  extends Pick<EnsembleInputs, "dataset" | "matrix" | "backend"> {
  readonly like: TrainedLike;
  /** Networks of each fold; by default as many as the run has. */
  readonly members?: number;
  /** Where the networks are put; the caller removes it. */
  readonly folder: string;
  readonly checkpoints: CheckpointStore;
  /** The seed of a stream by its name, such as `shuffle`. */
  readonly seedOf: (stream: string) => number;
}

/**
 * Trains networks for the folds of a dataset, as the stage `cnn` does, whose
 * parts of the samples are not those of the run.
 *
 * @returns The networks' files, and what `trainEnsemble` gives beside them.
 * @throws {RunError} If a network's loss is no longer finite.
 */
export async function retrain(
  { settings, progress }: Pick<StageContext, "settings" | "progress">,
  { dataset, matrix, backend, like, folder, ...inputs }: RetrainInputs,
) {
  const { parameters, epochs } = like;
  const { members = like.members, checkpoints, seedOf } = inputs;
  const architecture = describeNetwork({
    ...parameters,
    genes: matrix.columns,
    tissues: dataset.tissueNames.length,
  });
  await Deno.mkdir(folder, { recursive: true });
  const context: TrainingContext = {
    parameters,
    settings,
    folder,
    progress,
    seedOf,
    checkpoints: () => Promise.resolve(checkpoints),
    // The course of these trainings is not kept.
    write: () => Promise.resolve(),
  };
  const trained = await trainEnsemble(context, {
    dataset,
    matrix,
    architecture,
    backend,
    batch: trainingBatch(backend, architecture, parameters.batch),
    epochs,
    members,
  });
  const files = trained.networks.map(
    ({ fold, member, model, weights }): NetworkFile => ({
      fold,
      member,
      modelPath: join(folder, model),
      weightsPath: join(folder, weights),
    }),
  );
  return { ...trained, files };
}
