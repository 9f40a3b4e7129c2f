/** All networks of a run: how they are trained, and what they predict. */

import type { Backend } from "../backend/open.ts";
import { withThreads } from "../backend/threads.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { type Dataset, rowsOf } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { mapInWorkers, shareFloats } from "../workers/pool.ts";
import { type Architecture, sizeOfNetwork } from "./architecture.ts";
import { CheckpointPace } from "../store/checkpoint_pace.ts";
import { networkFileNames, planNetworks } from "./ensemble.ts";
import { planTask } from "./network_task.ts";
import { history, type NetworkRow } from "./outputs.ts";
import type { CnnValues } from "./parameters.ts";
import { largestOfRow } from "./softmax.ts";
import {
  type MemberReport,
  type MemberSetup,
  type MemberTask,
  type TrainedMember,
  trainMember,
} from "./train_member.ts";
import type { TrainSetup } from "./train_worker.ts";
import { TrainingNotes } from "./training_notes.ts";
import { trainingWorkers } from "./training_workers.ts";

/** What the training needs of a stage: the stage `cnn`, or a later one. */
export type TrainingContext = Pick<
  StageContext<CnnValues>,
  | "parameters"
  | "settings"
  | "folder"
  | "progress"
  | "seedOf"
  | "checkpoints"
  | "write"
>;

/** What all networks of the run share. */
export interface EnsembleInputs {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  readonly architecture: Architecture;
  readonly backend: Backend;
  /** Samples in a training batch. */
  readonly batch: number;
  /** Of every network. */
  readonly epochs: number;
  /** Networks of each fold. */
  readonly members: number;
}

/**
 * Trains every network, predicts by it, and writes its files.
 *
 * @returns The first network's training; a row a network; samples x tissues
 * probabilities, the mean over the networks that predict a sample; and what to
 * warn of.
 * @throws {RunError} If a network's loss is no longer finite: the first one's,
 * in their order, whatever was trained at a time.
 */
export async function trainEnsemble(
  context: TrainingContext,
  inputs: EnsembleInputs,
) {
  const { dataset, backend, epochs, members } = inputs;
  const tissues = dataset.tissueNames.length;
  const tasks = planNetworks(dataset.folds.length, members)
    .map((member) => planTask(context, member, inputs));
  const checkpoints = await context.checkpoints(backend.description);
  using progress = context.progress(
    "training",
    epochs * members * countTrainingSamples(dataset),
    "samples",
  );
  const notes = new TrainingNotes(tasks);
  const trained = await trainAll(context, inputs, tasks, checkpoints, {
    onReport: ({ samples, note }, index) =>
      progress.advance(samples, notes.told(index, note)),
    onResult: (_, index) => notes.finished(index),
  });
  const probabilities = new Float64Array(dataset.sampleIds.length * tissues);
  const networks: NetworkRow[] = [];
  for (const [index, own] of trained.entries()) {
    const task = tasks[index];
    task.predicted.forEach((row, sample) => {
      for (let c = 0; c < tissues; c++) {
        probabilities[row * tissues + c] +=
          own.probabilities[sample * tissues + c] / members;
      }
    });
    networks.push(networkRow(task, own, dataset));
    await context.write(
      { ...history, file: `cnn/${networkFileNames(task).history}` },
      own.history,
    );
  }
  const warnings = new Set(trained.flatMap(({ warnings }) => warnings));
  return { first: trained[0], networks, probabilities, warnings };
}

/**
 * Trains the networks side by side in workers or one after another with the
 * threads inside the kernels, whichever suits their size.
 */
async function trainAll(
  { parameters, settings: { threads }, folder }: TrainingContext,
  { dataset, matrix, architecture, backend, batch, epochs }: EnsembleInputs,
  tasks: readonly MemberTask[],
  checkpoints: CheckpointStore,
  { onReport, onResult }: {
    readonly onReport: (report: MemberReport, index: number) => void;
    readonly onResult: (trained: TrainedMember, index: number) => void;
  },
): Promise<TrainedMember[]> {
  const samples = Math.max(
    ...tasks.map(({ train, validation }) => train.length + validation.length),
  );
  const workers = checkpoints.place === undefined ? 1 : trainingWorkers({
    backend,
    architecture,
    batch,
    samples,
    networks: tasks.length,
    threads,
  });
  const setup: MemberSetup = {
    matrix: { values: matrix.values, columns: matrix.columns },
    classOf: dataset.classOf,
    tissueNames: dataset.tissueNames,
    parameters: { ...parameters, epochs, batch },
    folder,
  };
  if (workers === 1) {
    const pace = new CheckpointPace();
    const tools = { ...setup, architecture, backend, checkpoints, pace };
    return await withThreads(threads, async () => {
      const trained: TrainedMember[] = [];
      for (const [index, task] of tasks.entries()) {
        const own = await trainMember(
          task,
          tools,
          (report) => onReport(report, index),
        );
        onResult(own, index);
        trained.push(own);
      }
      return trained;
    });
  }
  return await mapInWorkers<
    TrainSetup,
    MemberTask,
    TrainedMember,
    MemberReport
  >({
    module: new URL("./train_worker.ts", import.meta.url),
    setup: {
      ...setup,
      matrix: { ...setup.matrix, values: shareFloats(matrix.values) },
      size: sizeOfNetwork(architecture),
      checkpoints: checkpoints.place!,
    },
    threads: workers,
    tasks,
    onReport,
    onResult,
  });
}

/** Training samples, summed over the folds. */
export function countTrainingSamples({ folds }: Dataset): number {
  return folds.reduce((sum, fold) => sum + rowsOf(fold, "train").length, 0);
}

/** The row of one network, with its scores on its fold's test samples. */
function networkRow(
  { fold, member, predicted: rows }: MemberTask,
  { keptEpoch, updates, probabilities }: TrainedMember,
  dataset: Dataset,
): NetworkRow {
  const tissues = dataset.tissueNames.length;
  const predicted = largestOfRow(probabilities, tissues);
  const { split } = dataset.folds[fold - 1];
  const tested = [...rows.keys()]
    .filter((index) => split[rows[index]] === "test");
  const scores = tested.length === 0 ? null : classificationScores(
    tested.map((index) => dataset.classOf[rows[index]]),
    tested.map((index) => predicted[index]),
    tissues,
  );
  return {
    fold,
    member,
    ...networkFileNames({ fold, member }),
    kept_epoch: keptEpoch,
    updates,
    test_samples: tested.length,
    macro_f1: scores?.macroF1 ?? null,
    accuracy: scores?.accuracy ?? null,
  };
}
