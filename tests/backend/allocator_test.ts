import assert from "node:assert/strict";
import { Allocator } from "../../lib/backend/wasm/allocator.ts";

const HELD = 2 ** 22;

/** A module whose allocator answers what it is told to, and notes all calls. */
function fakeModule(answer: (bytes: number) => number) {
  const taken: number[] = [];
  const freed: number[] = [];
  const wasm = {
    HEAPU8: new Uint8Array(HELD),
    _malloc: (bytes: number) => {
      taken.push(bytes);
      return answer(bytes);
    },
    _free: (address: number) => void freed.push(address),
    tfjs: { disposeData: () => {}, registerTensor: () => {} },
  };
  const allocator = new Allocator({ wasm });
  taken.length = freed.length = 0;
  return { wasm, taken, freed, allocator };
}

/** Blocks one behind the other. */
function inARow(): (bytes: number) => number {
  let end = 1024;
  return (bytes) => {
    end += bytes;
    return end - bytes;
  };
}

Deno.test("a full heap is an error, and the next smaller block none", () => {
  const { wasm } = fakeModule((bytes) => bytes > 1000 ? 0 : 512);
  assert.throws(
    () => wasm._malloc(1001),
    /^RangeError: Cannot allocate 1001 bytes in the wasm heap: it holds 4194304 of at most 4294967296 bytes\. Use smaller batches$/,
  );
  assert.equal(wasm._malloc(1000), 512);
});

Deno.test("a block that would end beyond the heap is an error for good", () => {
  const { wasm, taken } = fakeModule((bytes) =>
    bytes > 1000 ? HELD - 1000 : 512
  );
  assert.throws(() => wasm._malloc(1001), /Cannot allocate 1001 bytes/);
  assert.throws(() => wasm._malloc(8), /Cannot allocate 8 bytes/);
  assert.deepEqual(taken, [1001], "it was asked again");
});

Deno.test("addresses above 2 GiB are not taken for negative ones", () => {
  const { wasm } = fakeModule(() => -16);
  Object.defineProperty(wasm.HEAPU8, "length", { value: 2 ** 32 });
  assert.equal(wasm._malloc(16), 2 ** 32 - 16);
});

Deno.test("large blocks come from what was reserved, small ones do not", () => {
  const { wasm, taken, freed, allocator } = fakeModule(inARow());
  allocator.reserve(2 ** 20);
  assert.deepEqual(taken, [2 ** 20 + 64]);
  const large = wasm._malloc(2 ** 19);
  assert.equal(taken.length, 1);
  wasm._malloc(100);
  assert.deepEqual(taken.slice(1), [100]);
  // Too much for what is left.
  const other = wasm._malloc(2 ** 19 + 64);
  assert.deepEqual(taken.slice(2), [2 ** 19 + 64]);
  wasm._free(large);
  assert.deepEqual(freed, []);
  wasm._free(other);
  assert.deepEqual(freed, [other]);
});

Deno.test("what was reserved is used again, or given up for more", () => {
  const { wasm, taken, freed, allocator } = fakeModule(inARow());
  allocator.reserve(2 ** 17);
  allocator.reserve(2 ** 17);
  assert.equal(taken.length, 1);
  const block = wasm._malloc(2 ** 16);
  allocator.reserve(2 ** 18);
  assert.deepEqual(freed, [], "a region with a block in it was freed");
  wasm._free(block);
  allocator.reserve(2 ** 19);
  assert.equal(freed.length, 2);
  assert.equal(taken.length, 3);
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
