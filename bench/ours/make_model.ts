/** Makes a network that both sides explain, with random weights. */

import { describeNetwork, STUDY_SIZES } from "../../lib/cnn/architecture.ts";
import { saveModel } from "../../lib/cnn/keras_model.ts";
import { initialWeights } from "../../lib/cnn/network.ts";
import { reportMeasurement } from "./measured.ts";

/** The network to make. */
export interface ModelTask {
  /** The folder of `model.json` and `weights.bin`. */
  readonly folder: string;
  readonly genes: number;
  readonly tissues: number;
  readonly width: number;
}

await reportMeasurement(
  async ({ folder, genes, tissues, width }: ModelTask) => {
    const architecture = describeNetwork({
      ...STUDY_SIZES,
      genes,
      tissues,
      width,
    });
    await Deno.mkdir(folder, { recursive: true });
    await saveModel(
      folder,
      architecture,
      [...initialWeights(architecture, 42)],
      { dropout: 0.2, momentum: 0.99 },
      Array.from({ length: tissues }, (_, index) => `tissue${index + 1}`),
    );
    return { seconds: 0, facts: {} };
  },
);
