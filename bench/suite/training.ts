/** Training a network for one epoch. */

import type { TrainTask } from "../ours/train.ts";
import { imageSide } from "../../lib/prepare/image.ts";
import { countOf } from "../../lib/cli/text.ts";
import type { Benchmark, Row, Side, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays } from "./inputs.ts";
import type { Sizes, TrainingSize } from "./sizes.ts";

/** One epoch at 100 x 100. */
export function training(workspace: Workspace, sizes: Sizes): Benchmark {
  return trainingOf(workspace, sizes.training, "train_epoch", {
    title: "of the maize study's network",
    peers: [keras],
    goal: { AMD: { ratio: 0.85 }, Intel: { ratio: 1.3 } },
  });
}

/** One epoch at the size of the maize study. */
export function studyTraining(workspace: Workspace, sizes: Sizes): Benchmark {
  return trainingOf(workspace, sizes.study, "train_epoch_study", {
    title: "of the maize study's network",
    peers: [keras],
    goal: {
      AMD: { ratio: 0.85, bytes: 4e9 },
      Intel: { ratio: 1.3, bytes: 4e9 },
    },
  });
}

/** One epoch of the default network, at the genes of a human matrix. */
export function defaultTraining(workspace: Workspace, sizes: Sizes): Benchmark {
  return trainingOf(workspace, sizes.defaults, "train_epoch_default", {
    title: "of the default network",
    peers: [pytorch, keras],
  });
}

/** A peer that trains; `suffix` tells its row from that of the first peer. */
interface TrainingPeer {
  readonly name: string;
  readonly suffix: string;
  /** In `bench/peers/`. */
  readonly script: string;
}

const keras: TrainingPeer = {
  name: "Keras on TensorFlow",
  suffix: "keras",
  script: "train.py",
};

const pytorch: TrainingPeer = {
  name: "PyTorch",
  suffix: "pytorch",
  script: "train_torch.py",
};

/** A row for each peer; all share our side. */
function trainingOf(
  workspace: Workspace,
  size: TrainingSize,
  id: string,
  { title, peers, goal }: {
    readonly title: string;
    readonly peers: readonly TrainingPeer[];
    readonly goal?: Row["goal"];
  },
): Benchmark {
  const side = imageSide(size.genes);
  const matrix = { ...size, samples: size.batch + size.samples };
  const { threads } = workspace;
  const task: TrainTask = {
    ...size,
    ...arrayPaths(workspace, matrix),
    threads,
  };
  const ours: Side = {
    name: "this suite",
    scale: 1,
    run: () => runOurs(workspace, "train.ts", task),
  };
  return {
    rows: peers.map(({ name, suffix, script }, index) => ({
      id: index === 0 ? id : `${id}_${suffix}`,
      title: `Train one epoch ${title}: image ${side} x ${side}, ` +
        `${size.tissues} tissues, ${size.samples} samples`,
      timed: `${size.samples} samples in batches of ${size.batch}, ` +
        `${countOf(size.blocks, "block")}, width ${size.width}, ` +
        `${size.hidden} hidden units, RMSprop, dropout, the same layers and ` +
        "weights; after one batch to warm up.",
      ours,
      peer: {
        name,
        scale: 1,
        run: () => runPeer(workspace, script, { ...task, side }),
      },
      goal,
    })),
    prepare: () => makeArrays(workspace, matrix),
  };
}
