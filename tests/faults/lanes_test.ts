/** Trials that run side by side. */

import assert from "node:assert/strict";
import { inLanes } from "../../bench/faults/lanes.ts";

Deno.test("each item is worked on once, and one at a time in a lane", async () => {
  const seen: number[] = [];
  const busy = new Set<number>();
  const used = new Set<number>();
  await inLanes([0, 1, 2, 3, 4, 5, 6], 3, async (item, lane) => {
    assert.ok(!busy.has(lane), `lane ${lane} is busy`);
    busy.add(lane);
    used.add(lane);
    await new Promise((resolve) => setTimeout(resolve, item % 3));
    seen.push(item);
    busy.delete(lane);
  });
  assert.deepEqual(seen.toSorted(), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...used].toSorted(), [0, 1, 2]);
});
