/** Trains boosted trees on the first samples and predicts the others. */

import {
  predictBoostedTrees,
  trainBoostedTrees,
} from "../../lib/ml/boosted_trees/boosting.ts";
import { gainsByClass } from "../../lib/ml/boosted_trees/gains.ts";
import { lightgbmDefaults } from "../../lib/ml/boosted_trees/settings.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** What to train on. */
export interface TreesTask {
  /** NumPy files made by `make_matrix.ts`. */
  readonly values: string;
  readonly classes: string;
  /** The first rows are learned from; the others are predicted. */
  readonly learned: number;
  readonly tissues: number;
  readonly rounds: number;
  /** Of the peer; ours has one. */
  readonly threads: number;
}

await reportMeasurement(async (task: TreesTask) => {
  const { learned, rounds, tissues } = task;
  const { data, shape: [samples, genes] } = await readNpy(task.values);
  const classes = (await readNpy(task.classes)).data;
  const train = data.subarray(0, learned * genes);
  const start = performance.now();
  const model = trainBoostedTrees(
    train,
    classes.subarray(0, learned),
    tissues,
    { ...lightgbmDefaults, rounds },
  );
  const seconds = secondsSince(start);
  const predicted = predictBoostedTrees(model, data.subarray(learned * genes));
  const right = predicted.filter((label, index) =>
    label === classes[learned + index]
  );
  const gain = gainsByClass(model).reduce((sum, value) => sum + value, 0);
  return {
    seconds,
    facts: {
      accuracy: right.length / (samples - learned),
      splits: model.rounds.flat()
        .reduce((sum, { columns }) => sum + columns.length, 0),
      "sum of gains": gain,
    },
  };
});
