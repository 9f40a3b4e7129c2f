import * as tf from "@tensorflow/tfjs-core";
import { employ } from "./wasm/pieces.ts";
import { Team } from "./wasm/team.ts";

/**
 * Does some work with the open backend's kernels spread over threads. On wasm
 * the kernels' results are the same bits for every number of threads; on
 * other backends nothing changes. Not to be called within itself.
 *
 * @param threads in all, at least 1.
 * @param work what to do.
 * @returns what `work` gives.
 * @throws {Error} if a thread cannot be started; whatever `work` throws.
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs-core";
 * import { openBackend } from "./open.ts";
 * import { matMul } from "./ops.ts";
 * import { withThreads } from "./threads.ts";
 * await openBackend("wasm");
 * const product = await withThreads(
 *   2,
 *   () => Promise.resolve(matMul(tf.ones([64, 64]), tf.ones([64, 64]))),
 * );
 * console.log((await product.data())[0]); // 64
 * ```
 */
export async function withThreads<Result>(
  threads: number,
  work: () => Promise<Result>,
): Promise<Result> {
  if (threads === 1 || tf.getBackend() !== "wasm") return await work();
  const team = await Team.open(threads);
  employ(team);
  try {
    return await work();
  } finally {
    employ(null);
    team.close();
  }
}
