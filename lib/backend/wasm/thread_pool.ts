import { WorkQueue } from "./work_queue.ts";
import { type KernelName, loadedKernels } from "./kernel_module.ts";
import type { ThreadPoolSetup } from "./thread_worker.ts";

/**
 * Threads that run our kernels over tfjs's memory together with the calling
 * thread. What they compute never depends on how many they are: every chunk
 * of a job is the same work whoever does it.
 */
export class ThreadPool {
  readonly #board: WorkQueue;
  /** The address of each thread's scratch, the calling one's first. */
  readonly #scratch: Int32Array;
  readonly #names: readonly string[];

  private constructor(
    /** In all. */
    readonly threads: number,
    board: WorkQueue,
    scratch: Int32Array,
    names: readonly string[],
  ) {
    this.#board = board;
    this.#scratch = scratch;
    this.#names = names;
  }

  /**
   * Starts the threads beside the calling one.
   *
   * @param threads in all, at least 2.
   * @throws {Error} if a thread cannot be started.
   */
  static async open(threads: number): Promise<ThreadPool> {
    const { module, memory, functions } = loadedKernels();
    const names = Object.keys(functions);
    const board = WorkQueue.memory();
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
        const setup: ThreadPoolSetup = {
          module,
          memory,
          board,
          kernels: names,
          scratch,
          place: index + 1,
        };
        return start(worker, setup);
      }));
    } catch (error) {
      // Those that sleep on the board already would not notice terminate().
      new WorkQueue(board).close();
      workers.forEach((worker) => worker.terminate());
      throw error;
    }
    return new ThreadPool(threads, new WorkQueue(board), scratch, names);
  }

  /**
   * Runs a kernel once for each list of arguments, in all threads.
   *
   * @param chunks arguments of each call; at least one call.
   * @param scratch address of each thread's scratch, given to each call as
   *   one more argument.
   * @throws {Error} when a call trapped; when a thread has ended, after which
   *   the team is of no more use.
   */
  run(
    kernel: KernelName,
    chunks: readonly (readonly number[])[],
    scratch: readonly number[],
  ): void {
    const board = this.#board;
    this.#scratch.set(scratch);
    const { functions } = loadedKernels();
    board.post(this.#names.indexOf(kernel), chunks);
    const { job } = board;
    let trapped: Error | undefined;
    for (;;) {
      const chunk = board.take(job);
      if (chunk === undefined) break;
      try {
        functions[kernel](...chunk.arguments, scratch[0]);
      } catch (error) {
        trapped = error instanceof Error ? error : new Error(String(error));
      }
      board.report(trapped?.message);
    }
    const failure = this.#finish(kernel);
    if (failure !== undefined) {
      throw new Error(
        `Cannot run the wasm kernel ${kernel}: it trapped (${failure})`,
        { cause: trapped ?? new Error(failure) },
      );
    }
  }

  /** Waits for the other threads; why the first chunk failed, if one did. */
  #finish(kernel: KernelName): string | undefined {
    try {
      return this.#board.finish();
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
    // A thread that sleeps on the board would not notice terminate().
    this.#board.close();
  }
}

/** Waits until a thread is ready for jobs. */
function start(worker: Worker, setup: ThreadPoolSetup): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = (event) => {
    // Else Deno would end the whole process.
    event.preventDefault();
    reject(new Error(`Cannot start a thread: ${event.message}`));
  };
  worker.postMessage(setup);
  return promise;
}
