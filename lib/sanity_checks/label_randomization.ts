/**
 * A network that could learn nothing but which sample is which: the data
 * randomization of Adebayo et al. (2018), "Sanity Checks for Saliency Maps".
 */

import { withThreads } from "../backend/threads.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import { Checkpoints } from "../cnn/checkpoints.ts";
import { disposeFrozen, freeze } from "../cnn/inference_pass.ts";
import { disposeNetwork, readWeights } from "../cnn/network.ts";
import { predictLogits } from "../cnn/predict.ts";
import { largestOfRow } from "../cnn/softmax.ts";
import { trainNetwork } from "../cnn/train_network.ts";
import type { LabeledSamples } from "../cnn/training.ts";
import { takeImageRows } from "../prepare/image_matrix.ts";
import type { RandomStream } from "../random.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type { ChecksContext, CheckSetup } from "./inputs.ts";
import { LEARNED, SHUFFLED_SAMPLES } from "./levels.ts";

/** Permutes the labels: every class keeps its number of samples. */
export function shuffleLabels(
  classes: Int32Array,
  stream: RandomStream,
): Int32Array {
  return stream.shuffle(classes.slice());
}

/**
 * Draws the samples whose shuffled labels are learned, and shuffles them.
 *
 * @param samples Expression: rows x genes.
 * @param most Samples at most; all, if there are no more.
 * @returns The drawn samples in their order, each with a drawn one's class.
 */
export function shuffleSamples(
  { expression, classes }: LabeledSamples,
  most: number,
  stream: RandomStream,
): LabeledSamples {
  const samples = classes.length;
  const rows = samples <= most
    ? Uint32Array.from(classes.keys())
    : stream.child("samples").sample(samples, most).sort();
  return {
    expression: takeImageRows(
      { values: expression, columns: expression.length / samples },
      rows,
    ),
    classes: shuffleLabels(
      Int32Array.from(rows, (row) => classes[row]),
      stream.child("permutation"),
    ),
  };
}

/**
 * The accuracy of guesses that are drawn from the training labels, whatever
 * the sample: the sum over classes of its share among the training samples
 * times its share among the test samples.
 *
 * @param test Each test sample's class; at least one.
 */
export function chanceAccuracy(
  train: Int32Array | readonly number[],
  test: Int32Array | readonly number[],
): number {
  const trained = new Map<number, number>();
  for (const label of train) trained.set(label, (trained.get(label) ?? 0) + 1);
  let pairs = 0;
  for (const label of test) pairs += trained.get(label) ?? 0;
  return pairs / (train.length * test.length);
}

/**
 * Trains a network on shuffled labels with the settings of the cnn stage: on
 * all training samples for as many epochs as are asked for or, by default, on
 * some of them until it has learned their labels.
 *
 * It sees no validation sample and keeps the last epoch: on meaningless labels
 * the epoch of the best validation loss would be one of the first, before the
 * network has learned anything to explain.
 *
 * @throws {RunError} If the loss is no longer finite.
 */
export async function trainOnShuffledLabels(
  context: ChecksContext,
  { architecture, inputs, backend, batch, checkpoints }: CheckSetup,
) {
  const { train, test, cnnParameters } = inputs;
  const { tissues } = architecture;
  const asked = context.parameters.epochs;
  const epochs = asked || cnnParameters.epochs;
  const shuffled = shuffleSamples(
    train,
    asked ? train.classes.length : tissues * SHUFFLED_SAMPLES,
    context.stream("labels"),
  );
  const samples = shuffled.classes.length;
  using progress = context.progress(
    "training on shuffled labels",
    epochs * samples,
    "samples",
  );
  return await withThreads(context.settings.threads, async () => {
    const { network, history } = await trainNetwork(architecture, {
      train: shuffled,
      validation: {
        expression: new Float32Array(),
        classes: new Int32Array(),
      },
      parameters: { ...cnnParameters, epochs, batch, keep: "last" },
      seedOf: (stream) => context.seedOf(stream),
      checkpoints: new Checkpoints(checkpoints, "shuffled_network"),
      onBatch: (samples, note) => progress.advance(samples, note),
      isEnough: ({ accuracy }) => asked === 0 && accuracy >= LEARNED,
    });
    // The epochs that were not needed.
    progress.advance((epochs - history.length) * samples);
    const frozen = freeze(network);
    const score = async ({ expression, classes }: LabeledSamples) => {
      const logits = await predictLogits(
        frozen,
        expression,
        classes.length,
        inferenceBatch(backend, architecture),
      );
      const predicted = largestOfRow(logits, tissues);
      return classificationScores(classes, predicted, tissues);
    };
    const learned = await score(shuffled);
    const tested = await score(test);
    disposeFrozen(frozen);
    const weights = await readWeights(network);
    disposeNetwork(network);
    return {
      weights,
      scores: {
        epochs: history.length,
        train_accuracy: learned.accuracy,
        macro_f1: tested.macroF1,
        accuracy: tested.accuracy,
        chance_accuracy: chanceAccuracy(shuffled.classes, test.classes),
      },
    };
  });
}
