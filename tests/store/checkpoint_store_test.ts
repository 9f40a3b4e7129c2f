import assert from "node:assert/strict";
import {
  type CheckpointStore,
  clearCheckpoints,
  openCheckpointStore,
} from "../../lib/store/checkpoint_store.ts";
import { mapCached, runCached } from "../../lib/store/cached_tasks.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";
import { MemoryCheckpoints } from "./memory_checkpoints.ts";

const KEY = "seed 42";
const BYTES = Uint8Array.of(3, 1, 4, 1, 5);

async function* partsOf(bytes: Uint8Array) {
  for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte));
}

/** A checkpoint read through `open`, in two reads. */
function readInParts(
  checkpoints: CheckpointStore,
  name: string,
): number[] | undefined {
  const reader = checkpoints.open(name);
  if (reader === undefined) return undefined;
  const [first, rest] = [new Uint8Array(2), new Uint8Array(3)];
  reader.read(first);
  reader.read(rest);
  assert.throws(() => reader.read(new Uint8Array(1)), /ends 1 bytes early/);
  reader.close();
  return [...first, ...rest];
}

Deno.test("a checkpoint is read as it was written, whole or in parts", () =>
  withFolder(async (run) => {
    const checkpoints = await openCheckpointStore(run, "cnn", KEY);
    assert.equal(checkpoints.isResumed, false);
    assert.equal(checkpoints.read("epoch"), undefined);
    assert.equal(checkpoints.open("epoch"), undefined);
    checkpoints.write("epoch", BYTES);
    assert.deepEqual(checkpoints.read("epoch"), BYTES);
    assert.deepEqual(readInParts(checkpoints, "epoch"), [...BYTES]);
    await checkpoints.writeParts("parts", partsOf(BYTES));
    assert.deepEqual(checkpoints.read("parts"), BYTES);
    checkpoints.write("epoch", Uint8Array.of());
    assert.deepEqual(checkpoints.read("epoch"), Uint8Array.of());
    checkpoints.remove("epoch", "nothing");
    assert.equal(checkpoints.read("epoch"), undefined);
  }));

Deno.test("checkpoints outlive the process, and not a change of what made them", () =>
  withFolder(async (run) => {
    (await openCheckpointStore(run, "cnn", KEY)).write("epoch", BYTES);
    const again = await openCheckpointStore(run, "cnn", KEY);
    assert.equal(again.isResumed, true);
    assert.deepEqual(again.read("epoch"), BYTES);
    assert.equal(
      (await openCheckpointStore(run, "shap", KEY)).isResumed,
      false,
    );
    const other = await openCheckpointStore(run, "cnn", "seed 43");
    assert.equal(other.isResumed, false);
    assert.equal(other.read("epoch"), undefined);
    assert.equal((await openCheckpointStore(run, "cnn", KEY)).isResumed, false);
    await clearCheckpoints(run, "cnn");
    await clearCheckpoints(run, "shap");
    assert.deepEqual([...Deno.readDirSync(run)], []);
  }));

Deno.test("a checkpoint that was cut short, changed or renamed is none", () =>
  withFolder(async (run) => {
    const checkpoints = await openCheckpointStore(run, "cnn", KEY);
    checkpoints.write("epoch", BYTES);
    const path = `${run}/.cnn.kept/epoch.checkpoint`;
    const whole = await Deno.readFile(path);
    await Deno.copyFile(path, `${run}/.cnn.kept/other.checkpoint`);
    assert.equal(checkpoints.read("other"), undefined);
    for (let length = 0; length < whole.length; length++) {
      await Deno.writeFile(path, whole.subarray(0, length));
      assert.equal(checkpoints.read("epoch"), undefined, `${length} bytes`);
      assert.equal(checkpoints.open("epoch"), undefined, `${length} bytes`);
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] ^= 1;
      await Deno.writeFile(path, changed);
      assert.equal(checkpoints.read("epoch"), undefined, `byte ${at}`);
    }
    await Deno.writeFile(path, whole);
    assert.deepEqual(checkpoints.read("epoch"), BYTES);
  }));

Deno.test("a checkpoint that fails half-way leaves the one before", () =>
  withFolder(async (run) => {
    const checkpoints = await openCheckpointStore(run, "cnn", KEY);
    checkpoints.write("epoch", BYTES);
    await assert.rejects(
      checkpoints.writeParts(
        "epoch",
        async function* () {
          yield await Promise.resolve(Uint8Array.of(9));
          throw new Error("the device is lost");
        }(),
      ),
      /the device is lost/,
    );
    assert.deepEqual(checkpoints.read("epoch"), BYTES);
  }));

Deno.test("work that was interrupted is not done again", async () => {
  const checkpoints = new MemoryCheckpoints();
  const done: number[] = [];
  /** Squares tasks, and fails before one of them. */
  const square = (limit: number) =>
  (
    tasks: readonly number[],
    onResult: (result: { square: number }, index: number) => void,
  ): Promise<void> => {
    for (const [index, task] of tasks.entries()) {
      if (task === limit) return Promise.reject(new Error("killed"));
      done.push(task);
      onResult({ square: task * task }, index);
    }
    return Promise.resolve();
  };
  const tasks = [5, 6, 7, 8];
  await assert.rejects(
    mapCached(checkpoints, "square", tasks, square(7)),
    /killed/,
  );
  // Of another name: neither is taken for the other.
  await mapCached(checkpoints, "cube", [1, 2], square(0));
  const results = await mapCached(checkpoints, "square", tasks, square(0));
  assert.deepEqual(results.map(({ square }) => square), [25, 36, 49, 64]);
  assert.deepEqual(done, [5, 6, 1, 2, 7, 8]);
  const seen: number[] = [];
  await runCached(
    checkpoints,
    "square",
    tasks,
    () => assert.fail("nothing is left to do"),
    (_, index) => seen.push(index),
  );
  assert.deepEqual(seen, [0, 1, 2, 3]);
});

Deno.test("typed arrays and numbers are kept to the last bit", async () => {
  const checkpoints = new MemoryCheckpoints();
  const value = {
    sums: Float64Array.of(0.1, -0, NaN, 5e-324),
    places: Int32Array.of(-1),
    missing: null,
  };
  const work = (_: unknown, onResult: (v: typeof value, i: number) => void) =>
    Promise.resolve(onResult(value, 0));
  const [first] = await mapCached(checkpoints, "it", [0], work);
  const [kept] = await mapCached(
    checkpoints,
    "it",
    [0],
    () => assert.fail("it is kept") as Promise<unknown>,
  );
  assert.deepEqual(kept, first);
  assert.ok(Object.is((kept as typeof value).sums[1], -0));
});
