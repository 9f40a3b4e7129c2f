/** The stage that trains the network and says how good it is. */

import { openBackend } from "../backend/open.ts";
import {
  type Dataset,
  readDataset,
  rowsOf,
  type Split,
  takeRows,
} from "../expression/dataset.ts";
import { choice, integer, number } from "../run/parameters.ts";
import { defineStage } from "../run/stage.ts";
import { writeHistory, writeMetrics, writePredictions } from "./artifacts.ts";
import { countWeights, describeNetwork } from "./architecture.ts";
import { inferenceBatch, trainingBatch } from "./batch_limits.ts";
import { settleStatistics } from "./exact_statistics.ts";
import { disposeFrozen, freeze } from "./inference_pass.ts";
import { saveModel } from "./layers_model.ts";
import { compareWithBaselines, type Comparison } from "./metrics.ts";
import {
  buildNetwork,
  disposeNetwork,
  initialWeights,
  readWeights,
  writeWeights,
} from "./network.ts";
import { predictLogits } from "./predict.ts";
import { largestOfRow } from "./softmax.ts";
import { batchBounds, trainNetwork } from "./training.ts";

/** Updates after which Keras's moving statistics have mostly settled. */
const UPDATES_TO_SETTLE = 300;

const parameters = {
  width: number(
    1,
    { above: 0, maximum: 4 },
    "scales the number of filters (32, 64, 128, 256 at width 1)",
  ),
  epochs: integer(
    50,
    { minimum: 1, maximum: 100_000 },
    "passes over the training samples",
  ),
  batch: integer(
    64,
    { minimum: 2, maximum: 4096 },
    "samples in a training batch",
  ),
  "learning-rate": number(
    1e-4,
    { above: 0, maximum: 1 },
    "RMSprop's learning rate at the first update",
  ),
  decay: number(
    0.01,
    { minimum: 0, maximum: 1 },
    "decay: the rate at update n is learning-rate / (1 + decay * n)",
  ),
  rho: number(
    0.9,
    { minimum: 0, below: 1 },
    "weight of the past in RMSprop's mean of squares",
  ),
  epsilon: number(
    1e-7,
    { above: 0, maximum: 1 },
    "RMSprop's addend, outside the root",
  ),
  momentum: number(
    0.99,
    { minimum: 0, below: 1 },
    "weight of the past in BatchNorm's moving statistics",
  ),
  dropout: number(
    0.2,
    { minimum: 0, below: 1 },
    "share of values dropped before each dense layer",
  ),
  keep: choice(
    "last",
    ["last", "best"],
    "which epoch's network to keep: the last, or that of the best " +
      "validation loss",
  ),
  statistics: choice(
    "exact",
    ["exact", "moving"],
    "BatchNorm statistics: pooled over all training batches under the kept " +
      "weights, or the moving averages that Keras keeps",
  ),
};

/** Some samples with their classes. */
function labelled(dataset: Dataset, split: Split) {
  const rows = rowsOf(dataset, split);
  return {
    expression: takeRows(dataset, rows),
    classes: rows.map((row) => dataset.classOf[row]),
  };
}

/** Trains, predicts every sample, scores, and writes `cnn/`. */
export const cnnStage = defineStage({
  name: "cnn",
  summary: "train the network on the training samples and test it",
  needs: ["prepare"],
  parameters,
  async run(context) {
    const { parameters } = context;
    const dataset = await readDataset(context);
    const tissues = dataset.tissueNames;
    const backend = await openBackend(context.settings.backend);
    const architecture = describeNetwork(
      dataset.genes.length,
      tissues.length,
      parameters.width,
    );
    const batch = trainingBatch(backend, architecture, parameters.batch);
    if (batch < parameters.batch) {
      context.warn(
        `The training batch was cut from ${parameters.batch} to ${batch} ` +
          "samples: a larger one does not fit this device.",
      );
    }
    const train = labelled(dataset, "train");
    const validation = labelled(dataset, "validation");

    const network = buildNetwork(
      architecture,
      initialWeights(architecture, context.seedOf("weights")),
    );
    const progress = context.progress(
      "training",
      parameters.epochs * train.classes.length,
      "samples",
    );
    let note = "";
    const result = await trainNetwork(network, train, validation, {
      epochs: parameters.epochs,
      batch,
      dropout: parameters.dropout,
      rmsprop: {
        learningRate: parameters["learning-rate"],
        rho: parameters.rho,
        epsilon: parameters.epsilon,
        decay: parameters.decay,
      },
      momentum: parameters.momentum,
      shuffleSeed: context.seedOf("shuffle"),
      dropoutSeed: context.seedOf("dropout"),
      unbiased: parameters.statistics === "exact",
      keepBest: parameters.keep === "best",
    }, (record) => {
      note = `epoch ${record.epoch}, loss ${record.loss.toFixed(3)}`;
    }, (samples) => progress.advance(samples, note)).finally(() =>
      progress.close()
    );

    let keptEpoch = parameters.epochs;
    if (parameters.keep === "best") {
      if (result.bestEpoch === null || result.bestWeights === null) {
        context.warn(
          "The last epoch's network was kept: without validation samples " +
            "no epoch is known to be the best.",
        );
      } else {
        keptEpoch = result.bestEpoch;
        writeWeights(network, result.bestWeights);
      }
    }
    if (parameters.statistics === "exact") {
      await settleStatistics(network, train, batch);
    } else if (result.updates < UPDATES_TO_SETTLE) {
      context.warn(
        `The network was updated ${result.updates} times only, too few for ` +
          "BatchNorm's moving statistics to settle: expect poor predictions, " +
          "or use --cnn.statistics exact.",
      );
    }

    const frozen = freeze(network);
    const logits = await predictLogits(
      frozen,
      dataset.values,
      dataset.sampleIds.length,
      inferenceBatch(backend, architecture),
    );
    disposeFrozen(frozen);
    await saveModel(
      context.folder,
      architecture,
      await readWeights(network),
      { dropout: parameters.dropout, momentum: parameters.momentum },
      { genes: architecture.genes, width: parameters.width, tissues },
    );
    disposeNetwork(network);

    const predicted = largestOfRow(logits, tissues.length);
    await writePredictions(context, dataset, logits, predicted);
    await writeHistory(context, result.history, keptEpoch);
    const comparison = compareWithBaselines(dataset, predicted);
    await writeMetrics(context, dataset, comparison, {
      kept_epoch: keptEpoch,
      epochs: parameters.epochs,
      updates: result.updates,
      batches_an_epoch: batchBounds(train.classes.length, batch).length - 1,
      batch_norm_statistics: parameters.statistics,
      parameters_count: countWeights(architecture),
      image_side: architecture.side,
    });
    return { verdict: sayVerdict(comparison), backend: backend.description };
  },
});

function sayVerdict(comparison: Comparison | null): string {
  if (comparison === null) return "trained; there is no test sample";
  const { network, nearestCentroid, fiveNearestNeighbours } = comparison;
  return `macro F1 on test ${network.macroF1.toFixed(3)} ` +
    `(nearest centroid ${nearestCentroid.macroF1.toFixed(3)}, ` +
    `5 nearest neighbours ${fiveNearestNeighbours.macroF1.toFixed(3)})`;
}
