/** What the checks are made from: data, samples, and earlier settings. */

import type { Backend } from "../backend/open.ts";
import type { Values } from "../cli/parameters.ts";
import { InputError, rerun, RunError } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { Architecture } from "../cnn/architecture.ts";
import { labeledSamples } from "../cnn/labeled_samples.ts";
import { metrics, predictions } from "../cnn/outputs.ts";
import type { CnnValues } from "../cnn/parameters.ts";
import type { LabeledSamples } from "../cnn/training.ts";
import type { TrainingValues } from "../cnn/training_epochs.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { readImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import type { DrawRules } from "../shap/draws.ts";
import type { SampleToExplain } from "../shap/explain_worker.ts";
import type { ExplainedOutput } from "../shap/explained_output.ts";
import type { shapParameters } from "../shap/parameters.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import type { checksParameters } from "./parameters.ts";
import { chooseSamples } from "./sample_subset.ts";

export type ChecksContext = StageContext<Values<typeof checksParameters>>;

/** What the checks work with. */
export interface CheckSetup {
  readonly inputs: CheckInputs;
  /** Of every network. */
  readonly architecture: Architecture;
  readonly backend: Backend;
  /** Samples in a training batch, as the device allows. */
  readonly batch: number;
  readonly checkpoints: CheckpointStore;
}

/** A sample that the checks explain. */
export interface CheckedSample extends Omit<SampleToExplain, "seed"> {
  /** Which it was predicted as, too. */
  readonly tissue: string;
}

/** All that the checks read beside the networks. */
export interface CheckInputs {
  /** The training samples of the first fold, by sample id. */
  readonly train: LabeledSamples;
  /** The test samples of the first fold, by sample id. */
  readonly test: LabeledSamples;
  /** Tissue by tissue. */
  readonly samples: readonly CheckedSample[];
  readonly tissues: readonly string[];
  /** Genes and decoys together. */
  readonly columns: number;
  /** Each gene's column of the image, decoys left out. */
  readonly geneColumns: Uint32Array;
  /** The values that the cnn stage ran with. */
  readonly cnnParameters: TrainingValues;
  /**
   * How to draw: as the shap stage did, but without importance sampling. Its
   * density takes hundreds of predictions a network, which is not worth it for
   * the few draws of a check.
   */
  readonly drawRules: DrawRules;
  /** As the shap stage explained. */
  readonly output: ExplainedOutput;
}

/**
 * Loads what earlier stages wrote. Of a run with several folds it is the first
 * one's: the checks explain the first network, by samples that it has not seen.
 *
 * @throws {InputError} If an earlier stage has not run, or a predicted sample
 * is not in the prepared data.
 * @throws {RunError} If no test sample of the fold was predicted right.
 */
export async function loadInputs(
  context: StageContext<{ readonly samples: number }>,
): Promise<CheckInputs> {
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const [fold] = dataset.folds;
  const rowOf = new Map(dataset.sampleIds.map((id, row) => [id, row]));
  const predicted = await context.read(predictions);
  const candidates = predicted.flatMap(({ sample_id, tissue, predicted }) => {
    const row = rowOf.get(sample_id);
    if (row === undefined || dataset.tissues[row] !== tissue) {
      throw new InputError(
        `Cannot use ${predictions.file}: sample ${quote(sample_id)} of ` +
          `tissue ${quote(tissue)} is not in the prepared data`,
        rerun("cnn", { force: true }),
      );
    }
    return fold.split[row] === "test" &&
        tissue === predicted
      ? [{ sampleId: sample_id, tissue, row }]
      : [];
  });
  if (candidates.length === 0) {
    throw new RunError(
      "Cannot check the scores: no test sample's tissue was predicted right " +
        "and at least one should be",
      rerun("cnn", { epochs: 200 }),
    );
  }
  const tissues = dataset.tissueNames;
  const chosen = chooseSamples(
    candidates,
    tissues,
    context.parameters.samples,
    context.stream("samples"),
  );
  const { alphas, backgrounds, control, output } = await context.parametersOf(
    "shap",
  ) as Values<typeof shapParameters>;
  return {
    train: labeledSamples(dataset, matrix, fold, "train"),
    test: labeledSamples(dataset, matrix, fold, "test"),
    samples: chosen.map(({ sampleId, tissue, row }) => ({
      sampleId,
      tissue,
      expression: takeImageRows(matrix, [row]),
      explainedClass: dataset.classOf[row],
    })),
    tissues,
    columns: matrix.columns,
    geneColumns: matrix.geneColumns,
    cnnParameters: {
      ...await context.parametersOf("cnn") as CnnValues,
      epochs: (await context.read(metrics)).epochs,
    },
    drawRules: {
      alphas: alphas === "importance" ? "stratified" : alphas,
      backgrounds,
      control,
    },
    output,
  };
}
