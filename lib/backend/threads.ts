import * as tf from "@tensorflow/tfjs-core";
import { setThreadPool } from "./wasm/parallel_for.ts";
import { ThreadPool } from "./wasm/thread_pool.ts";

/**
 * Does some work with the open backend's kernels spread over threads. On wasm
 * the kernels' results are the same bits for every number of threads; on
 * other backends nothing changes. Not to be called within itself.
 *
 * @param threads in all, at least 1.
 * @param work what to do.
 * @returns what `work` gives.
 * @throws {Error} if a thread cannot be started; whatever `work` throws.
 */
export async function withThreads<Result>(
  threads: number,
  work: () => Promise<Result>,
): Promise<Result> {
  if (threads === 1 || tf.getBackend() !== "wasm") return await work();
  const team = await ThreadPool.open(threads);
  setThreadPool(team);
  try {
    return await work();
  } finally {
    setThreadPool(null);
    team.close();
  }
}
