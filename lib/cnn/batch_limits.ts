/** How many samples at a time the backend and its memory can take. */

import type { Backend } from "../backend/open.ts";
import { rerun, RunError } from "../cli/errors.ts";
import { type Architecture, describeNetwork } from "./architecture.ts";
import {
  explanationBytes,
  largestActivationBytes,
  trainingHeapBytes,
  weightBytes,
} from "./memory_estimate.ts";

/** What a backend can hold. */
type Limits = Pick<Backend, "name" | "maxBufferBytes">;

/**
 * Memory that a batch of explanations should take at most. The wasm heap has
 * room for it beside any weights that it can hold.
 */
const INFERENCE_BYTES = 256 * 2 ** 20;

/** tfjs's wasm heap never grows beyond 4 GiB less one page. */
const HEAP_BYTES = 2 ** 32 - 2 ** 16;

/**
 * What the heap holds beside the tensors: the kernels' scratch, the module's
 * own 16 MiB, small tensors. It is the same on all machines: threads need
 * scratch, but the batch, and so the result, must not depend on their number.
 */
const OTHER_BYTES = 2 ** 27;

/** Widths to offer where a network does not fit, and a batch that must fit. */
const WIDTHS = [2, 1, 0.5, 0.25, 0.1];
const USUAL_BATCH = 16;

/**
 * The largest training batch, up to the requested one, whose tensors the
 * backend can hold: each of them, and on wasm all of them together.
 *
 * @returns The same for every number of threads.
 * @throws {RunError} If not even two samples, or a kernel, fit.
 */
export function trainingBatch(
  backend: Limits,
  architecture: Architecture,
  requested: number,
): number {
  const fitting = fittingBatch(backend, architecture, requested);
  if (fitting >= 2) return fitting;
  const smaller = WIDTHS.find((smaller) => {
    const network = describeNetwork({ ...architecture, width: smaller });
    return smaller < architecture.width &&
      fittingBatch(backend, network, USUAL_BATCH) === USUAL_BATCH;
  });
  throw new RunError(
    `Cannot train on ${backend.name}: ${formatExcess(backend, architecture)}`,
    smaller === undefined
      ? "Give a matrix of fewer genes"
      : rerun("cnn", { width: smaller }),
  );
}

/** As `trainingBatch`, or less than 2 where nothing fits. */
function fittingBatch(
  { name, maxBufferBytes }: Limits,
  architecture: Architecture,
  requested: number,
): number {
  if (Math.max(...weightBytes(architecture)) > maxBufferBytes) return 0;
  let batch = Math.min(
    requested,
    Math.floor(maxBufferBytes / largestActivationBytes(architecture)),
  );
  if (name !== "wasm") return batch;
  while (batch >= 2 && heapNeeded(architecture, batch) > HEAP_BYTES) batch--;
  return batch;
}

function heapNeeded(architecture: Architecture, batch: number): number {
  // A last sample may join the batch before.
  return trainingHeapBytes(architecture, batch + 1) + OTHER_BYTES;
}

/** What is too large, and how large it should be at most. */
function formatExcess(
  { name, maxBufferBytes }: Limits,
  architecture: Architecture,
): string {
  const largest = Math.max(
    ...weightBytes(architecture),
    2 * largestActivationBytes(architecture),
  );
  return largest > maxBufferBytes
    ? `the network's largest tensor takes ${formatGiB(largest)} and should ` +
      `take at most ${formatGiB(maxBufferBytes)}` +
      (name === "webgpu" ? "; --backend wasm may take more" : "")
    : `the network takes ${formatGiB(heapNeeded(architecture, 2))} with ` +
      "batches of two samples and should take at most " +
      formatGiB(HEAP_BYTES);
}

function formatGiB(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

/**
 * Samples at a time for predictions and explanations. It changes memory and
 * speed, never a result beyond rounding.
 */
export function inferenceBatch(
  { maxBufferBytes }: Pick<Backend, "maxBufferBytes">,
  architecture: Architecture,
): number {
  const fitting = Math.min(
    INFERENCE_BYTES / explanationBytes(architecture),
    maxBufferBytes / largestActivationBytes(architecture),
  );
  return Math.max(1, Math.min(64, Math.floor(fitting)));
}
