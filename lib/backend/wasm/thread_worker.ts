/** A thread of the team: takes chunks of jobs until it is ended. */

import { WorkQueue } from "./work_queue.ts";

/** What a thread is told at its start. */
export interface ThreadPoolSetup {
  /** kernels.wasm, compiled. */
  readonly module: WebAssembly.Module;
  /** tfjs's memory. */
  readonly memory: WebAssembly.Memory;
  readonly board: SharedArrayBuffer;
  /** Names of the kernels, in the order of their numbers. */
  readonly kernels: readonly string[];
  /** The address of each thread's scratch, set anew for each job. */
  readonly scratch: Int32Array;
  /** This thread's place there. */
  readonly place: number;
}

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ThreadPoolSetup>) => void;
  postMessage(message: string): void;
  close(): void;
};

type Kernel = (...numbers: number[]) => void;

/** A trap must not end the thread: nobody would wake the one that waits. */
function attempt(
  run: Kernel,
  given: number[],
  setup: ThreadPoolSetup,
): string | undefined {
  try {
    run(...given, setup.scratch[setup.place]);
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Does chunks until the board says that it is over. */
function work(
  board: WorkQueue,
  run: readonly Kernel[],
  setup: ThreadPoolSetup,
): void {
  let job: number | undefined = board.job;
  scope.postMessage("ready");
  while ((job = board.next(job)) !== undefined) {
    let chunk = board.take(job);
    while (chunk !== undefined) {
      board.report(attempt(run[chunk.kernel], chunk.arguments, setup));
      chunk = board.take(job);
    }
  }
}

scope.onmessage = ({ data }) => {
  const { module, memory, kernels } = data;
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const run = kernels.map((name) => instance.exports[name] as Kernel);
  const board = new WorkQueue(data.board);
  try {
    work(board, run, data);
  } catch (error) {
    // It may hold a chunk, for which the calling thread would wait for ever.
    board.leave(describe(error));
  }
  scope.close();
};
