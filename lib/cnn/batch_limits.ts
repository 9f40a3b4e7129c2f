/** How many samples at a time the backend and its memory can take. */

import type { Backend } from "../backend/open.ts";
import { RunError } from "../run/errors.ts";
import {
  type Architecture,
  largestActivationBytes,
  largestKernelBytes,
} from "./architecture.ts";

/** Memory that one batch's kept activations should stay below. */
const INFERENCE_BYTES = 256 * 2 ** 20;

/**
 * The largest training batch, up to the one wished for, whose tensors the
 * backend can hold.
 *
 * @param backend Gives the largest safe tensor.
 * @param architecture The network's sizes.
 * @param wished Samples in a batch as the user has it.
 * @throws {RunError} If not even two samples, or a kernel, fit.
 */
export function trainingBatch(
  backend: Backend,
  architecture: Architecture,
  wished: number,
): number {
  const kernelBytes = largestKernelBytes(architecture);
  const fitting = Math.floor(
    backend.maxBufferBytes / largestActivationBytes(architecture),
  );
  if (kernelBytes > backend.maxBufferBytes || fitting < 2) {
    const largest = Math.max(
      kernelBytes,
      2 * largestActivationBytes(architecture),
    );
    throw new RunError(
      `Cannot train on ${backend.name}: the network's largest tensor has ` +
        `${largest} bytes and the device takes ${backend.maxBufferBytes}`,
      "Use --backend wasm, or a smaller --width",
    );
  }
  return Math.min(wished, fitting);
}

/**
 * Samples at a time for predictions and explanations. It changes memory and
 * speed, never a result beyond rounding.
 *
 * @param backend Gives the largest safe tensor.
 * @param architecture The network's sizes.
 */
export function inferenceBatch(
  backend: Pick<Backend, "maxBufferBytes">,
  architecture: Architecture,
): number {
  const keptBytes = 8 * architecture.convolutions.reduce(
    (sum, { side, filters }) => sum + side * side * filters,
    0,
  );
  return Math.max(
    1,
    Math.min(
      64,
      Math.floor(INFERENCE_BYTES / keptBytes),
      Math.floor(backend.maxBufferBytes / largestActivationBytes(architecture)),
    ),
  );
}
