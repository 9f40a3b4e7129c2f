/** The training loop. Every random choice comes from a named stream. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import { toImages } from "../prepare/image.ts";
import { rerun, RunError } from "../cli/errors.ts";
import { openStream, type RandomStream } from "../random.ts";
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
import { Rmsprop, type RmspropSettings } from "./optimizer.ts";
import { predictLogits } from "./predict.ts";
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
  readonly expression: Float32Array;
  /** Each row's class. */
  readonly classes: Int32Array;
}

/** How to train. */
export interface TrainingSettings extends LayerSettings {
  readonly epochs: number;
  /** Samples in a batch. */
  readonly batch: number;
  readonly rmsprop: RmspropSettings;
  /** Seed of the order of samples. */
  readonly shuffleSeed: number;
  /** Seed of the dropout masks. */
  readonly dropoutSeed: number;
  /**
   * Whether validation takes the starting values out of the moving statistics.
   * Keras leaves them in: after 50 updates they still make up 60 %.
   */
  readonly unbiased: boolean;
  /** Whether the epoch of the lowest validation loss is to be kept. */
  readonly keepBest: boolean;
}

/** One line of `history.csv`. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Learning rate of the epoch's last update. */
  readonly learningRate: number;
  /** Mean over the training samples while they were trained on. */
  readonly loss: number;
  readonly accuracy: number;
  /** After the epoch, in inference mode; null without validation samples. */
  readonly valLoss: number | null;
  readonly valAccuracy: number | null;
}

/** What training gives beside the network itself. */
export interface TrainingResult {
  readonly history: EpochRecord[];
  /** Updates of the weights over all epochs. */
  readonly updates: number;
  /** The epoch with the lowest validation loss; null without validation. */
  readonly bestEpoch: number | null;
  /** That epoch's weights, if they were asked for. */
  readonly bestWeights: WeightValues[] | null;
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
  samples: LabeledSamples,
  rows: ArrayLike<number>,
  genes: number,
  side: number,
): { images: tf.Tensor4D; classes: Int32Array } {
  const expression = new Float32Array(rows.length * genes);
  const classes = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index] * genes;
    expression.set(
      samples.expression.subarray(start, start + genes),
      index * genes,
    );
    classes[index] = samples.classes[rows[index]];
  }
  const images = tf.tensor4d(
    toImages(expression, rows.length, genes, side),
    [rows.length, side, side, 1],
  );
  return { images, classes };
}

/** Loss and accuracy in inference mode. */
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
  const { lossSum, correct, gradient } = crossEntropy(
    await pass.logits.data<"float32">(),
    classes,
    architecture.tissues,
  );
  const logitsGradient = tf.tensor2d(gradient, [
    classes.length,
    architecture.tissues,
  ]);
  backwardInTraining(pass, logitsGradient, optimizer);
  optimizer.endUpdate();
  logitsGradient.dispose();
  for (const mask of masks) mask?.dispose();
  assertBackendHealthy();
  return { lossSum, correct };
}

function divergence(
  loss: number,
  epoch: number,
  bound: string,
  { rmsprop }: TrainingSettings,
): RunError {
  return new RunError(
    `Cannot continue the training: the loss is ${loss.toPrecision(4)} in ` +
      `epoch ${epoch} and should be ${bound}; the learning rate may be too high`,
    rerun("cnn", { "learning-rate": rmsprop.learningRate / 10 }),
  );
}

/**
 * Trains the network in place.
 *
 * @param network Weights to start from.
 * @param train The training samples, at least one.
 * @param validation The validation samples; may be empty.
 * @param settings How to train.
 * @param onEpoch Called after each epoch.
 * @param onBatch Called after each batch with its number of samples, and at
 * the start with those of the epochs before the checkpoint, if there is one.
 * @param checkpoints Where an interrupted training continues, and where its
 * state is saved.
 * @throws {RunError} If the loss is no longer finite, or absurd after an epoch.
 */
export async function trainEpochs(
  network: Network,
  train: LabeledSamples,
  validation: LabeledSamples,
  settings: TrainingSettings,
  onEpoch: (record: EpochRecord) => void = () => {},
  onBatch: (samples: number) => void = () => {},
  checkpoints?: Checkpoints,
): Promise<TrainingResult> {
  const { genes, side, tissues } = network.architecture;
  const samples = train.classes.length;
  const bounds = batchBounds(samples, settings.batch);
  const optimizer = new Rmsprop(settings.rmsprop, trainedVariables(network));
  const restored = checkpoints?.restore(network, optimizer);
  const history = restored?.history ?? [];
  let best = restored?.best ?? null;
  let bestWeights = restored?.bestWeights ?? null;
  if (history.length > 0) onBatch(history.length * samples);

  for (let epoch = history.length + 1; epoch <= settings.epochs; epoch++) {
    const order = openStream(settings.shuffleSeed, `epoch/${epoch}`).shuffle(
      Int32Array.from({ length: samples }, (_, row) => row),
    );
    let lossSum = 0;
    let correct = 0;
    let learningRate = optimizer.rate;
    for (let index = 1; index < bounds.length; index++) {
      const rows = order.subarray(bounds[index - 1], bounds[index]);
      const { images, classes } = takeBatch(train, rows, genes, side);
      learningRate = optimizer.rate;
      const result = await trainOnBatch(
        network,
        optimizer,
        images,
        classes,
        settings,
        openStream(settings.dropoutSeed, `epoch/${epoch}/batch/${index}`),
      );
      images.dispose();
      lossSum += result.lossSum;
      correct += result.correct;
      if (!Number.isFinite(lossSum)) {
        throw divergence(lossSum, epoch, "a finite number", settings);
      }
      onBatch(rows.length);
    }
    const evaluated = validation.classes.length > 0
      ? await evaluate(
        network,
        validation,
        settings.batch,
        settings.unbiased ? settings.momentum ** optimizer.updates : 0,
      )
      : null;
    const record: EpochRecord = {
      epoch,
      learningRate,
      loss: lossSum / samples,
      accuracy: correct / samples,
      valLoss: evaluated?.loss ?? null,
      valAccuracy: evaluated?.accuracy ?? null,
    };
    if (record.loss > ABSURD_LOSS * Math.log(tissues)) {
      const bound = `less than ${ABSURD_LOSS} times that of a guess`;
      throw divergence(record.loss, epoch, bound, settings);
    }
    history.push(record);
    if (evaluated && (best === null || evaluated.loss < best.valLoss)) {
      best = { epoch, valLoss: evaluated.loss };
      if (settings.keepBest) {
        bestWeights = await readWeights(network, bestWeights ?? undefined);
      }
    }
    await checkpoints?.save(
      network,
      optimizer,
      { history, best, bestWeights },
      epoch === settings.epochs,
    );
    onEpoch(record);
  }
  const { updates } = optimizer;
  optimizer.dispose();
  return { history, updates, bestEpoch: best?.epoch ?? null, bestWeights };
}
