/** The flags of the network and its training. */

import {
  choice,
  integer,
  integerOr,
  number,
  type Values,
} from "../cli/parameters.ts";

export const columnOrders = ["file", "member"] as const;

/** By flag, without `--cnn.`. */
export const cnnParameters = {
  blocks: integer(
    1,
    { minimum: 1, maximum: 4 },
    "convolution blocks: the first of 32, 64 with pooling, 128, and 256 with " +
      "pooling",
  ),
  width: number(
    0.25,
    { above: 0, maximum: 4 },
    "scales the number of filters (32, 64, 128, 256 at width 1)",
  ),
  hidden: integer(
    64,
    { minimum: 1, maximum: 4096 },
    "units of the dense layer before the output",
  ),
  columns: choice(
    "file",
    columnOrders,
    "which genes are neighbors in the image: those beside each other in the " +
      "matrix (file), or others in every network, at random (member)",
  ),
  epochs: integerOr(
    "auto",
    ["auto"],
    { minimum: 1, maximum: 100_000 },
    "passes over the training samples; auto: as many as make about 300 " +
      "updates, from 10 to 100",
  ),
  batch: integer(
    32,
    { minimum: 2, maximum: 4096 },
    "samples in a training batch",
  ),
  "learning-rate": number(
    3e-4,
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
  "batch-norm": choice(
    "recomputed",
    ["recomputed", "moving"],
    "BatchNorm's means and variances: recomputed over all training batches " +
      "under the kept weights, or the moving averages that Keras keeps",
  ),
  ensemble: integerOr(
    "auto",
    ["auto"],
    { minimum: 1, maximum: 100 },
    "networks a fold, trained with different random numbers; their mean " +
      "predicts and is explained; auto: 5, or fewer where those would be " +
      "long work",
  ),
  "checkpoint-every": integer(
    1,
    { minimum: 1, maximum: 100_000 },
    "epochs from one saved state to the next, with which an interrupted " +
      "training continues; at least 5 s apart, and further where saving " +
      "would take more than 2 % of the time, up to 5 min",
  ),
};

/** The values of the flags. */
export type CnnValues = Values<typeof cnnParameters>;
