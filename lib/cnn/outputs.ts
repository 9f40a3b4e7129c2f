/** The files of the `cnn` stage, the model itself apart. */

import { type Dataset, rowsOf } from "../prepare/dataset.ts";
import { drawConfusionMatrix } from "./figures/confusion_matrix.ts";
import { drawTissueF1 } from "./figures/tissue_f1.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { writeTable } from "../store/csv.ts";
import { type Comparison, tissueRows } from "./metrics.ts";
import { type EnsembleMember, networkFileNames } from "./ensemble.ts";
import type { EpochRecord } from "./training.ts";

/**
 * Writes `predictions.csv`: every sample, whatever its part.
 *
 * @param probabilities samples x tissues.
 * @param predicted Each sample's class.
 */
export async function writePredictions(
  context: Pick<StageContext, "folder">,
  dataset: Dataset,
  probabilities: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Promise<void> {
  const tissues = dataset.tissueNames;
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

/** Writes a network's `history.csv`. */
export async function writeHistory(
  path: string,
  history: readonly EpochRecord[],
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
  await Deno.writeTextFile(path, table);
}

/** What is known of one trained network. */
export interface NetworkResult extends EnsembleMember {
  readonly keptEpoch: number;
  readonly updates: number;
  /** Of its fold; none is possible. */
  readonly testSamples: number;
  /** On them; null where there are none. */
  readonly macroF1: number | null;
  readonly accuracy: number | null;
}

/** Writes `networks.csv`, by which later stages find the networks. */
export async function writeNetworks(
  context: Pick<StageContext, "folder">,
  networks: readonly NetworkResult[],
): Promise<void> {
  const table = writeTable(
    [
      "fold",
      "member",
      "model",
      "weights",
      "history",
      "kept_epoch",
      "updates",
      "test_samples",
      "macro_f1",
      "accuracy",
    ],
    networks.map((network) => ({
      fold: network.fold,
      member: network.member,
      ...networkFileNames(network),
      kept_epoch: network.keptEpoch,
      updates: network.updates,
      test_samples: network.testSamples,
      macro_f1: network.macroF1,
      accuracy: network.accuracy,
    })),
  );
  await Deno.writeTextFile(`${context.folder}/networks.csv`, table);
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
  facts: Record<string, unknown>,
): Promise<void> {
  const path = `${context.folder}/metrics.json`;
  const write = (metrics: unknown) =>
    Deno.writeTextFile(path, JSON.stringify(metrics, null, 2) + "\n");
  if (comparison === null) {
    context.warn("There is no test sample, so nothing was tested.");
    return await write({ test_samples: 0, ...facts });
  }
  const tissues = dataset.tissueNames;
  const { network, nearestCentroid, fiveNearestNeighbors } = comparison;
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
      five_nearest_neighbors: {
        macro_f1: fiveNearestNeighbors.macroF1,
        accuracy: fiveNearestNeighbors.accuracy,
        tissues: tissueRows(fiveNearestNeighbors, tissues),
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
        neighborsF1: fiveNearestNeighbors.perClass[index].f1,
      })),
    }),
  );
}
