import assert from "node:assert/strict";
import {
  forgetPieces,
  type KeptPieces,
  openKeptPieces,
} from "../../lib/run/kept_pieces.ts";
import { doKept, mapKept } from "../../lib/run/kept_results.ts";
import { withFolder } from "../study/fake_study.ts";
import { MemoryPieces } from "./memory_pieces.ts";

const KEY = "seed 42";
const BYTES = Uint8Array.of(3, 1, 4, 1, 5);

async function* partsOf(bytes: Uint8Array) {
  for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte));
}

/** A piece read through `open`, in two reads. */
function readInParts(pieces: KeptPieces, name: string): number[] | undefined {
  const reader = pieces.open(name);
  if (reader === undefined) return undefined;
  const [first, rest] = [new Uint8Array(2), new Uint8Array(3)];
  reader.read(first);
  reader.read(rest);
  assert.throws(() => reader.read(new Uint8Array(1)), /ends 1 bytes early/);
  reader.close();
  return [...first, ...rest];
}

Deno.test("a piece is read as it was written, whole or in parts", () =>
  withFolder(async (run) => {
    const pieces = await openKeptPieces(run, "cnn", KEY);
    assert.equal(pieces.areFound, false);
    assert.equal(pieces.read("epoch"), undefined);
    assert.equal(pieces.open("epoch"), undefined);
    pieces.write("epoch", BYTES);
    assert.deepEqual(pieces.read("epoch"), BYTES);
    assert.deepEqual(readInParts(pieces, "epoch"), [...BYTES]);
    await pieces.writeParts("parts", partsOf(BYTES));
    assert.deepEqual(pieces.read("parts"), BYTES);
    pieces.write("epoch", Uint8Array.of());
    assert.deepEqual(pieces.read("epoch"), Uint8Array.of());
    pieces.remove("epoch", "nothing");
    assert.equal(pieces.read("epoch"), undefined);
  }));

Deno.test("pieces outlive the process, and not a change of what made them", () =>
  withFolder(async (run) => {
    (await openKeptPieces(run, "cnn", KEY)).write("epoch", BYTES);
    const again = await openKeptPieces(run, "cnn", KEY);
    assert.equal(again.areFound, true);
    assert.deepEqual(again.read("epoch"), BYTES);
    assert.equal((await openKeptPieces(run, "shap", KEY)).areFound, false);
    const other = await openKeptPieces(run, "cnn", "seed 43");
    assert.equal(other.areFound, false);
    assert.equal(other.read("epoch"), undefined);
    assert.equal((await openKeptPieces(run, "cnn", KEY)).areFound, false);
    await forgetPieces(run, "cnn");
    await forgetPieces(run, "shap");
    assert.deepEqual([...Deno.readDirSync(run)], []);
  }));

Deno.test("a piece that was cut short, changed or renamed is none", () =>
  withFolder(async (run) => {
    const pieces = await openKeptPieces(run, "cnn", KEY);
    pieces.write("epoch", BYTES);
    const path = `${run}/.cnn.kept/epoch.piece`;
    const whole = await Deno.readFile(path);
    await Deno.copyFile(path, `${run}/.cnn.kept/other.piece`);
    assert.equal(pieces.read("other"), undefined);
    for (let length = 0; length < whole.length; length++) {
      await Deno.writeFile(path, whole.subarray(0, length));
      assert.equal(pieces.read("epoch"), undefined, `${length} bytes`);
      assert.equal(pieces.open("epoch"), undefined, `${length} bytes`);
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] ^= 1;
      await Deno.writeFile(path, changed);
      assert.equal(pieces.read("epoch"), undefined, `byte ${at}`);
    }
    await Deno.writeFile(path, whole);
    assert.deepEqual(pieces.read("epoch"), BYTES);
  }));

Deno.test("a piece that fails half-way leaves the one before", () =>
  withFolder(async (run) => {
    const pieces = await openKeptPieces(run, "cnn", KEY);
    pieces.write("epoch", BYTES);
    await assert.rejects(
      pieces.writeParts(
        "epoch",
        async function* () {
          yield await Promise.resolve(Uint8Array.of(9));
          throw new Error("the device is lost");
        }(),
      ),
      /the device is lost/,
    );
    assert.deepEqual(pieces.read("epoch"), BYTES);
  }));

Deno.test("work that was broken off is not done again", async () => {
  const pieces = new MemoryPieces();
  const done: number[] = [];
  /** Squares tasks, and breaks off before one of them. */
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
  await assert.rejects(mapKept(pieces, "square", tasks, square(7)), /killed/);
  // Of another name: neither is taken for the other.
  await mapKept(pieces, "cube", [1, 2], square(0));
  const results = await mapKept(pieces, "square", tasks, square(0));
  assert.deepEqual(results.map(({ square }) => square), [25, 36, 49, 64]);
  assert.deepEqual(done, [5, 6, 1, 2, 7, 8]);
  const told: number[] = [];
  await doKept(
    pieces,
    "square",
    tasks,
    () => assert.fail("nothing is left to do"),
    (_, index) => told.push(index),
  );
  assert.deepEqual(told, [0, 1, 2, 3]);
});

Deno.test("typed arrays and numbers are kept to the last bit", async () => {
  const pieces = new MemoryPieces();
  const value = {
    sums: Float64Array.of(0.1, -0, NaN, 5e-324),
    places: Int32Array.of(-1),
    missing: null,
  };
  const work = (_: unknown, onResult: (v: typeof value, i: number) => void) =>
    Promise.resolve(onResult(value, 0));
  const [first] = await mapKept(pieces, "it", [0], work);
  const [kept] = await mapKept(
    pieces,
    "it",
    [0],
    () => assert.fail("it is kept") as Promise<unknown>,
  );
  assert.deepEqual(kept, first);
  assert.ok(Object.is((kept as typeof value).sums[1], -0));
});
