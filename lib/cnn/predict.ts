/** Predictions of a network in inference mode. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import { toImages } from "../prepare/image.ts";
import { forwardInInference, type FrozenNetwork } from "./inference_pass.ts";

/**
 * The logits of some samples.
 *
 * @param frozen The network.
 * @param expression rows x genes transformed values.
 * @param rows Number of samples.
 * @param batch Samples at a time; it changes only the speed.
 * @param onBatch Called after each batch with its number of samples.
 * @returns rows x tissues.
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
