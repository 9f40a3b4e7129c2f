/** Threads that run the wasm kernels together with the calling thread. */

import { type KernelName, loadedKernels } from "./kernel_module.ts";
import type { ThreadSetup } from "./thread_worker.ts";
import { WorkQueue } from "./work_queue.ts";

/**
 * Threads that run our kernels over tfjs's memory together with the calling
 * thread. Results never depend on the number of threads: every chunk of a job
 * is the same work, whichever thread does it.
 */
export class ThreadPool {
  readonly #queue: WorkQueue;
  /** The address of each thread's scratch, the calling one's first. */
  readonly #scratch: Int32Array;

  private constructor(queue: WorkQueue, scratch: Int32Array) {
    this.#queue = queue;
    this.#scratch = scratch;
  }

  /** The number of threads, including the calling one. */
  get threads(): number {
    return this.#scratch.length;
  }

  /**
   * Starts the threads beside the calling one.
   *
   * @param threads including the calling one, at least 2.
   * @throws {Error} if a thread cannot be started.
   */
  static async open(threads: number): Promise<ThreadPool> {
    const { module, memory, functions } = loadedKernels();
    const memoryOfQueue = WorkQueue.createMemory();
    const queue = new WorkQueue(memoryOfQueue);
    const scratch = new Int32Array(new SharedArrayBuffer(4 * threads));
    const workers = Array.from(
      { length: threads - 1 },
      () =>
        new Worker(new URL("./thread_worker.ts", import.meta.url), {
          type: "module",
        }),
    );
    try {
      await Promise.all(workers.map((worker, index) => {
        const setup: ThreadSetup = {
          module,
          memory,
          queue: memoryOfQueue,
          kernels: Object.keys(functions),
          scratch,
          thread: index + 1,
        };
        return start(worker, setup);
      }));
    } catch (error) {
      // terminate() does not wake the threads that already wait for a job.
      queue.close();
      workers.forEach((worker) => worker.terminate());
      throw error;
    }
    return new ThreadPool(queue, scratch);
  }

  /**
   * Runs a kernel once for each list of arguments, in all threads.
   *
   * @param chunks arguments of each call; at least one call.
   * @param scratch address of each thread's scratch, passed to each call as
   *   its last argument.
   * @throws {Error} when a call trapped; when a thread has ended, after which
   *   the pool must not be used any more.
   */
  run(
    kernel: KernelName,
    chunks: readonly (readonly number[])[],
    scratch: readonly number[],
  ): void {
    const queue = this.#queue;
    this.#scratch.set(scratch);
    const { functions } = loadedKernels();
    queue.post(Object.keys(functions).indexOf(kernel), chunks);
    const { job } = queue;
    let trapped: Error | undefined;
    for (;;) {
      const chunk = queue.take(job);
      if (chunk === undefined) break;
      try {
        functions[kernel](...chunk.arguments, scratch[0]);
      } catch (error) {
        trapped = error instanceof Error ? error : new Error(String(error));
      }
      queue.report(trapped?.message);
    }
    const failure = this.#finish(kernel);
    if (failure !== undefined) {
      throw new Error(
        `Cannot run the wasm kernel ${kernel}: it trapped (${failure})`,
        { cause: trapped ?? new Error(failure) },
      );
    }
  }

  /** Waits for the other threads; returns the first failure, if any. */
  #finish(kernel: KernelName): string | undefined {
    try {
      return this.#queue.finish();
    } catch (error) {
      this.close();
      throw new Error(
        `Cannot run the wasm kernel ${kernel}: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }

  /** Ends the threads beside the calling one. */
  close(): void {
    // terminate() does not wake a thread that waits for a job.
    this.#queue.close();
  }
}

/** Waits until a thread is ready for jobs. */
function start(worker: Worker, setup: ThreadSetup): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = (event) => {
    // Otherwise Deno would end the whole process.
    event.preventDefault();
    reject(new Error(`Cannot start a thread: ${event.message}`));
  };
  worker.postMessage(setup);
  return promise;
}
