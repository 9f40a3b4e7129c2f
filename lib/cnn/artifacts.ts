/** The files of the `cnn` stage, the model itself apart. */

import { type Dataset, rowsOf } from "../expression/dataset.ts";
import { drawConfusionMatrix } from "../figures/confusion_matrix.ts";
import { drawLearningCurves } from "../figures/learning_curves.ts";
import { drawTissueF1 } from "../figures/tissue_f1.ts";
import type { StageContext } from "../run/stage.ts";
import { writeTable } from "../run/table.ts";
import { type Comparison, tissueRows } from "./metrics.ts";
import { softmax } from "./softmax.ts";
import type { EpochRecord } from "./training.ts";

/** Writes `predictions.csv`: every sample, whatever its part. */
export async function writePredictions(
  context: Pick<StageContext, "folder">,
  dataset: Dataset,
  logits: Float32Array,
  predicted: Int32Array,
): Promise<void> {
  const tissues = dataset.tissueNames;
  const probabilities = softmax(logits, tissues.length);
  const table = writeTable(
    ["sample_id", "split", "tissue", "predicted", "probability"],
    dataset.sampleIds.map((sampleId, row) => ({
      sample_id: sampleId,
      split: dataset.split[row],
      tissue: dataset.tissues[row],
      predicted: tissues[predicted[row]],
      probability: probabilities[row * tissues.length + predicted[row]],
    })),
  );
  await Deno.writeTextFile(`${context.folder}/predictions.csv`, table);
}

/** Writes `history.csv` and draws the learning curves. */
export async function writeHistory(
  context: Pick<StageContext, "folder">,
  history: EpochRecord[],
  keptEpoch: number,
): Promise<void> {
  const table = writeTable(
    [
      "epoch",
      "learning_rate",
      "loss",
      "accuracy",
      "val_loss",
      "val_accuracy",
    ],
    history.map((record) => ({
      epoch: record.epoch,
      learning_rate: record.learningRate,
      loss: record.loss,
      accuracy: record.accuracy,
      val_loss: record.valLoss,
      val_accuracy: record.valAccuracy,
    })),
  );
  await Deno.writeTextFile(`${context.folder}/history.csv`, table);
  await Deno.writeTextFile(
    `${context.folder}/learning_curves.svg`,
    drawLearningCurves({ history, keptEpoch }),
  );
}

/**
 * Writes `metrics.json`, and draws the confusion matrix and each tissue's F1.
 *
 * @param comparison Null if there is no test sample.
 * @param facts Further facts on the training, written as they are.
 */
export async function writeMetrics(
  context: Pick<StageContext, "folder" | "warn">,
  dataset: Dataset,
  comparison: Comparison | null,
  facts: Record<string, string | number>,
): Promise<void> {
  const path = `${context.folder}/metrics.json`;
  const write = (metrics: unknown) =>
    Deno.writeTextFile(path, JSON.stringify(metrics, null, 2) + "\n");
  if (comparison === null) {
    context.warn("There is no test sample, so nothing was tested.");
    return await write({ test_samples: 0, ...facts });
  }
  const tissues = dataset.tissueNames;
  const { network, nearestCentroid, fiveNearestNeighbours } = comparison;
  await write({
    macro_f1: network.macroF1,
    accuracy: network.accuracy,
    test_samples: rowsOf(dataset, "test").length,
    tissues: tissueRows(network, tissues),
    confusion: { tissues, counts: network.confusion },
    baselines: {
      nearest_centroid: {
        macro_f1: nearestCentroid.macroF1,
        accuracy: nearestCentroid.accuracy,
        tissues: tissueRows(nearestCentroid, tissues),
      },
      five_nearest_neighbours: {
        macro_f1: fiveNearestNeighbours.macroF1,
        accuracy: fiveNearestNeighbours.accuracy,
        tissues: tissueRows(fiveNearestNeighbours, tissues),
      },
    },
    ...facts,
  });
  await Deno.writeTextFile(
    `${context.folder}/confusion_matrix.svg`,
    drawConfusionMatrix({
      tissues: [...tissues],
      counts: network.confusion.map((row) => [...row]),
      title: "Test samples: true and predicted tissue",
    }),
  );
  await Deno.writeTextFile(
    `${context.folder}/tissue_f1.svg`,
    drawTissueF1({
      rows: tissues.map((tissue, index) => ({
        tissue,
        f1: network.perClass[index].f1,
        support: network.perClass[index].support,
        centroidF1: nearestCentroid.perClass[index].f1,
        neighboursF1: fiveNearestNeighbours.perClass[index].f1,
      })),
    }),
  );
}
