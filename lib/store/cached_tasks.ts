/** Tasks whose results are kept, so that none is done a second time. */

import { deserialize, serialize } from "node:v8";
import type { CheckpointStore } from "./checkpoint_store.ts";

/** Does tasks and hands each result over as it comes, in whatever order. */
export type DoTasks<Task, Result> = (
  tasks: readonly Task[],
  onResult: (result: Result, index: number) => void,
) => Promise<unknown>;

/**
 * Does those tasks that no interrupted command has done, and hands
 * over all results.
 *
 * @param checkpoints Where results are kept; they are kept there after this.
 * @param name Of these tasks among all that the stage keeps.
 * @param tasks The tasks, always in the same order.
 * @param work Does some of them; its indices are those of the tasks it is
 * given.
 * @param onResult Called with each result, those kept first.
 */
export async function runCached<Task, Result>(
  checkpoints: CheckpointStore,
  name: string,
  tasks: readonly Task[],
  work: DoTasks<Task, Result>,
  onResult: (result: Result, index: number) => void,
): Promise<void> {
  const missing: number[] = [];
  tasks.forEach((_, index) => {
    const kept = readCached<Result>(checkpoints, `${name}-${index}`);
    if (kept === undefined) missing.push(index);
    else onResult(kept.value, index);
  });
  if (missing.length === 0) return;
  await work(missing.map((index) => tasks[index]), (result, position) => {
    const index = missing[position];
    writeCached(checkpoints, `${name}-${index}`, result);
    onResult(result, index);
  });
}

/** {@linkcode runCached} that gives the results in the order of the tasks. */
export async function mapCached<Task, Result>(
  checkpoints: CheckpointStore,
  name: string,
  tasks: readonly Task[],
  work: DoTasks<Task, Result>,
  onResult: (result: Result, index: number) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = new Array(tasks.length);
  await runCached(checkpoints, name, tasks, work, (result: Result, index) => {
    results[index] = result;
    onResult(result, index);
  });
  return results;
}

/** Keeps any value that can be cloned. */
export function writeCached(
  checkpoints: CheckpointStore,
  name: string,
  value: unknown,
): void {
  checkpoints.write(name, serialize(value));
}

/** The value that was kept; undefined if there is none. */
export function readCached<Value>(
  checkpoints: CheckpointStore,
  name: string,
): { value: Value } | undefined {
  const bytes = checkpoints.read(name);
  return bytes && { value: deserialize(bytes) as Value };
}
