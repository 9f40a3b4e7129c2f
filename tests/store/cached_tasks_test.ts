import assert from "node:assert/strict";
import { mapCached, runCached } from "../../lib/store/cached_tasks.ts";
import { CheckpointPace } from "../../lib/store/checkpoint_pace.ts";
import { MemoryCheckpoints } from "./memory_checkpoints.ts";

const TASKS = Array.from({ length: 10 }, (_, index) => index);

/** Doubles the tasks, the last one first, and fails before the one given. */
function double(done: number[], failing?: number) {
  return (
    tasks: readonly number[],
    onResult: (result: Float64Array, index: number) => void,
  ) => {
    for (const [index, task] of [...tasks.entries()].reverse()) {
      if (task === failing) throw new Error("it failed");
      done.push(task);
      onResult(Float64Array.of(2 * task), index);
    }
    return Promise.resolve();
  };
}

Deno.test("what was done before a failure is not done again", async () => {
  const checkpoints = new MemoryCheckpoints();
  const first: number[] = [];
  await assert.rejects(
    mapCached(checkpoints, "tasks", TASKS, double(first, 3)),
    /it failed/,
  );
  assert.deepEqual(first, [9, 8, 7, 6, 5, 4]);
  const second: number[] = [];
  const told: number[] = [];
  const results = await mapCached(
    checkpoints,
    "tasks",
    TASKS,
    double(second),
    (_, index) => told.push(index),
  );
  assert.deepEqual(second, [3, 2, 1, 0]);
  assert.deepEqual(told, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  assert.deepEqual(results, TASKS.map((task) => Float64Array.of(2 * task)));
  const third: number[] = [];
  await mapCached(checkpoints, "tasks", TASKS, double(third));
  assert.deepEqual(third, [], "all are kept by now");
});

Deno.test("results are saved together, at their pace", async () => {
  const countOf = async (pace?: CheckpointPace) => {
    const checkpoints = new MemoryCheckpoints();
    await runCached(checkpoints, "tasks", TASKS, double([]), () => {}, pace);
    return checkpoints.kept.size;
  };
  assert.equal(await countOf(), 1, "all of them within five seconds");
  assert.equal(await countOf(new CheckpointPace(0, 0)), TASKS.length);
});

Deno.test("large results do not wait in memory", async () => {
  const checkpoints = new MemoryCheckpoints();
  await mapCached<number, Float64Array>(
    checkpoints,
    "tasks",
    [0, 1, 2],
    (tasks, onResult) => {
      tasks.forEach((_, index) => onResult(new Float64Array(2 ** 21), index));
      return Promise.resolve();
    },
  );
  assert.equal(checkpoints.kept.size, 2);
});

Deno.test("a disk that takes nothing ends the work at once", async () => {
  const checkpoints = new MemoryCheckpoints();
  let writes = 0;
  checkpoints.write = () => {
    writes++;
    throw new Error("the disk is full");
  };
  await assert.rejects(
    runCached(
      checkpoints,
      "tasks",
      TASKS,
      double([]),
      () => {},
      new CheckpointPace(0, 0),
    ),
    /the disk is full/,
  );
  assert.equal(writes, 1);
});
