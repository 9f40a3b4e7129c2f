/** The allocator before tfjs's own. */

import assert from "node:assert/strict";
import { Allocator } from "../../lib/backend/wasm/allocator.ts";

const HEAP_BYTES = 2 ** 22;

/** A module whose allocator returns the given answer, and records all calls. */
function fakeModule(answer: (bytes: number) => number) {
  const allocated: number[] = [];
  const freed: number[] = [];
  const wasm = {
    HEAPU8: new Uint8Array(HEAP_BYTES),
    _malloc: (bytes: number) => {
      allocated.push(bytes);
      return answer(bytes);
    },
    _free: (address: number) => void freed.push(address),
    tfjs: { disposeData: () => {}, registerTensor: () => {} },
  };
  const allocator = new Allocator({ wasm });
  allocated.length = freed.length = 0;
  return { wasm, allocated, freed, allocator };
}

/** Blocks one after the other. */
function consecutive(): (bytes: number) => number {
  let end = 1024;
  return (bytes) => {
    end += bytes;
    return end - bytes;
  };
}

Deno.test("a full heap is an error; a smaller block can follow", () => {
  const { wasm } = fakeModule((bytes) => bytes > 1000 ? 0 : 512);
  assert.throws(
    () => wasm._malloc(1001),
    /^RangeError: Cannot allocate 1001 bytes in the wasm heap: it holds 4194304 of at most 4294967296 bytes\. Use smaller batches$/,
  );
  assert.equal(wasm._malloc(1000), 512);
});

Deno.test("a block that would end beyond the heap makes every later call an error", () => {
  const { wasm, allocated } = fakeModule((bytes) =>
    bytes > 1000 ? HEAP_BYTES - 1000 : 512
  );
  assert.throws(() => wasm._malloc(1001), /Cannot allocate 1001 bytes/);
  assert.throws(() => wasm._malloc(8), /Cannot allocate 8 bytes/);
  assert.deepEqual(allocated, [1001], "it was asked again");
});

Deno.test("addresses above 2 GiB are not negative", () => {
  const { wasm } = fakeModule(() => -16);
  Object.defineProperty(wasm.HEAPU8, "length", { value: 2 ** 32 });
  assert.equal(wasm._malloc(16), 2 ** 32 - 16);
});

Deno.test("large blocks are in the reserved arena, small ones are not", () => {
  const { wasm, allocated, freed, allocator } = fakeModule(consecutive());
  allocator.reserve(2 ** 20);
  assert.deepEqual(allocated, [2 ** 20 + 64]);
  const large = wasm._malloc(2 ** 19);
  assert.equal(allocated.length, 1);
  wasm._malloc(100);
  assert.deepEqual(allocated.slice(1), [100]);
  // There is not enough room left.
  const other = wasm._malloc(2 ** 19 + 64);
  assert.deepEqual(allocated.slice(2), [2 ** 19 + 64]);
  wasm._free(large);
  assert.deepEqual(freed, []);
  wasm._free(other);
  assert.deepEqual(freed, [other]);
});

Deno.test("a reserved arena is used again, or freed for a larger one", () => {
  const { wasm, allocated, freed, allocator } = fakeModule(consecutive());
  allocator.reserve(2 ** 17);
  allocator.reserve(2 ** 17);
  assert.equal(allocated.length, 1);
  const block = wasm._malloc(2 ** 16);
  allocator.reserve(2 ** 18);
  assert.deepEqual(freed, [], "an arena with a block in it was freed");
  wasm._free(block);
  allocator.reserve(2 ** 19);
  assert.equal(freed.length, 2);
  assert.equal(allocated.length, 3);
});

Deno.test("the real heap refuses what it cannot hold", async () => {
  // A full heap stays full: it needs a module of its own.
  const url = new URL("./full_heap_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    const [most, ...errors] = await promise;
    assert.ok(Number(most) > 3.5 * 2 ** 30 && Number(most) < 2 ** 32, most);
    for (const error of errors) {
      assert.match(error, /^RangeError: Cannot allocate \d+ bytes in the wasm/);
    }
    assert.equal(errors.length, 2);
  } finally {
    worker.terminate();
  }
});
