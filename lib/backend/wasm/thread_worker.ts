/** A thread of the pool: runs chunks of jobs until the queue is closed. */

import "../../sandbox.ts";
import { kernelImports } from "./kernel_imports.ts";
import { WorkQueue } from "./work_queue.ts";

/** What a thread gets at its start. */
export interface ThreadSetup {
  /** kernels.wasm, compiled. */
  readonly module: WebAssembly.Module;
  /** tfjs's memory. */
  readonly memory: WebAssembly.Memory;
  /** The memory of the work queue. */
  readonly queue: SharedArrayBuffer;
  /** Names of the kernels, in the order of their numbers. */
  readonly kernels: readonly string[];
  /** The address of each thread's scratch, set for each job. */
  readonly scratch: Int32Array;
  /** This thread's index there. */
  readonly thread: number;
}

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ThreadSetup>) => void;
  postMessage(message: string): void;
  close(): void;
};

type Kernel = (...numbers: number[]) => void;

/** A trap must not end the thread: the calling one would wait for it. */
function attempt(
  run: Kernel,
  numbers: number[],
  setup: ThreadSetup,
): string | undefined {
  try {
    run(...numbers, setup.scratch[setup.thread]);
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs chunks until the queue is closed. */
function work(
  queue: WorkQueue,
  run: readonly Kernel[],
  setup: ThreadSetup,
): void {
  let job: number | undefined = queue.job;
  scope.postMessage("ready");
  while ((job = queue.next(job)) !== undefined) {
    let chunk = queue.take(job);
    while (chunk !== undefined) {
      queue.report(attempt(run[chunk.kernel], chunk.arguments, setup));
      chunk = queue.take(job);
    }
  }
}

scope.onmessage = ({ data }) => {
  const { module, memory, kernels } = data;
  const instance = new WebAssembly.Instance(module, kernelImports(memory));
  const run = kernels.map((name) => instance.exports[name] as Kernel);
  const queue = new WorkQueue(data.queue);
  try {
    work(queue, run, data);
  } catch (error) {
    // It may hold a chunk, for which the calling thread would wait for ever.
    queue.reportEnd(describe(error));
  }
  scope.close();
};
