/** The stage that trains the networks and says how good they are. */

import { type Backend, openBackend } from "../backend/open.ts";
import { withThreads } from "../backend/threads.ts";
import {
  type Dataset,
  type Fold,
  readDataset,
  rowsOf,
} from "../prepare/dataset.ts";
import {
  type ImageMatrix,
  readImageMatrix,
  takeImageRows,
} from "../prepare/image_matrix.ts";
import { drawLearningCurves } from "./figures/learning_curves.ts";
import { countedNote, countOf } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import {
  type Architecture,
  countWeights,
  describeNetwork,
} from "./architecture.ts";
import {
  type NetworkResult,
  writeHistory,
  writeMetrics,
  writeNetworks,
  writePredictions,
} from "./outputs.ts";
import { inferenceBatch, trainingBatch } from "./batch_limits.ts";
import { Checkpoints } from "./checkpoints.ts";
import { cnnParameters } from "./parameters.ts";
import { disposeFrozen, freeze } from "./inference_pass.ts";
import { labeledSamples } from "./labeled_samples.ts";
import { saveModel } from "./keras_model.ts";
import { compareWithBaselines, type Comparison } from "./metrics.ts";
import { disposeNetwork, type Network, readWeights } from "./network.ts";
import {
  type EnsembleMember,
  networkFileNames,
  networkStream,
  planNetworks,
} from "./ensemble.ts";
import { predictLogits } from "./predict.ts";
import { largestOfRow, softmax } from "./softmax.ts";
import { type TrainedNetwork, trainNetwork } from "./train_network.ts";

type Context = Parameters<typeof cnnStage.run>[0];

/** What all networks of the run share. */
interface CheckInputs {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  readonly architecture: Architecture;
  readonly backend: Backend;
  /** Samples in a training batch. */
  readonly batch: number;
}

/** Trains, predicts every sample, scores, and writes `cnn/`. */
export const cnnStage = defineStage({
  module: import.meta.url,
  name: "cnn",
  summary: "train the network on the training samples and test it",
  needs: ["prepare"],
  parameters: cnnParameters,
  async run(context) {
    const { parameters } = context;
    const materials = await loadInputs(context);
    const { dataset, matrix, architecture, backend, batch } = materials;
    const { replicates } = parameters;
    const tissues = dataset.tissueNames.length;
    const plan = planNetworks(dataset.folds.length, replicates);
    const checkpoints = await context.checkpoints(backend.description);
    const progress = context.progress(
      "training",
      parameters.epochs * replicates * dataset.folds.reduce(
        (sum, fold) => sum + rowsOf(fold, "train").length,
        0,
      ),
      "samples",
    );
    const results: NetworkResult[] = [];
    const warnings = new Set<string>();
    // Summed over the networks that predict a sample.
    const probabilities = new Float64Array(dataset.sampleIds.length * tissues);
    let first: TrainedNetwork | undefined;
    const trainAll = async () => {
      for (const name of plan) {
        const fold = dataset.folds[name.fold - 1];
        const trained = await trainNetwork(
          {
            architecture,
            train: labeledSamples(dataset, matrix, fold, "train"),
            validation: labeledSamples(dataset, matrix, fold, "validation"),
            parameters,
            batch,
            seeds: {
              weights: context.seedOf(networkStream(name, "weights")),
              shuffle: context.seedOf(networkStream(name, "shuffle")),
              dropout: context.seedOf(networkStream(name, "dropout")),
            },
          },
          (message) => warnings.add(message),
          (samples, note) =>
            progress.advance(samples, describeStep(name, plan.length, note)),
          new Checkpoints(
            checkpoints,
            `network-${name.fold}.${name.member}`,
            parameters["checkpoint-every"],
          ),
        );
        first ??= trained;
        const { network } = trained;
        const rows = rowsToPredict(dataset, fold);
        const predictions = await predict(
          network,
          rows,
          materials,
          (note) => progress.advance(0, describeStep(name, plan.length, note)),
        );
        rows.forEach((row, place) => {
          for (let c = 0; c < tissues; c++) {
            probabilities[row * tissues + c] +=
              predictions[place * tissues + c] / replicates;
          }
        });
        results.push(summarize(name, trained, dataset, rows, predictions));
        await save(context, name, trained, materials);
        disposeNetwork(network);
      }
    };
    await withThreads(context.settings.threads, trainAll)
      .finally(() => progress.close());
    warnings.forEach((message) => context.warn(message));

    const predicted = largestOfRow(probabilities, tissues);
    await writePredictions(context, dataset, probabilities, predicted);
    await writeNetworks(context, results);
    const { history, keptEpoch, updates, batchesAnEpoch } = first!;
    await Deno.writeTextFile(
      `${context.folder}/learning_curves.svg`,
      drawLearningCurves({ history, keptEpoch }),
    );
    const comparison = compareWithBaselines(dataset, predicted);
    await writeMetrics(context, dataset, comparison, {
      kept_epoch: keptEpoch,
      epochs: parameters.epochs,
      updates,
      batches_an_epoch: batchesAnEpoch,
      batch_norm_statistics: parameters.statistics,
      parameters_count: countWeights(architecture),
      image_side: architecture.side,
      folds: dataset.folds.length,
      replicates,
      networks: results.map(({ fold, member, ...result }) => ({
        fold,
        replicate: member,
        macro_f1: result.macroF1,
        accuracy: result.accuracy,
        kept_epoch: result.keptEpoch,
      })),
    });
    return {
      verdict: formatVerdict(comparison, plan.length),
      backend: backend.description,
    };
  },
});

async function loadInputs(context: Context): Promise<CheckInputs> {
  const { parameters } = context;
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const backend = await openBackend(context.settings.backend, "cnn");
  const architecture = describeNetwork(
    matrix.columns,
    dataset.tissueNames.length,
    parameters.width,
  );
  const batch = trainingBatch(backend, architecture, parameters.batch);
  if (batch < parameters.batch) {
    context.warn(
      `The training batch was cut from ${parameters.batch} to ${batch} ` +
        "samples: a larger one does not fit this device.",
    );
  }
  return { dataset, matrix, architecture, backend, batch };
}

/**
 * The samples that a fold's networks predict: all, where there is one fold;
 * else those that it tests. The first predicts those never tested, too.
 */
function rowsToPredict(dataset: Dataset, fold: Fold): number[] {
  return dataset.sampleIds.flatMap((_, row) =>
    dataset.folds.length === 1 || fold.split[row] === "test" ||
      (fold.fold === 1 && dataset.split[row] !== "test")
      ? [row]
      : []
  );
}

/** rows x tissues probabilities. */
async function predict(
  network: Network,
  rows: readonly number[],
  { matrix, architecture, backend }: CheckInputs,
  say: (note: string) => void,
): Promise<Float64Array> {
  const frozen = freeze(network);
  const logits = await predictLogits(
    frozen,
    takeImageRows(matrix, rows),
    rows.length,
    inferenceBatch(backend, architecture),
    countedNote("predicting", rows.length, say),
  );
  disposeFrozen(frozen);
  return softmax(logits, architecture.tissues);
}

/** One network's result on its fold's test samples. */
function summarize(
  name: EnsembleMember,
  { keptEpoch, updates }: TrainedNetwork,
  dataset: Dataset,
  rows: readonly number[],
  probabilities: Float64Array,
): NetworkResult {
  const tissues = dataset.tissueNames.length;
  const predicted = largestOfRow(probabilities, tissues);
  const { split } = dataset.folds[name.fold - 1];
  const tested = rows.flatMap((row, place) =>
    split[row] === "test" ? [{ row, place }] : []
  );
  const scores = tested.length === 0 ? null : classificationScores(
    tested.map(({ row }) => dataset.classOf[row]),
    tested.map(({ place }) => predicted[place]),
    tissues,
  );
  return {
    ...name,
    keptEpoch,
    updates,
    testSamples: tested.length,
    macroF1: scores?.macroF1 ?? null,
    accuracy: scores?.accuracy ?? null,
  };
}

/** Writes one network's files. */
async function save(
  context: Pick<StageContext<Context["parameters"]>, "folder" | "parameters">,
  name: EnsembleMember,
  { network, history }: TrainedNetwork,
  { architecture, dataset }: CheckInputs,
): Promise<void> {
  const files = networkFileNames(name);
  const { dropout, momentum, width } = context.parameters;
  await saveModel(
    context.folder,
    architecture,
    await readWeights(network),
    { dropout, momentum },
    { genes: architecture.genes, width, tissues: dataset.tissueNames },
    files,
  );
  await writeHistory(`${context.folder}/${files.history}`, history);
}

function describeStep(
  { fold, member }: EnsembleMember,
  networks: number,
  note: string,
): string {
  return networks === 1 ? note : `network ${fold}.${member}, ${note}`;
}

function formatVerdict(
  comparison: Comparison | null,
  networks: number,
): string {
  if (comparison === null) return "trained; there is no test sample";
  const { network, nearestCentroid, fiveNearestNeighbors } = comparison;
  return `macro F1 on test ${network.macroF1.toFixed(3)} ` +
    `(nearest centroid ${nearestCentroid.macroF1.toFixed(3)}, ` +
    `5 nearest neighbors ${fiveNearestNeighbors.macroF1.toFixed(3)})` +
    (networks === 1 ? "" : `; ${countOf(networks, "network")} trained`);
}
