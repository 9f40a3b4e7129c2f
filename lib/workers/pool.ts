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

/** Called with what a task tells before it is done. */
export type OnReport<Report> = (report: Report, index: number) => void;

/** Workers that are set up and wait for tasks. */
export interface Pool<Task, Result, Report = never> {
  /**
   * Does all tasks and gives their results in the order of the tasks. One map
   * at a time.
   *
   * @throws {InputError | RunError} The failure of the first task, in their
   * order, that failed, however many workers there are; what the worker threw
   * is the `cause`. What `onResult` or `onReport` throws comes through as it
   * is. The pool is closed by then.
   */
  map(
    tasks: readonly Task[],
    onResult?: OnResult<Result>,
    onReport?: OnReport<Report>,
  ): Promise<Result[]>;
  /**
   * Does all tasks and hands each result over as it comes, without keeping
   * it. Else as `map`.
   */
  forEach(
    tasks: readonly Task[],
    onResult: OnResult<Result>,
    onReport?: OnReport<Report>,
  ): Promise<void>;
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
export async function openPool<Setup, Task, Result, Report = never>(
  { module, setup, threads }: PoolOptions<Setup>,
): Promise<Pool<Task, Result, Report>> {
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
    onReport: OnReport<Report> = () => {},
  ): Promise<void> => {
    if (closed) throw new Error("Cannot work: the pool is closed");
    let next = 0;
    let failure:
      | { readonly index: number; readonly error: unknown }
      | undefined;
    const running = new Map<PoolMember, number>();
    // No more tasks are begun, and those behind the one that failed are cut
    // short. Those before it go on, as one of them may fail, too.
    const fail = (error: unknown, index = -1) => {
      if (failure !== undefined && failure.index <= index) return;
      failure = { index, error };
      for (const [member, task] of running) {
        if (task > index) member.terminate();
      }
    };
    /** Calls the pool's owner, whose errors are no worker's. */
    const tell = (call: () => void) => {
      try {
        call();
      } catch (error) {
        fail(error);
        throw error;
      }
    };
    const drain = async (member: PoolMember) => {
      while (next < tasks.length && !closed && failure === undefined) {
        const index = next++;
        running.set(member, index);
        const isCut = () =>
          closed || failure !== undefined && failure.index < index;
        try {
          const result = await member.work(tasks[index], (report) => {
            if (!isCut()) tell(() => onReport(report as Report, index));
          }) as Result;
          if (!isCut()) tell(() => onResult(result, index));
        } catch (thrown) {
          fail(
            explain(thrown, `finish task ${index + 1} of ${tasks.length}`),
            index,
          );
        }
      }
      running.delete(member);
    };
    await Promise.all(members.map(drain));
    if (failure !== undefined) {
      closed = true;
      terminate();
      throw failure.error;
    }
  };
  return {
    forEach: doAll,
    async map(tasks, onResult, onReport) {
      const results: Result[] = new Array(tasks.length);
      await doAll(tasks, (result, index) => {
        results[index] = result;
        onResult?.(result, index);
      }, onReport);
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
 * with each as it comes, and `onReport` with what a task tells before; the rest
 * as in `PoolOptions`. No more workers are started than there are tasks.
 * @returns The results in the order of the tasks, whatever `threads` is.
 * @throws {InputError | RunError} The failure of the first task that failed;
 * the workers are ended.
 */
export async function mapInWorkers<Setup, Task, Result, Report = never>(
  { module, setup, threads, tasks, onResult, onReport }: PoolOptions<Setup> & {
    readonly tasks: readonly Task[];
    readonly onResult?: OnResult<Result>;
    readonly onReport?: OnReport<Report>;
  },
): Promise<Result[]> {
  if (tasks.length === 0) return [];
  const workers = Math.min(threads, tasks.length);
  const pool = await openPool<Setup, Task, Result, Report>(
    { module, setup, threads: workers },
  );
  const results = await pool.map(tasks, onResult, onReport);
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
