/** Makes a network that both sides explain, with random weights. */

import {
  describeNetwork,
  type LayerSizes,
} from "../../lib/cnn/architecture.ts";
import { saveModel } from "../../lib/cnn/keras_model.ts";
import { initialWeights } from "../../lib/cnn/network.ts";
import { reportMeasurement } from "./measured.ts";

/** The network to make. */
export interface ModelTask extends LayerSizes {
  /** The folder of `model.json` and `weights.bin`. */
  readonly folder: string;
  readonly genes: number;
  readonly tissues: number;
}

await reportMeasurement(
  async ({ folder, ...size }: ModelTask) => {
    const architecture = describeNetwork(size);
    await Deno.mkdir(folder, { recursive: true });
    await saveModel(
      folder,
      architecture,
      [...initialWeights(architecture, 42)],
      { dropout: 0.2, momentum: 0.99 },
      Array.from({ length: size.tissues }, (_, index) => `tissue${index + 1}`),
    );
    return { seconds: 0, facts: {} };
  },
);
