/** Tasks whose results are kept, so that none is done a second time. */

import { deserialize, serialize } from "node:v8";
import type { KeptPieces } from "./kept_pieces.ts";

/** Does tasks and hands each result over as it comes, in whatever order. */
export type DoTasks<Task, Result> = (
  tasks: readonly Task[],
  onResult: (result: Result, index: number) => void,
) => Promise<unknown>;

/**
 * Does those tasks that no earlier, broken-off command has done, and hands
 * over all results.
 *
 * @param pieces Where results are kept; they are kept there after this.
 * @param name Of these tasks among all that the stage keeps.
 * @param tasks The tasks, always in the same order.
 * @param work Does some of them; its indices are those of the tasks it is
 * given.
 * @param onResult Told of each result, those kept first.
 *
 * @example
 * ```ts
 * import { doKept } from "./kept_results.ts";
 * import { forgetPieces, openKeptPieces } from "./kept_pieces.ts";
 * const run = await Deno.makeTempDir();
 * const pieces = await openKeptPieces(run, "ttest", "seed 42");
 * let done = 0;
 * for (let attempt = 0; attempt < 2; attempt++) {
 *   await doKept(pieces, "squares", [1, 2, 3], (tasks, onResult) => {
 *     tasks.forEach((task, index) => onResult(task * task, index));
 *     done += tasks.length;
 *     return Promise.resolve();
 *   }, () => {});
 * }
 * console.assert(done === 3);
 * await forgetPieces(run, "ttest");
 * await Deno.remove(run);
 * ```
 */
export async function doKept<Task, Result>(
  pieces: KeptPieces,
  name: string,
  tasks: readonly Task[],
  work: DoTasks<Task, Result>,
  onResult: (result: Result, index: number) => void,
): Promise<void> {
  const missing: number[] = [];
  tasks.forEach((_, index) => {
    const kept = readKept<Result>(pieces, `${name}-${index}`);
    if (kept === undefined) missing.push(index);
    else onResult(kept.value, index);
  });
  if (missing.length === 0) return;
  await work(missing.map((index) => tasks[index]), (result, place) => {
    const index = missing[place];
    writeKept(pieces, `${name}-${index}`, result);
    onResult(result, index);
  });
}

/** {@linkcode doKept} that gives the results in the order of the tasks. */
export async function mapKept<Task, Result>(
  pieces: KeptPieces,
  name: string,
  tasks: readonly Task[],
  work: DoTasks<Task, Result>,
  onResult: (result: Result, index: number) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = new Array(tasks.length);
  await doKept(pieces, name, tasks, work, (result: Result, index) => {
    results[index] = result;
    onResult(result, index);
  });
  return results;
}

/** Keeps any value that can be cloned. */
export function writeKept(
  pieces: KeptPieces,
  name: string,
  value: unknown,
): void {
  pieces.write(name, serialize(value));
}

/** The value that was kept; undefined if there is none. */
export function readKept<Value>(
  pieces: KeptPieces,
  name: string,
): { value: Value } | undefined {
  const bytes = pieces.read(name);
  return bytes && { value: deserialize(bytes) as Value };
}
