/** The training loop. Every random choice comes from a named stream. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import { takeImageRows } from "../prepare/image_matrix.ts";
import { rerun, RunError } from "../cli/errors.ts";
import { openStream, type RandomStream } from "../random.ts";
import type { Architecture } from "./architecture.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { disposeFrozen, freeze } from "./inference_pass.ts";
import { updateMovingStatistics } from "./layers/batch_norm.ts";
import type { LayerSettings } from "./layers/layer.ts";
import {
  type Network,
  readWeights,
  trainedVariables,
  type WeightValues,
} from "./network.ts";
import { Rmsprop } from "./optimizer.ts";
import type { EpochRow } from "./outputs.ts";
import type { TrainingValues } from "./training_epochs.ts";
import { imageTensor, predictLogits } from "./predict.ts";
import { RunningLoss } from "./running_loss.ts";
import { crossEntropy } from "./softmax.ts";
import {
  backwardInTraining,
  drawMasks,
  forwardInTraining,
} from "./training_pass.ts";

/** A loss so many times that of a guess, log(tissues), means divergence. */
const ABSURD_LOSS = 1000;

/** Samples with their tissues. */
export interface LabeledSamples {
  /** rows x genes transformed values. */
  readonly expression: Float32Array<ArrayBuffer>;
  /** Each row's class. */
  readonly classes: Int32Array;
}

/** The seeds of the first weights, of the samples' order and of dropout. */
export type RandomSeeds = Readonly<
  Record<"weights" | "shuffle" | "dropout", number>
>;

/** What to train with, and what to call meanwhile. */
export interface Training {
  /** At least one sample. */
  readonly train: LabeledSamples;
  /** May be empty. */
  readonly validation: LabeledSamples;
  /** The flags of the cnn stage; `batch` as the device allows. */
  readonly parameters: TrainingValues;
  seedOf(stream: keyof RandomSeeds): number;
  /** Where an interrupted training continues, and where its state is saved. */
  readonly checkpoints?: Checkpoints;
  /**
   * Called after each batch with its number of samples and a note on the last
   * epoch; before the first with the samples of the epochs that a checkpoint
   * holds; and after the training with 0 samples and what is done then.
   */
  onBatch?(samples: number, note: string): void;
  /** Whether an epoch was the last, before `epochs` are done; default never. */
  isEnough?(epoch: EpochRow): boolean;
  /** Called with what the report should say, too. */
  warn?(message: string): void;
}

/** The progress of a training. */
export interface TrainingState {
  readonly history: EpochRow[];
  /**
   * The epoch of the lowest validation loss so far, with its weights; null
   * without validation samples, or if the last epoch is to be kept.
   */
  best: {
    readonly epoch: number;
    readonly loss: number;
    readonly weights: WeightValues[];
  } | null;
}

/** The samples in random order, batch by batch; the caller frees the images. */
export function* shuffledBatches(
  samples: LabeledSamples,
  batch: number,
  stream: RandomStream,
  architecture: Architecture,
) {
  const order = stream.shuffle(Int32Array.from(samples.classes.keys()));
  const bounds = batchBounds(order.length, batch);
  for (let index = 1; index < bounds.length; index++) {
    const rows = order.subarray(bounds[index - 1], bounds[index]);
    yield takeBatch(samples, rows, architecture);
  }
}

/**
 * Where each batch starts, and the end. A last batch of one sample, which
 * BatchNorm cannot normalize, joins the one before.
 */
export function batchBounds(samples: number, batch: number): number[] {
  const bounds: number[] = [];
  for (let start = 0; start < samples; start += batch) bounds.push(start);
  if (bounds.length > 1 && samples - bounds[bounds.length - 1] === 1) {
    bounds.pop();
  }
  return [...bounds, samples];
}

/** Some rows of the samples as a batch of images on the backend. */
export function takeBatch(
  { expression, classes }: LabeledSamples,
  rows: Int32Array,
  architecture: Architecture,
): { images: tf.Tensor4D; classes: Int32Array } {
  const { genes } = architecture;
  const taken = takeImageRows({ values: expression, columns: genes }, rows);
  return {
    images: imageTensor(taken, rows.length, architecture),
    classes: rows.map((row) => classes[row]),
  };
}

/** Mean loss and accuracy in inference mode. */
async function evaluate(
  network: Network,
  samples: LabeledSamples,
  batch: number,
  startWeight: number,
): Promise<{ loss: number; accuracy: number }> {
  const rows = samples.classes.length;
  const frozen = freeze(network, startWeight);
  const logits = await predictLogits(frozen, samples.expression, rows, batch);
  disposeFrozen(frozen);
  const { tissues } = network.architecture;
  const { lossSum, correct } = crossEntropy(logits, samples.classes, tissues);
  return { loss: lossSum / rows, accuracy: correct / rows };
}

/**
 * One update of the weights by one batch.
 *
 * @param loss The batch is added to it.
 */
async function updateByBatch(
  network: Network,
  optimizer: Rmsprop,
  images: tf.Tensor4D,
  classes: Int32Array,
  settings: LayerSettings,
  dropoutStream: RandomStream,
  loss: RunningLoss,
): Promise<void> {
  const { architecture } = network;
  const masks = drawMasks(
    architecture,
    classes.length,
    settings,
    dropoutStream,
  );
  const pass = forwardInTraining(network, images, masks);
  for (const statistics of pass.statistics) {
    updateMovingStatistics(statistics, settings.momentum);
  }
  const logitsGradient = await loss.add(pass.logits, classes);
  backwardInTraining(pass, logitsGradient, optimizer);
  optimizer.updates++;
  logitsGradient.dispose();
  for (const mask of masks) mask?.dispose();
  assertBackendHealthy();
}

/**
 * One update of the weights by one batch, and its loss.
 *
 * @returns The batch's summed loss and its number of right predictions.
 */
export async function trainOnBatch(
  network: Network,
  optimizer: Rmsprop,
  images: tf.Tensor4D,
  classes: Int32Array,
  settings: LayerSettings,
  dropoutStream: RandomStream,
): Promise<{ lossSum: number; correct: number }> {
  const loss = new RunningLoss();
  await updateByBatch(
    network,
    optimizer,
    images,
    classes,
    settings,
    dropoutStream,
    loss,
  );
  await loss.finish();
  return loss;
}

function divergence(
  loss: number,
  epoch: number,
  bound: string,
  { parameters }: Training,
): RunError {
  return new RunError(
    `Cannot continue the training: the loss is ${loss.toPrecision(4)} in ` +
      `epoch ${epoch} and should be ${bound}; the learning rate may be too high`,
    rerun("cnn", { "learning-rate": parameters["learning-rate"] / 10 }),
  );
}

/**
 * Trains the network in place.
 *
 * @returns The state after the last epoch, and the updates of the weights over
 * all epochs.
 * @throws {RunError} If the loss is no longer finite, which on WebGPU shows
 * some batches later, or absurd after an epoch.
 */
export async function trainEpochs(
  network: Network,
  training: Training,
): Promise<TrainingState & { readonly updates: number }> {
  const { train, validation, parameters, checkpoints } = training;
  const { epochs, batch, momentum, keep } = parameters;
  const { architecture } = network;
  const samples = train.classes.length;
  const shuffleSeed = training.seedOf("shuffle");
  const dropoutSeed = training.seedOf("dropout");
  const optimizer = new Rmsprop(parameters, trainedVariables(network));
  const state: TrainingState = checkpoints?.restore(network, optimizer) ??
    { history: [], best: null };
  const { history } = state;
  let note = "";
  if (history.length > 0) training.onBatch?.(history.length * samples, note);

  const goesOn = () => {
    const last = history.at(-1);
    return history.length < epochs &&
      !(last !== undefined && training.isEnough?.(last));
  };
  while (goesOn()) {
    const epoch = history.length + 1;
    const stream = openStream(shuffleSeed, `epoch/${epoch}`);
    const batches = shuffledBatches(train, batch, stream, architecture);
    const running = new RunningLoss();
    const checkLoss = () => {
      if (Number.isFinite(running.lossSum)) return;
      throw divergence(running.lossSum, epoch, "a finite number", training);
    };
    let index = 0;
    for (const { images, classes } of batches) {
      index++;
      await updateByBatch(
        network,
        optimizer,
        images,
        classes,
        parameters,
        openStream(dropoutSeed, `epoch/${epoch}/batch/${index}`),
        running,
      );
      images.dispose();
      checkLoss();
      training.onBatch?.(classes.length, note);
    }
    await running.finish();
    checkLoss();
    // Keras leaves the starting values in the moving statistics: after 50
    // updates they still make up 60 %.
    const startWeight = parameters["batch-norm"] === "recomputed"
      ? momentum ** optimizer.updates
      : 0;
    const evaluated = validation.classes.length > 0
      ? await evaluate(network, validation, batch, startWeight)
      : null;
    const loss = running.lossSum / samples;
    if (loss > ABSURD_LOSS * Math.log(architecture.tissues)) {
      const bound = `less than ${ABSURD_LOSS} times that of a guess`;
      throw divergence(loss, epoch, bound, training);
    }
    history.push({
      epoch,
      learning_rate: optimizer.rate(optimizer.updates - 1),
      loss,
      accuracy: running.correct / samples,
      val_loss: Number.isFinite(evaluated?.loss) ? evaluated!.loss : null,
      val_accuracy: evaluated?.accuracy ?? null,
    });
    if (
      keep === "best" && evaluated &&
      (state.best === null || evaluated.loss < state.best.loss)
    ) {
      state.best = {
        epoch,
        loss: evaluated.loss,
        weights: await readWeights(network, state.best?.weights),
      };
    }
    await checkpoints?.save(network, optimizer, state, !goesOn());
    note = `epoch ${epoch}, loss ${loss.toFixed(3)}`;
  }
  optimizer.dispose();
  return { ...state, updates: optimizer.updates };
}
