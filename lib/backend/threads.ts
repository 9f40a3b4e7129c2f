/** Runs work with the kernels spread over threads. */

import * as tf from "@tensorflow/tfjs-core";
import { setThreadPool } from "./wasm/parallel_for.ts";
import { ThreadPool } from "./wasm/thread_pool.ts";

/**
 * Runs some work with the open backend's kernels spread over threads. On wasm
 * the results have the same bits for every number of threads; on other backends
 * nothing changes. Calls must not be nested.
 *
 * @param threads including the calling one, at least 1.
 * @param work what to run.
 * @returns what `work` returns.
 * @throws {Error} if a thread cannot be started; whatever `work` throws.
 */
export async function withThreads<Result>(
  threads: number,
  work: () => Promise<Result>,
): Promise<Result> {
  if (threads === 1 || tf.getBackend() !== "wasm") return await work();
  const pool = await ThreadPool.open(threads);
  setThreadPool(pool);
  try {
    return await work();
  } finally {
    setThreadPool(null);
    pool.close();
  }
}
