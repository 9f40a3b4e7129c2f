import type { WasmBackend } from "./heap.ts";
import { type KernelName, kernels } from "./kernel_module.ts";
import { MOST_PIECES } from "./work_queue.ts";
import type { ThreadPool } from "./thread_pool.ts";

let team: ThreadPool | null = null;

/** Hands the chunks of all jobs from now on to a team; null: to nobody. */
export function setThreadPool(threads: ThreadPool | null): void {
  team = threads;
}

/**
 * Runs a kernel once for each list of arguments. The calls must not depend on
 * each other: they may run at the same time and in any order.
 *
 * @param chunks arguments of each call, addresses and sizes.
 * @param scratchBytes bytes of scratch that a call may use while it runs; its
 *   address comes as one more, last argument. It holds anything at the start.
 */
export function runPieces(
  backend: WasmBackend,
  kernel: KernelName,
  chunks: readonly (readonly number[])[],
  scratchBytes = 0,
): void {
  const threads = chunks.length > 1 ? team?.threads ?? 1 : 1;
  const room = Math.ceil(scratchBytes / 64) * 64;
  const start = room > 0 ? backend.wasm._malloc(threads * room + 64) >>> 0 : 0;
  const scratch = Array.from(
    { length: threads },
    (_, place) => Math.ceil(start / 64) * 64 + place * room,
  );
  try {
    if (threads > 1) {
      for (let first = 0; first < chunks.length; first += MOST_PIECES) {
        const some = chunks.slice(first, first + MOST_PIECES);
        team!.run(kernel, some, scratch);
      }
    } else {
      const run = kernels()[kernel];
      for (const chunk of chunks) run(...chunk, scratch[0]);
    }
  } finally {
    if (room > 0) backend.wasm._free(start);
  }
}

/** Values in a chunk of work that goes value by value: half a megabyte. */
const PIECE = 2 ** 17;

/** Part of a run of rows or values. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/**
 * Parts rows into runs of about as much work each. Where they end depends on
 * the numbers given here alone, never on the threads.
 *
 * @param rows number of rows.
 * @param width values in a row.
 * @param multiple runs begin at multiples of it.
 * @param size values in a run, more or less.
 */
export function rangesOf(
  rows: number,
  width: number,
  multiple = 1,
  size = PIECE,
): Range[] {
  const step = Math.max(1, Math.floor(size / width / multiple)) * multiple;
  const ranges: Range[] = [];
  for (let first = 0; first < rows; first += step) {
    ranges.push({ first, count: Math.min(step, rows - first) });
  }
  return ranges;
}
