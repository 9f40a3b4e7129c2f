/** Predictions of a network in inference mode. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import { LateReads } from "../backend/late_reads.ts";
import { toImages } from "../prepare/image.ts";
import type { Architecture } from "./architecture.ts";
import { forwardInInference, type FrozenNetwork } from "./inference_pass.ts";

/** Samples, rows x genes, as images on the backend, `[rows, side, side, 1]`. */
export function imageTensor(
  expression: Float32Array,
  rows: number,
  { genes, side, pixelOf }: Architecture,
): tf.Tensor4D {
  const images = toImages(expression, rows, genes, side, pixelOf);
  return tf.tensor4d(images, [rows, side, side, 1]);
}

/**
 * The logits of some samples.
 *
 * @param expression rows x genes transformed values.
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
  const { architecture } = frozen.network;
  const { genes, tissues } = architecture;
  const logits = new Float32Array(rows * tissues);
  const reads = new LateReads();
  for (let start = 0; start < rows; start += batch) {
    const count = Math.min(batch, rows - start);
    const values = expression.subarray(start * genes, (start + count) * genes);
    const images = imageTensor(values, count, architecture);
    const pass = forwardInInference(frozen, images);
    images.dispose();
    await reads.add(
      pass.logits,
      (values) => logits.set(values, start * tissues),
    );
    assertBackendHealthy();
    onBatch(count);
  }
  await reads.finish();
  return logits;
}
