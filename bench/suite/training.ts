/** Training the network for one epoch. */

import type { TrainTask } from "../ours/train.ts";
import { imageSide } from "../../lib/prepare/image.ts";
import type { Benchmark, Goal, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays } from "./inputs.ts";
import type { Sizes, TrainingSize } from "./sizes.ts";

/** One epoch at 100 x 100. */
export function training(workspace: Workspace, sizes: Sizes): Benchmark {
  return trainingOf(workspace, sizes.training, "train_epoch", { ratio: 1 });
}

/** One epoch at the size of the maize study. */
export function studyTraining(workspace: Workspace, sizes: Sizes): Benchmark {
  return trainingOf(workspace, sizes.study, "train_epoch_study", {
    ratio: 2,
    bytes: 6e9,
  });
}

function trainingOf(
  workspace: Workspace,
  size: TrainingSize,
  id: string,
  goal: Goal,
): Benchmark {
  const side = imageSide(size.genes);
  const matrix = { ...size, samples: size.batch + size.samples };
  const { threads } = workspace;
  const task: TrainTask = {
    ...size,
    ...arrayPaths(workspace, matrix),
    threads,
  };
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
        run: () => runOurs(workspace, "train.ts", task),
      },
      peer: {
        name: "Keras on TensorFlow",
        scale: 1,
        run: () => runPeer(workspace, "train.py", { ...task, side }),
      },
      goal,
    }],
    prepare: () => makeArrays(workspace, matrix),
  };
}
