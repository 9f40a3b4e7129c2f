/** What a run on these data does, by the settings of all its stages. */

import type { Backend } from "../backend/backend.ts";
import type { ParameterValue, Values } from "../cli/parameters.ts";
import type { clustersParameters } from "../clusters/parameters.ts";
import { type Architecture, describeNetwork } from "../cnn/architecture.ts";
import { trainingBatch } from "../cnn/batch_limits.ts";
import type { confoundingParameters } from "../confounding/parameters.ts";
import type { CnnValues } from "../cnn/parameters.ts";
import { countTrainingSamples } from "../cnn/train_ensemble.ts";
import { batchBounds } from "../cnn/training.ts";
import { trainingEpochs } from "../cnn/training_epochs.ts";
import { ensembleSize, trainingWork } from "../cnn/training_work.ts";
import { trainingWorkers } from "../cnn/training_workers.ts";
import type { ttestParameters } from "../null_test/parameters.ts";
import type { enrichmentParameters } from "../enrichment/parameters.ts";
import type { externalParameters } from "../external/parameters.ts";
import type { panelsParameters } from "../panels/parameters.ts";
import type { genesetsParameters } from "../rankings/parameters.ts";
import type { RunSettings } from "../pipeline/stage.ts";
import { type Dataset, rowsOf } from "../prepare/dataset.ts";
import type { prepareParameters } from "../prepare/parameters.ts";
import type { checksParameters } from "../sanity_checks/parameters.ts";
import type { shapParameters } from "../shap/parameters.ts";
import type { splitsParameters } from "../splits/parameters.ts";

/** The values of every stage's flags. */
export interface StageValues {
  readonly prepare: Values<typeof prepareParameters>;
  readonly cnn: CnnValues;
  readonly shap: Values<typeof shapParameters>;
  readonly panels: Values<typeof panelsParameters>;
  readonly splits: Values<typeof splitsParameters>;
  readonly genesets: Values<typeof genesetsParameters>;
  readonly enrichment: Values<typeof enrichmentParameters>;
  readonly confounding: Values<typeof confoundingParameters>;
  readonly clusters: Values<ReturnType<typeof clustersParameters>>;
  readonly ttest: Values<ReturnType<typeof ttestParameters>>;
  readonly checks: Values<typeof checksParameters>;
  readonly external: Values<typeof externalParameters>;
}

/** The values as a request has them, by stage. */
export type AnyStageValues = Readonly<
  Record<string, Readonly<Record<string, ParameterValue>>>
>;

/** Samples of each part of one fold. */
export interface FoldCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** A run, as far as it is known before it starts. */
export interface RunPlan {
  readonly settings: RunSettings;
  readonly values: StageValues;
  readonly samples: number;
  readonly genes: number;
  readonly tissues: number;
  /** Studies of the column that names them; 0 without one. */
  readonly studies: number;
  /** Test samples of each tissue in the first fold. */
  readonly testedByTissue: readonly number[];
  readonly folds: readonly FoldCounts[];
  readonly architecture: Architecture;
  readonly batch: number;
  readonly epochs: number;
  /** Networks of each fold. */
  readonly members: number;
  /** Updates of a network of the first fold. */
  readonly updates: number;
  /** Networks that are trained at a time, each in one thread if above 1. */
  readonly trainedAtATime: number;
}

/**
 * Decides all that the stages would decide.
 *
 * @param backend What computes: a batch must fit it.
 * @param columns Genes and decoys.
 * @param studies Different batches or groups; 0 without a column.
 * @throws {RunError} If the network does not fit the backend.
 */
export function planRun(
  { dataset, columns, studies, values, settings, backend }: {
    readonly dataset: Dataset;
    readonly columns: number;
    readonly studies: number;
    readonly values: StageValues;
    readonly settings: RunSettings;
    readonly backend: Pick<Backend, "name" | "maxBufferBytes">;
  },
): RunPlan {
  const tissues = dataset.tissueNames.length;
  const architecture = describeNetwork({
    ...values.cnn,
    genes: columns,
    tissues,
  });
  const batch = trainingBatch(backend, architecture, values.cnn.batch);
  const epochs = trainingEpochs(values.cnn.epochs, dataset, batch);
  const work = trainingWork(
    architecture,
    countTrainingSamples(dataset),
    epochs,
  );
  const folds = dataset.folds.map((fold): FoldCounts => ({
    train: rowsOf(fold, "train").length,
    validation: rowsOf(fold, "validation").length,
    test: rowsOf(fold, "test").length,
  }));
  const testedByTissue = new Array<number>(tissues).fill(0);
  for (const row of rowsOf(dataset.folds[0], "test")) {
    testedByTissue[dataset.classOf[row]]++;
  }
  const members = ensembleSize(values.cnn.ensemble, work);
  return {
    settings,
    values,
    samples: dataset.sampleIds.length,
    genes: dataset.genes.length,
    tissues,
    studies,
    testedByTissue,
    folds,
    architecture,
    batch,
    epochs,
    members,
    updates: epochs * (batchBounds(folds[0].train, batch).length - 1),
    trainedAtATime: trainingWorkers({
      backend,
      architecture,
      batch,
      samples: trainingSamples({ folds }),
      networks: folds.length * members,
      threads: settings.threads,
    }),
  };
}

/** Samples that a network trains with and is validated by, at most. */
export function trainingSamples({ folds }: Pick<RunPlan, "folds">): number {
  return Math.max(...folds.map(({ train, validation }) => train + validation));
}

/** Samples that are tested, over all folds. */
export function testedSamples({ folds }: Pick<RunPlan, "folds">): number {
  return folds.reduce((sum, { test }) => sum + test, 0);
}

/**
 * Samples that are explained, over all folds: all that are tested and, unless
 * those alone are wanted, some of each tissue that the networks learned from.
 */
export function explainedSamples(plan: RunPlan): number {
  return testedSamples(plan) +
    (plan.values.shap.explained === "test" ? 0 : learnedSamples(plan));
}

/** Those of them that rank the genes: with folds all that are tested. */
export function rankedSamples(plan: RunPlan): number {
  const { values: { shap }, folds } = plan;
  return shap.explained === "test" || folds.length > 1
    ? testedSamples(plan)
    : learnedSamples(plan);
}

/** Samples that the networks learned from and that are explained. */
function learnedSamples({ values: { shap }, folds, tissues }: RunPlan): number {
  return folds.reduce(
    (sum, { train, validation }) =>
      sum + Math.min(train + validation, tissues * shap["per-tissue"]),
    0,
  );
}

/** Samples that are clustered. */
export function clusteredSamples(plan: RunPlan): number {
  return plan.values.clusters.samples === "all"
    ? plan.samples
    : testedSamples(plan);
}
