/** Predictions of a network in inference mode. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import { toImages } from "../expression/image.ts";
import { forwardInInference, type FrozenNetwork } from "./inference_pass.ts";

/**
 * The logits of some samples.
 *
 * @param frozen The network.
 * @param expression rows x genes transformed values.
 * @param rows Number of samples.
 * @param batch Samples at a time; it changes the speed alone.
 * @param onBatch Told of the number of samples of each batch as it ends.
 * @returns rows x tissues.
 *
 * @example
 * ```ts
 * import { openBackend } from "../backend/open.ts";
 * import { describeNetwork } from "./architecture.ts";
 * import { freeze } from "./inference_pass.ts";
 * import { buildNetwork, initialWeights } from "./network.ts";
 * import { predictLogits } from "./predict.ts";
 * await openBackend("cpu");
 * const architecture = describeNetwork(4, 3, 0.1);
 * const network = buildNetwork(architecture, initialWeights(architecture, 1));
 * const samples = new Float32Array(2 * 4);
 * const logits = await predictLogits(freeze(network), samples, 2, 64);
 * console.assert(logits.length === 2 * 3);
 * ```
 */
export async function predictLogits(
  frozen: FrozenNetwork,
  expression: Float32Array,
  rows: number,
  batch: number,
  onBatch: (samples: number) => void = () => {},
): Promise<Float32Array> {
  const { genes, side, tissues } = frozen.network.architecture;
  const logits = new Float32Array(rows * tissues);
  for (let start = 0; start < rows; start += batch) {
    const count = Math.min(batch, rows - start);
    const images = tf.tensor4d(
      toImages(
        expression.subarray(start * genes, (start + count) * genes),
        count,
        genes,
        side,
      ),
      [count, side, side, 1],
    );
    const pass = forwardInInference(frozen, images);
    images.dispose();
    logits.set(await pass.logits.data<"float32">(), start * tissues);
    pass.logits.dispose();
    assertBackendHealthy();
    onBatch(count);
  }
  return logits;
}
