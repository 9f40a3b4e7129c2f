/** Training the network for an epoch. */

import type { TrainTask } from "../ours/train.ts";
import { imageSide } from "../../lib/prepare/image.ts";
import type { Benchmark, Goal, Workplace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays } from "./inputs.ts";
import type { Sizes, TrainingSize } from "./sizes.ts";

/** An epoch at 100 x 100, for which there is the first goal. */
export function training(place: Workplace, sizes: Sizes): Benchmark {
  return trainingOf(place, sizes.training, "train_epoch", { ratio: 1 });
}

/** An epoch at the study's own size. */
export function studyTraining(place: Workplace, sizes: Sizes): Benchmark {
  return trainingOf(place, sizes.study, "train_epoch_study", {
    ratio: 2,
    bytes: 6e9,
  });
}

function trainingOf(
  place: Workplace,
  size: TrainingSize,
  id: string,
  goal: Goal,
): Benchmark {
  const side = imageSide(size.genes);
  const matrix = { ...size, samples: size.batch + size.samples };
  const { threads } = place;
  const task: TrainTask = { ...size, ...arrayPaths(place, matrix), threads };
  return {
    rows: [{
      id,
      title: `Train one epoch: image ${side} x ${side}, ${size.tissues} ` +
        `tissues, ${size.samples} samples`,
      timed: `${size.samples} samples in batches of ${size.batch}, width ` +
        `${size.width}, RMSprop, dropout, the same layers and weights; ` +
        "after one batch to warm up.",
      ours: {
        name: "this suite",
        scale: 1,
        run: () => runOurs(place, "train.ts", task),
      },
      peer: {
        name: "Keras on TensorFlow",
        scale: 1,
        run: () => runPeer(place, "train.py", { ...task, side }),
      },
      goal,
    }],
    prepare: () => makeArrays(place, matrix),
  };
}
