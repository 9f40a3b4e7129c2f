/**
 * How much WebAssembly heap training needs in addition to its tensors, for the
 * gaps between them. Prints a table: the largest batch for each factor of extra
 * room, and whether a sequence of batches of many sizes fits.
 *
 *     deno run --allow-read --allow-env=XDG_RUNTIME_DIR bench/heap.ts
 */

import { describeNetwork, STUDY_SIZES } from "../lib/cnn/architecture.ts";
import {
  ROOM_FOR_GAPS,
  trainingHeapBytes,
} from "../lib/cnn/memory_estimate.ts";
import type { Outcome, Trial } from "./heap/trial_worker.ts";
import { runBench } from "./run_bench.ts";

/** The heap without what `batch_limits.ts` reserves for other things. */
const TENSOR_BYTES = 2 ** 32 - 2 ** 16 - 2 ** 27;

const NETWORKS = [
  ...[40, 48, 64, 100, 146, 200].map((side) => [side, 1]),
  [146, 0.5],
];
const ROOMS = [1.02, 1.04, 1.06, 1.08];

/** Bytes to reserve for batches of this size, with this factor of room. */
function bytesFor(
  side: number,
  width: number,
  batch: number,
  room: number,
): number {
  const network = describeNetwork({
    ...STUDY_SIZES,
    genes: side * side,
    tissues: 11,
    width,
  });
  // A last single sample is added to the batch before it.
  return Math.ceil(
    trainingHeapBytes(network, batch + 1) * room / ROOM_FOR_GAPS,
  );
}

function largestBatch(side: number, width: number, room: number): number {
  let [fits, tooLarge] = [0, 1];
  while (bytesFor(side, width, tooLarge, room) <= TENSOR_BYTES) tooLarge *= 2;
  while (tooLarge - fits > 1) {
    const batch = Math.floor((fits + tooLarge) / 2);
    if (bytesFor(side, width, batch, room) <= TENSOR_BYTES) fits = batch;
    else tooLarge = batch;
  }
  return fits;
}

async function replay(trial: Trial): Promise<Outcome> {
  const url = new URL("./heap/trial_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(trial);
    return await promise;
  } finally {
    worker.terminate();
  }
}

async function measure(): Promise<void> {
  const header = ["side", "width", "not reserved", ...ROOMS];
  console.log(`| ${header.join(" | ")} |`);
  console.log(`|${" --- |".repeat(header.length)}`);
  for (const [side, width] of NETWORKS) {
    const cells: (string | number)[] = [side, width];
    for (const room of [null, ...ROOMS]) {
      const share = room ?? ROOM_FOR_GAPS;
      const batch = largestBatch(side, width, share);
      const reserved = room ? bytesFor(side, width, batch, room) : 0;
      const { fullAfter } = await replay({ side, width, batch, reserved });
      cells.push(
        fullAfter === null ? `${batch}` : `${batch}: full after ${fullAfter}`,
      );
    }
    console.log(`| ${cells.join(" | ")} |`);
  }
}

await runBench(measure);
