/**
 * A pool of workers for the parts of a stage that do not depend on each
 * other. What comes out never depends on how many workers there are: results
 * stand in the order of the tasks, and each task brings its own seeds.
 */

import { InputError, RunError } from "../cli/errors.ts";
import { explainSystemError } from "../cli/system_error.ts";
import {
  openProcessMember,
  openWorkerMember,
  type PoolMember,
} from "./pool_member.ts";

export type { PoolModule } from "./pool_module.ts";

export interface PoolOptions<Setup> {
  /** A module that exports what `PoolModule` asks for. */
  readonly module: URL;
  /**
   * Sent to every worker: anything that can be cloned. A matrix travels
   * without a copy if its buffer is a `SharedArrayBuffer`.
   */
  readonly setup: Setup;
  /** Workers, at least 1. With 1 the work is done in the calling process. */
  readonly threads: number;
}

/** Called with each result as it comes, in whatever order they come. */
export type OnResult<Result> = (result: Result, index: number) => void;

/** Workers that are set up and wait for tasks. */
export interface Pool<Task, Result> {
  /**
   * Does all tasks and gives their results in the order of the tasks. One map
   * at a time.
   *
   * @throws {InputError | RunError} The failure of the first worker that
   * failed, what it threw being the `cause`; what `onResult` throws comes
   * through as it is. The pool is closed by then.
   */
  map(tasks: readonly Task[], onResult?: OnResult<Result>): Promise<Result[]>;
  /**
   * Does all tasks and hands each result over as it comes, without keeping
   * it. Else as `map`.
   */
  forEach(tasks: readonly Task[], onResult: OnResult<Result>): Promise<void>;
  /** Lets every worker close its module, and ends it. */
  close(): Promise<void>;
}

/** A user's error stays what it is; any other says which work was lost. */
function explain(thrown: unknown, action: string): Error {
  if (thrown instanceof InputError || thrown instanceof RunError) {
    return thrown;
  }
  const system = explainSystemError(thrown);
  const message = system?.what ??
    (thrown instanceof Error ? thrown.message : String(thrown));
  const error = new RunError(`Cannot ${action}: ${message}`, system?.remedy);
  error.cause = thrown;
  return error;
}

/**
 * Starts the workers of a pool and sets each up.
 *
 * @throws {InputError | RunError} If a worker cannot be set up.
 */
export async function openPool<Setup, Task, Result>(
  { module, setup, threads }: PoolOptions<Setup>,
): Promise<Pool<Task, Result>> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(
      `Cannot open a pool: threads must be a whole number >= 1, not ${threads}`,
    );
  }
  const opening = threads === 1
    ? [openProcessMember(module, setup)]
    : Array.from({ length: threads }, () => openWorkerMember(module, setup));
  const opened = await Promise.allSettled(opening);
  const members = opened.flatMap((outcome) =>
    outcome.status === "fulfilled" ? [outcome.value] : []
  );
  const terminate = () => members.forEach((member) => member.terminate());
  const failed = opened.find((outcome) => outcome.status === "rejected");
  if (failed) {
    terminate();
    throw explain(failed.reason, "set up a worker");
  }
  let closed = false;
  const doAll = async (
    tasks: readonly Task[],
    onResult: OnResult<Result>,
  ): Promise<void> => {
    if (closed) throw new Error("Cannot work: the pool is closed");
    let next = 0;
    const drain = async (member: PoolMember) => {
      while (next < tasks.length && !closed) {
        const index = next++;
        try {
          const result = await member.work(tasks[index]).catch((thrown) => {
            throw explain(
              thrown,
              `finish task ${index + 1} of ${tasks.length}`,
            );
          }) as Result;
          if (closed) return;
          onResult(result, index);
        } catch (error) {
          // The others stop taking tasks, and what they do is cut short.
          closed = true;
          terminate();
          throw error;
        }
      }
    };
    await Promise.all(members.map(drain));
  };
  return {
    forEach: doAll,
    async map(tasks, onResult) {
      const results: Result[] = new Array(tasks.length);
      await doAll(tasks, (result, index) => {
        results[index] = result;
        onResult?.(result, index);
      });
      return results;
    },
    async close() {
      if (closed) return;
      closed = true;
      try {
        await Promise.all(members.map((member) => member.close()));
      } catch (thrown) {
        throw explain(thrown, "close a worker");
      } finally {
        terminate();
      }
    },
  };
}

/**
 * Does all tasks in a pool that is opened for them and closed behind them.
 *
 * @param options `tasks` in the order of their results; `onResult` is called
 * with each as it comes; the rest as in `PoolOptions`. No more workers are
 * started than there are tasks.
 * @returns The results in the order of the tasks, whatever `threads` is.
 * @throws {InputError | RunError} The failure of the first worker that
 * failed; the others are ended.
 */
export async function mapInWorkers<Setup, Task, Result>(
  { module, setup, threads, tasks, onResult }: PoolOptions<Setup> & {
    readonly tasks: readonly Task[];
    readonly onResult?: OnResult<Result>;
  },
): Promise<Result[]> {
  if (tasks.length === 0) return [];
  const workers = Math.min(threads, tasks.length);
  const pool = await openPool<Setup, Task, Result>(
    { module, setup, threads: workers },
  );
  const results = await pool.map(tasks, onResult);
  await pool.close();
  return results;
}

/**
 * Copies numbers into memory that workers share, so that a matrix is held
 * once however many workers read it.
 */
export function shareFloats(
  values: Float32Array,
): Float32Array<SharedArrayBuffer> {
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
