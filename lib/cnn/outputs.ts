/** The files of the `cnn` stage. */

import { splits } from "../prepare/outputs.ts";
import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure, defineFile } from "../store/output.ts";
import { defineTable, type RowOf } from "../store/table.ts";
import { byGroupsField } from "./by_groups.ts";
import { forRivals, rivals } from "./rivals.ts";

export const history = defineTable(
  "cnn/history.csv",
  "An epoch of the first network; networks.csv names the files of the others",
  {
    epoch: integer("from 1"),
    learning_rate: number("at the epoch's last update"),
    loss: number(
      "mean cross-entropy in nats of the training samples while they are " +
        "trained on",
    ),
    accuracy: number("share of them predicted right"),
    val_loss: nullable(
      number(
        "the same loss of the validation samples after the epoch; empty " +
          "without any, or if it is not finite",
      ),
    ),
    val_accuracy: nullable(number("share of them predicted right")),
  },
);

export const predictions = defineTable(
  "cnn/predictions.csv",
  "One row per sample, in the order of the matrix",
  {
    sample_id: text("sample id"),
    split: word(splits, "its part, as in prepare/samples.csv"),
    tissue: text("its tissue"),
    predicted: text("the tissue of the largest mean probability"),
    probability: number("that probability, the mean over the networks"),
  },
);

const ownScores = {
  macro_f1: nullable(
    number("on its fold's test samples; empty if there is none"),
  ),
  accuracy: nullable(number("on the same samples")),
};
const member = {
  fold: integer("the fold whose test samples it has not seen, from 1"),
  member: integer("its number in the fold's ensemble, from 1"),
};
const keptEpoch = integer("the epoch whose weights were kept");

export const networks = defineTable(
  "cnn/networks.csv",
  "One row per network; later stages find its files here",
  {
    ...member,
    model: text("its file in cnn/ that describes the layers"),
    weights: text("its file in cnn/ with the weights"),
    history: text("its file in cnn/ with the epochs"),
    kept_epoch: keptEpoch,
    updates: integer("updates of its weights"),
    test_samples: integer("test samples of its fold"),
    ...ownScores,
  },
);

const tissueScores = list(
  object({
    tissue: text("the tissue"),
    precision: number("0 if no sample was predicted to be of it"),
    recall: number("0 if no test sample is of it"),
    f1: number("harmonic mean of the two"),
    support: integer("test samples of the tissue"),
  }),
  "scores of each tissue",
);
const penalty = object({
  fold: integer("the fold, from 1"),
  penalty: number("lambda"),
  chosen_by: word(
    ["validation samples", "cross-validation"],
    "what chose it; the cross-validation is within the training samples",
  ),
});
const balancedAccuracy = number(
  "mean recall over the tissues that have test samples",
);
const classifier = object({
  macro_f1: number("mean F1 over the tissues"),
  accuracy: number("share of test samples predicted right"),
  balanced_accuracy: balancedAccuracy,
  tissues: tissueScores,
  penalties: list(penalty, "by fold; empty for a classifier without penalty"),
  only_network_right: integer(
    "test samples that the network gets right and it gets wrong (b)",
  ),
  only_rival_right: integer("test samples the other way round (c)"),
  p: number(
    "of these two counts by the exact McNemar test, two-sided, with the " +
      "samples as units",
  ),
  adjusted_p: number("the same, adjusted by Holm for all these classifiers"),
  by_groups: byGroupsField,
  f1_difference: object({
    difference: number("macro F1 of the network less its own"),
    low: number("lower end of the 95 % interval"),
    high: number("upper end"),
  }, "with an interval by swapped predictions"),
});

export const classifierPredictions = defineTable(
  "cnn/classifiers.csv",
  "One row per test sample, in the order of their ids: what the network and " +
    "the simple classifiers predict",
  {
    sample_id: text("sample id"),
    tissue: text("its tissue"),
    network: text("the tissue that the networks predict"),
    ...forRivals((name) => text(`the tissue by ${rivals[name].phrase}`)),
  },
);

export const metrics = defineJson(
  "cnn/metrics.json",
  "The scores on the test samples, null if there is none, and the training",
  {
    macro_f1: nullable(number("mean F1 over the tissues")),
    accuracy: nullable(number("share of test samples predicted right")),
    balanced_accuracy: nullable(balancedAccuracy),
    test_samples: integer("samples tested, in all folds"),
    tissues: nullable(tissueScores),
    confusion: nullable(object({
      tissues: list(text(""), "names of rows and columns"),
      counts: list(list(integer(""), ""), "rows true, columns predicted"),
    }, "test samples by true and predicted tissue")),
    baselines: nullable(
      object(
        forRivals(() => classifier),
        "simple classifiers trained and tested on the same samples",
      ),
    ),
    swaps: nullable(object({
      seed: integer("seed of the stream that draws them"),
      ways: integer("ways to swap, that without any among them"),
      unit: word(["samples", "groups"], "what is swapped as a whole"),
    }, "the swaps behind the intervals of the differences of macro F1")),
    kept_epoch: integer("epoch whose weights the first network keeps"),
    epochs: integer("epochs of training"),
    updates: integer("updates of the first network's weights"),
    batches_an_epoch: integer("batches in an epoch of the first network"),
    batch_norm_statistics: word(
      ["recomputed", "moving"],
      "the value of --cnn.batch-norm",
    ),
    n_parameters: integer("trained weights of a network"),
    image_side: integer("pixels along a side of the image"),
    folds: integer("folds"),
    ensemble: integer("networks of each fold"),
    multiply_adds: number("estimated work of training all networks"),
    networks: list(
      object({ ...member, ...ownScores, kept_epoch: keptEpoch }),
      "each network by itself",
    ),
  },
);

export const learningCurves = defineFigure(
  "cnn/learning_curves.svg",
  "Loss and accuracy of the training and validation part by epoch",
  new URL("./figures/learning_curves.ts", import.meta.url),
  ({ drawLearningCurves }: typeof import("./figures/learning_curves.ts")) =>
    drawLearningCurves,
);

export const confusionMatrix = defineFigure(
  "cnn/confusion_matrix.svg",
  "Confusion matrix of the test part, true tissues in rows",
  new URL("./figures/confusion_matrix.ts", import.meta.url),
  ({ drawConfusionMatrix }: typeof import("./figures/confusion_matrix.ts")) =>
    drawConfusionMatrix,
);

export const tissueF1 = defineFigure(
  "cnn/tissue_f1.svg",
  "F1 of each tissue by the network and the simple classifiers",
  new URL("./figures/tissue_f1.ts", import.meta.url),
  ({ drawTissueF1 }: typeof import("./figures/tissue_f1.ts")) => drawTissueF1,
);

/** All that the stage writes. */
export const outputs = [
  history,
  predictions,
  classifierPredictions,
  networks,
  metrics,
  defineFile(
    "cnn/model.json",
    "The first network's layers, as tf.loadLayersModel takes them",
  ),
  defineFile("cnn/weights.bin", "The first network's weights, float32"),
  ...["history.csv", "model.json", "weights.bin"].map((file) =>
    defineFile(
      `cnn/${file.replace(".", "_foldFOLD_memberMEMBER.")}`,
      `As ${file}, of the network of a fold and a place in the ensemble`,
    )
  ),
  learningCurves,
  confusionMatrix,
  tissueF1,
];

/** A row of `history.csv`. */
export type EpochRow = RowOf<typeof history>;
/** A row of `networks.csv`. */
export type NetworkRow = RowOf<typeof networks>;
/** A fold's penalty in `metrics.json`. */
export type PenaltyRow = NonNullable<
  Metrics["baselines"]
>["ridge"]["penalties"][number];
/** `metrics.json`. */
export type Metrics = ReturnType<typeof metrics.parse>;
/** `metrics.json` of a run with test samples. */
export type TestedMetrics = {
  readonly [Key in keyof Metrics]: NonNullable<Metrics[Key]>;
};

/** Whether there are test samples, and so scores. */
export function isTested(metrics: Metrics): metrics is TestedMetrics {
  return metrics.test_samples > 0;
}
