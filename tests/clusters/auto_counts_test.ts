/** Starts and layouts that are taken by default. */

import assert from "node:assert/strict";
import { layoutsFor, startsFor } from "../../lib/clusters/auto_counts.ts";
import { repeatsOf } from "../../lib/clusters/space_tasks.ts";

Deno.test("more samples take fewer starts, within bounds", () => {
  assert.deepEqual(
    [2, 240, 500, 1000, 1582, 20_000].map(startsFor),
    [100, 100, 100, 25, 10, 10],
  );
  assert.deepEqual([1000, 1001, 2500, 2501].map(layoutsFor), [8, 4, 4, 2]);
});

Deno.test("what is asked for is taken", () => {
  const flags = { layouts: 0, "layout-repeats": 2, repeats: 3 };
  const others = { ofLayout: 2, elsewhere: 3 };
  assert.deepEqual(repeatsOf(flags, 2000), { layouts: 4, ...others });
  assert.deepEqual(repeatsOf({ ...flags, layouts: 9 }, 2000), {
    layouts: 9,
    ...others,
  });
});
