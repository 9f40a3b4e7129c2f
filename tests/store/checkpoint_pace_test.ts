import assert from "node:assert/strict";
import { CheckpointPace } from "../../lib/store/checkpoint_pace.ts";

Deno.test("checkpoints take at most 2 % of the time, within bounds", () => {
  const pace = new CheckpointPace();
  assert.equal(pace.interval, 5, "before the first one is measured");
  for (
    const [seconds, interval] of [
      [0.01, 5],
      [0.1, 5],
      [0.2, 10],
      [2, 100],
      [6, 300],
      [60, 300],
      [0.2, 10],
    ]
  ) {
    pace.took(seconds);
    assert.equal(pace.interval, interval, `after ${seconds} s`);
  }
});
