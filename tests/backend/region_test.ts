import assert from "node:assert/strict";
import fc from "fast-check";
import { Arena } from "../../lib/backend/wasm/arena.ts";

/** A block to take, or one of those taken to give back. */
const steps = fc.array(
  fc.oneof(
    fc.record({ take: fc.integer({ min: 1, max: 700 }) }),
    fc.record({ give: fc.nat() }),
  ),
  { maxLength: 60 },
);

Deno.test("blocks lie in the region, aligned and apart from each other", () => {
  fc.assert(fc.property(fc.nat({ max: 500 }), steps, (start, list) => {
    const region = new Arena(start, 4096);
    const blocks: { start: number; end: number }[] = [];
    for (const step of list) {
      if ("take" in step) {
        const address = region.take(step.take);
        if (address === undefined) {
          assert(!region.hasRoom(Math.ceil(step.take / 64) * 64));
          continue;
        }
        const end = address + step.take;
        assert(address % 64 === 0 && address >= start && end <= start + 4096);
        for (const other of blocks) {
          assert(end <= other.start || address >= other.end);
        }
        blocks.push({ start: address, end });
      } else if (blocks.length > 0) {
        const [block] = blocks.splice(step.give % blocks.length, 1);
        assert(region.give(block.start));
        assert(!region.give(block.start), "given back twice");
      }
      assert.equal(region.isEmpty, blocks.length === 0);
    }
    for (const block of blocks) region.give(block.start);
    assert(region.hasRoom(4096 - 63), "gaps did not become one again");
  }));
});

Deno.test("a block goes where it first fits", () => {
  const region = new Arena(0, 1024);
  const [first, second, third] = [256, 64, 128].map((size) =>
    region.take(size)
  );
  assert.deepEqual([first, second, third], [0, 256, 320]);
  region.give(0);
  region.give(320);
  assert.equal(region.take(64), 0);
  assert.equal(region.take(256), 320, "the gap before is too small by 64");
  assert.equal(region.take(192), 64);
  assert.equal(region.take(1024), undefined);
});

Deno.test("addresses of others are not taken back", () => {
  const region = new Arena(64, 128);
  assert.equal(region.give(64), false);
  region.take(100);
  assert.equal(region.give(96), false);
  assert.equal(region.give(64), true);
});
