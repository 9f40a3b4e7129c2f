/** Tasks whose results are kept, so that none is done a second time. */

import { deserialize, serialize } from "node:v8";
import { CheckpointPace } from "./checkpoint_pace.ts";
import type { CheckpointStore } from "./checkpoint_store.ts";

/** Does tasks and hands each result over as it comes, in whatever order. */
export type DoTasks<Task, Result> = (
  tasks: readonly Task[],
  onResult: (result: Result, index: number) => void,
) => Promise<unknown>;

/** Bytes of results that are not saved yet, at most: they are held in memory. */
const MOST_BYTES = 2 ** 25;

/** A result with its task's index, as a checkpoint holds it. */
interface KeptResult<Result> {
  readonly index: number;
  readonly result: Result;
}

/** Bytes of a result that is an array of numbers; others are small. */
function bytesOf(result: unknown): number {
  return ArrayBuffer.isView(result) ? result.byteLength : 0;
}

/**
 * Does those tasks that no interrupted command has done, and hands
 * over all results. Results are saved together, at the pace of
 * {@linkcode CheckpointPace}, and at the end: the disk would take longer to save
 * each alone than many of them take to make.
 *
 * @param checkpoints Where results are kept; they are kept there after this.
 * @param name Of these tasks among all that the stage keeps.
 * @param tasks The tasks, always in the same order.
 * @param work Does some of them; its indices are those of the tasks it is
 * given.
 * @param onResult Called with each result, those kept first; it must not change
 * them, as they may be saved later.
 * @param pace How far apart in time they are saved.
 */
export async function runCached<Task, Result>(
  checkpoints: CheckpointStore,
  name: string,
  tasks: readonly Task[],
  work: DoTasks<Task, Result>,
  onResult: (result: Result, index: number) => void,
  pace = new CheckpointPace(),
): Promise<void> {
  const done = new Set<number>();
  let saved = 0;
  for (;; saved++) {
    const kept = readCached<KeptResult<Result>[]>(
      checkpoints,
      `${name}-${saved}`,
    );
    if (kept === undefined) break;
    for (const { index, result } of kept.value) {
      done.add(index);
      onResult(result, index);
    }
  }
  const missing = [...tasks.keys()].filter((index) => !done.has(index));
  if (missing.length === 0) return;
  let waiting: KeptResult<Result>[] = [];
  let size = 0;
  let last = performance.now();
  const save = () => {
    if (waiting.length === 0) return;
    const start = performance.now();
    const results = waiting;
    waiting = [];
    size = 0;
    writeCached(checkpoints, `${name}-${saved++}`, results);
    last = performance.now();
    pace.took((last - start) / 1000);
  };
  try {
    await work(missing.map((index) => tasks[index]), (result, position) => {
      const index = missing[position];
      waiting.push({ index, result });
      size += bytesOf(result);
      const seconds = (performance.now() - last) / 1000;
      if (seconds >= pace.interval || size >= MOST_BYTES) save();
      onResult(result, index);
    });
  } finally {
    // Also where a task has failed: the others need not be done again.
    save();
  }
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
