/** Trains one epoch with the suite's own loop, after a batch to warm up. */

import { openBackend } from "../../lib/backend/open.ts";
import { withThreads } from "../../lib/backend/threads.ts";
import {
  countWeights,
  describeNetwork,
  type LayerSizes,
} from "../../lib/cnn/architecture.ts";
import { cnnParameters } from "../../lib/cnn/parameters.ts";
import { buildNetwork, initialWeights } from "../../lib/cnn/network.ts";
import { trainEpochs } from "../../lib/cnn/training.ts";
import type { Values } from "../../lib/cli/parameters.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

const defaults = Object.fromEntries(
  Object.entries(cnnParameters).map(([name, flag]) => [name, flag.default]),
) as Values<typeof cnnParameters>;

/** What to train. */
export interface TrainTask extends LayerSizes {
  /** NumPy files made by `make_matrix.ts`: one batch more than `samples`. */
  readonly values: string;
  readonly classes: string;
  readonly samples: number;
  readonly batch: number;
  readonly tissues: number;
  readonly threads: number;
}

await reportMeasurement(async (task: TrainTask) => {
  const { samples, batch } = task;
  const { data, shape: [rows, genes] } = await readNpy(task.values);
  const classes = Int32Array.from((await readNpy(task.classes)).data);
  if (rows !== batch + samples) {
    throw new RangeError(
      `Cannot train: there are ${rows} samples and must be ${batch + samples}`,
    );
  }
  await openBackend("wasm");
  const architecture = describeNetwork({ ...task, genes });
  const network = buildNetwork(architecture, initialWeights(architecture, 1));
  const none = { expression: new Float32Array(), classes: new Int32Array() };
  let start = 0;
  const { history, updates } = await withThreads(
    task.threads,
    () =>
      trainEpochs(
        network,
        {
          train: { expression: data, classes },
          validation: none,
          parameters: { ...defaults, epochs: 1, batch },
          seedOf: (stream) => stream === "shuffle" ? 1 : 2,
          onBatch() {
            // The clock starts after the first batch, the warm-up.
            start ||= performance.now();
          },
        },
      ),
  );
  return {
    seconds: secondsSince(start),
    facts: {
      loss: history[0].loss,
      updates: updates - 1,
      weights: countWeights(architecture),
    },
  };
});
