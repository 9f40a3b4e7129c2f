/**
 * A network that could learn nothing but which sample is which: the data
 * randomization of Adebayo et al. (2018), "Sanity Checks for Saliency Maps".
 */

import type { Architecture } from "../cnn/architecture.ts";
import type { Checkpoints } from "../cnn/checkpoints.ts";
import { disposeFrozen, freeze } from "../cnn/inference_pass.ts";
import {
  disposeNetwork,
  readWeights,
  type WeightValues,
} from "../cnn/network.ts";
import { predictLogits } from "../cnn/predict.ts";
import { largestOfRow } from "../cnn/softmax.ts";
import { trainNetwork } from "../cnn/train_network.ts";
import type { LabeledSamples, Training } from "../cnn/training.ts";
import type { RandomStream } from "../random.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type { ChecksSummary } from "./outputs.ts";

/** Below this share of the labels learned, the check says little. */
export const ENOUGH_LEARNED = 0.5;

/**
 * Permutes the labels: every class keeps its number of samples.
 *
 * @param classes Each sample's class.
 * @param stream Draws the permutation.
 */
export function shuffleLabels(
  classes: Int32Array,
  stream: RandomStream,
): Int32Array {
  return stream.shuffle(classes.slice());
}

/**
 * The accuracy of guesses that are drawn from the training labels, whatever
 * the sample: the sum over classes of its share among the training samples
 * times its share among the test samples.
 *
 * @param train Each training sample's class.
 * @param test Each test sample's class; at least one.
 * @returns In [0, 1].
 */
export function chanceAccuracy(
  train: ArrayLike<number>,
  test: ArrayLike<number>,
): number {
  const trained = new Map<number, number>();
  for (const label of Array.from(train)) {
    trained.set(label, (trained.get(label) ?? 0) + 1);
  }
  let pairs = 0;
  for (const label of Array.from(test)) pairs += trained.get(label) ?? 0;
  return pairs / (train.length * test.length);
}

/** What to train. */
export interface ShuffledTraining {
  readonly architecture: Architecture;
  /** The training samples with their own labels. */
  readonly train: LabeledSamples;
  /** The test samples with their own labels; at least one. */
  readonly test: LabeledSamples;
  /**
   * The values of the cnn stage's flags, but for the epochs, and for the batch
   * where the device allows less.
   */
  readonly parameters: Training["parameters"];
  /** Samples in a batch of predictions. */
  readonly inferenceBatch: number;
  /** Draws the permutation of the labels. */
  readonly stream: RandomStream;
  readonly seedOf: Training["seedOf"];
}

/**
 * Trains a network on shuffled labels with the settings of the cnn stage.
 *
 * It sees no validation sample and keeps the last epoch: on meaningless labels
 * the epoch of the best validation loss would be one of the first, before the
 * network has learned anything to explain.
 *
 * @param training What to train.
 * @param onBatch Is called after each batch with its samples and a note on the
 * last epoch.
 * @param checkpoints Keeps the training's state in case of a crash.
 * @throws {RunError} If the loss is no longer finite.
 */
export async function trainOnShuffledLabels(
  training: ShuffledTraining,
  onBatch: (samples: number, note: string) => void = () => {},
  checkpoints?: Checkpoints,
): Promise<
  { weights: WeightValues[]; scores: ChecksSummary["shuffled_network"] }
> {
  const { architecture, train, test, parameters, seedOf } = training;
  const shuffled = {
    expression: train.expression,
    classes: shuffleLabels(train.classes, training.stream),
  };
  const none = { expression: new Float32Array(), classes: new Int32Array() };
  const { network } = await trainNetwork(
    architecture,
    {
      train: shuffled,
      validation: none,
      parameters: { ...parameters, keep: "last" },
      seedOf,
    },
    undefined,
    onBatch,
    checkpoints,
  );
  const frozen = freeze(network);
  const score = async ({ expression, classes }: LabeledSamples) => {
    const logits = await predictLogits(
      frozen,
      expression,
      classes.length,
      training.inferenceBatch,
    );
    const predicted = largestOfRow(logits, architecture.tissues);
    return classificationScores(classes, predicted, architecture.tissues);
  };
  const learned = await score(shuffled);
  const tested = await score(test);
  disposeFrozen(frozen);
  const weights = await readWeights(network);
  disposeNetwork(network);
  return {
    weights,
    scores: {
      epochs: parameters.epochs,
      train_accuracy: learned.accuracy,
      macro_f1: tested.macroF1,
      accuracy: tested.accuracy,
      chance_accuracy: chanceAccuracy(train.classes, test.classes),
    },
  };
}
