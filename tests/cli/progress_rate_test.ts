import assert from "node:assert/strict";
import { ProgressRate } from "../../lib/cli/progress_rate.ts";

Deno.test("without a finished unit there is no rate", () => {
  const rate = new ProgressRate(10, 5);
  assert.deepEqual(rate.paceAt(100), { perSecond: null, secondsLeft: null });
  // A note alone is no unit.
  rate.advanceTo(0, 50);
  assert.deepEqual(rate.paceAt(100), { perSecond: null, secondsLeft: null });
});

Deno.test("the rate is that of the last half minute", () => {
  const rate = new ProgressRate(10_000, 0);
  // 100 s at 1/s, then 60 s at 10/s.
  for (let second = 1; second <= 100; second++) {
    rate.advanceTo(second, second);
  }
  for (let second = 1; second <= 60; second++) {
    rate.advanceTo(100 + 10 * second, 100 + second);
  }
  const { perSecond, secondsLeft } = rate.paceAt(160);
  assert.equal(perSecond, 10);
  assert.equal(secondsLeft, (10_000 - 700) / 10);
});

Deno.test("units that take minutes are averaged over eight of them", () => {
  const rate = new ProgressRate(100, 0);
  for (let done = 1; done <= 20; done++) rate.advanceTo(done, 144 * done);
  const { perSecond, secondsLeft } = rate.paceAt(144 * 20);
  assert.ok(Math.abs(perSecond! - 1 / 144) < 1e-12);
  assert.ok(Math.abs(secondsLeft! - 144 * 80) < 1e-6);
  // Between two units the time left runs down.
  assert.ok(Math.abs(rate.paceAt(144 * 20 + 44).secondsLeft! - 11_476) < 1e-6);
});

Deno.test("silence lowers the rate, and time left never falls below 0", () => {
  const rate = new ProgressRate(12, 0);
  for (let done = 1; done <= 10; done++) rate.advanceTo(done, done);
  assert.equal(rate.paceAt(11).perSecond, 1);
  assert.ok(rate.paceAt(31).perSecond! < 0.5);
  let before = 1;
  for (let second = 11; second < 100; second++) {
    const { perSecond, secondsLeft } = rate.paceAt(second);
    assert.ok(perSecond! <= before && perSecond! > 0 && secondsLeft! >= 0);
    before = perSecond!;
  }
  rate.advanceTo(12, 100);
  // All is done: the rate stands.
  const { perSecond, secondsLeft } = rate.paceAt(1000);
  assert.equal(secondsLeft, 0);
  assert.equal(perSecond, rate.paceAt(100).perSecond);
});

Deno.test("units that are done at the very start give no infinite rate", () => {
  const rate = new ProgressRate(5, 3);
  rate.advanceTo(2, 3);
  assert.deepEqual(rate.paceAt(3), { perSecond: null, secondsLeft: null });
});
