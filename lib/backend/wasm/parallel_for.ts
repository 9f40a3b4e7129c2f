/** Splits a kernel's work into chunks and runs them, perhaps in threads. */

import { withHeap } from "./heap.ts";
import { type KernelName, kernels } from "./kernel_module.ts";
import type { ThreadPool } from "./thread_pool.ts";
import { MAX_CHUNKS } from "./work_queue.ts";

let pool: ThreadPool | null = null;

/** Runs all jobs from now on in a thread pool; null: in this thread alone. */
export function setThreadPool(threadPool: ThreadPool | null): void {
  pool = threadPool;
}

/**
 * Runs a kernel once for each list of arguments. The calls must not depend on
 * each other: they may run at the same time and in any order.
 *
 * @param chunks arguments of each call, addresses and sizes.
 * @param scratchBytes bytes of scratch that a call may use while it runs; its
 *   address is the last argument. Its content at the start is undefined.
 */
export function parallelFor(
  kernel: KernelName,
  chunks: readonly (readonly number[])[],
  scratchBytes = 0,
): void {
  const threads = chunks.length > 1 ? pool?.threads ?? 1 : 1;
  const run = (...scratch: number[]) => {
    if (threads === 1) {
      const call = kernels()[kernel];
      for (const chunk of chunks) call(...chunk, scratch[0]);
      return;
    }
    for (let first = 0; first < chunks.length; first += MAX_CHUNKS) {
      pool!.run(kernel, chunks.slice(first, first + MAX_CHUNKS), scratch);
    }
  };
  const sizes = new Array<number>(threads).fill(scratchBytes);
  if (scratchBytes > 0) withHeap(sizes, run);
  else run(...sizes);
}

/** Values in a chunk of elementwise work: half a megabyte. */
const CHUNK_SIZE = 2 ** 17;

/** A range of rows or values. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/**
 * Splits rows into ranges of about equal work. The bounds depend on these
 * numbers alone, never on the number of threads.
 *
 * @param rows number of rows.
 * @param width values in a row.
 * @param multiple ranges begin at multiples of it.
 * @param size approximate number of values in a range.
 */
export function rangesOf(
  rows: number,
  width: number,
  multiple = 1,
  size = CHUNK_SIZE,
): Range[] {
  const step = Math.max(1, Math.floor(size / width / multiple)) * multiple;
  const ranges: Range[] = [];
  for (let first = 0; first < rows; first += step) {
    ranges.push({ first, count: Math.min(step, rows - first) });
  }
  return ranges;
}
