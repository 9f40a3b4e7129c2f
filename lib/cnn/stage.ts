/** The stage that trains the networks and measures how good they are. */

import { openBackend } from "../backend/open.ts";
import { noteSpeed } from "../backend/speed_note.ts";
import { countOf } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { type Dataset, readDataset } from "../prepare/dataset.ts";
import { readImageMatrix } from "../prepare/image_matrix.ts";
import { cnnDeclaration } from "./declaration.ts";
import { countWeights, describeNetwork } from "./architecture.ts";
import { trainingBatch } from "./batch_limits.ts";
import { scorePredictions, type TestScores } from "./metrics.ts";
import * as files from "./outputs.ts";
import type { CnnValues } from "./parameters.ts";
import { trainingEpochs } from "./training_epochs.ts";
import type { RivalPredictions } from "./rival_predictions.ts";
import { trainRivals } from "./rival_worker.ts";
import { forRivals, rivalNames, rivals } from "./rivals.ts";
import { largestOfRow } from "./softmax.ts";
import {
  countTrainingSamples,
  type EnsembleInputs,
  trainEnsemble,
} from "./train_ensemble.ts";
import { describeCost, ensembleSize, trainingWork } from "./training_work.ts";

type Context = StageContext<CnnValues>;

/** What `metrics.json` holds instead of scores. */
const NOTHING_TESTED = {
  macro_f1: null,
  accuracy: null,
  balanced_accuracy: null,
  test_samples: 0,
  tissues: null,
  confusion: null,
  baselines: null,
  swaps: null,
};

/** Trains, predicts every sample, scores, and writes `cnn/`. */
export const cnnStage = defineStage({
  ...cnnDeclaration,
  async run(context) {
    const { parameters } = context;
    const inputs = await loadInputs(context);
    const { dataset, architecture, backend, members, epochs, work } = inputs;
    const { first, networks, probabilities, warnings } = await trainEnsemble(
      context,
      inputs,
    );
    warnings.forEach((message) => context.warn(message));
    const predicted = largestOfRow(probabilities, dataset.tissueNames.length);
    const others = await trainRivals(
      context,
      dataset,
      await context.checkpoints(backend.description),
    );
    const scores = scorePredictions(
      dataset,
      predicted,
      others,
      context.stream("classifiers/swaps"),
    );
    if (scores === null) {
      context.warn("There is no test sample, so nothing was tested.");
    }
    await context.write(
      files.predictions,
      predictionRows(dataset, probabilities, predicted),
    );
    await context.write(
      files.classifierPredictions,
      classifierRows(dataset, predicted, others),
    );
    await context.write(files.networks, networks);
    await context.write(files.metrics, {
      ...(scores ?? NOTHING_TESTED),
      kept_epoch: first.keptEpoch,
      epochs,
      updates: first.updates,
      batches_an_epoch: first.updates / epochs,
      batch_norm_statistics: parameters["batch-norm"],
      n_parameters: countWeights(architecture),
      image_side: architecture.side,
      folds: dataset.folds.length,
      ensemble: members,
      multiply_adds: members * work,
      networks: networks.map(
        ({ fold, member, macro_f1, accuracy, kept_epoch }) => ({
          fold,
          member,
          macro_f1,
          accuracy,
          kept_epoch,
        }),
      ),
    });
    await context.draw(files.learningCurves, first);
    if (scores !== null) {
      await context.draw(files.confusionMatrix, scores.confusion);
      await context.draw(files.tissueF1, scores);
    }
    return {
      verdict: formatVerdict(scores, networks.length),
      backend: backend.description,
    };
  },
});

/** Loads the inputs, and says how many networks there will be. */
async function loadInputs(
  context: Context,
): Promise<EnsembleInputs & { readonly work: number }> {
  const { parameters } = context;
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const backend = await openBackend(context.settings.backend, "cnn");
  noteSpeed(backend, context.say);
  const architecture = describeNetwork({
    ...parameters,
    genes: matrix.columns,
    tissues: dataset.tissueNames.length,
  });
  const batch = trainingBatch(backend, architecture, parameters.batch);
  if (batch < parameters.batch) {
    context.warn(
      `The training batch was cut from ${parameters.batch} to ${batch} ` +
        "samples: a larger one does not fit this device.",
    );
  }
  const epochs = trainingEpochs(parameters.epochs, dataset, batch);
  const work = trainingWork(
    architecture,
    countTrainingSamples(dataset),
    epochs,
  );
  const members = ensembleSize(parameters.ensemble, work);
  const folds = dataset.folds.length;
  context.say(describeCost(parameters.ensemble, { folds, members, work }));
  return {
    dataset,
    matrix,
    architecture,
    backend,
    batch,
    epochs,
    members,
    work,
  };
}

/** A row a test sample. */
function classifierRows(
  { sampleIds, tissues, tissueNames }: Dataset,
  predicted: Int32Array,
  others: RivalPredictions,
) {
  return others.rows.map((row, index) => ({
    sample_id: sampleIds[row],
    tissue: tissues[row],
    network: tissueNames[predicted[row]],
    ...forRivals((name) => tissueNames[others.predicted[name][index]]),
  }));
}

/** A row a sample, whatever its part. */
function predictionRows(
  { sampleIds, split, tissues, tissueNames }: Dataset,
  probabilities: Float64Array,
  predicted: Int32Array,
) {
  return sampleIds.map((sample_id, row) => ({
    sample_id,
    split: split[row],
    tissue: tissues[row],
    predicted: tissueNames[predicted[row]],
    probability: probabilities[row * tissueNames.length + predicted[row]],
  }));
}

function formatVerdict(scores: TestScores | null, networks: number): string {
  if (scores === null) return "trained; there is no test sample";
  const { baselines } = scores;
  const best = rivalNames.reduce((best, name) =>
    baselines[name].macro_f1 > baselines[best].macro_f1 ? name : best
  );
  return `macro F1 on test ${scores.macro_f1.toFixed(3)} ` +
    `(${rivals[best].title}, the best simple classifier, ${
      baselines[best].macro_f1.toFixed(3)
    })` +
    (networks === 1 ? "" : `; ${countOf(networks, "network")} trained`);
}
