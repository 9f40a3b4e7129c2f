/** Blocks of an arena. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { Arena } from "../../lib/backend/wasm/arena.ts";

/** A block to allocate, or one of those allocated to free. */
const steps = fc.array(
  fc.oneof(
    fc.record({ allocate: fc.integer({ min: 1, max: 700 }) }),
    fc.record({ free: fc.nat() }),
  ),
  { maxLength: 60 },
);

Deno.test("blocks are in the arena, aligned and without overlap", () => {
  fc.assert(fc.property(fc.nat({ max: 500 }), steps, (start, list) => {
    const arena = new Arena(start, 4096);
    const blocks: { start: number; end: number }[] = [];
    for (const step of list) {
      if ("allocate" in step) {
        const address = arena.allocate(step.allocate);
        if (address === undefined) {
          assert(!arena.hasRoom(Math.ceil(step.allocate / 64) * 64));
          continue;
        }
        const end = address + step.allocate;
        assert(address % 64 === 0 && address >= start && end <= start + 4096);
        for (const other of blocks) {
          assert(end <= other.start || address >= other.end);
        }
        blocks.push({ start: address, end });
      } else if (blocks.length > 0) {
        const [block] = blocks.splice(step.free % blocks.length, 1);
        assert(arena.free(block.start));
        assert(!arena.free(block.start), "freed twice");
      }
      assert.equal(arena.isEmpty, blocks.length === 0);
    }
    for (const block of blocks) arena.free(block.start);
    assert(arena.hasRoom(4096 - 63), "gaps were not merged");
  }));
});

Deno.test("a block is allocated in the first gap that fits", () => {
  const arena = new Arena(0, 1024);
  const [first, second, third] = [256, 64, 128].map((size) =>
    arena.allocate(size)
  );
  assert.deepEqual([first, second, third], [0, 256, 320]);
  arena.free(0);
  arena.free(320);
  assert.equal(arena.allocate(64), 0);
  assert.equal(arena.allocate(256), 320, "the gap before is too small by 64");
  assert.equal(arena.allocate(192), 64);
  assert.equal(arena.allocate(1024), undefined);
});

Deno.test("addresses from elsewhere are not freed", () => {
  const arena = new Arena(64, 128);
  assert.equal(arena.free(64), false);
  arena.allocate(100);
  assert.equal(arena.free(96), false);
  assert.equal(arena.free(64), true);
});
