import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatRate,
  formatTime,
  progressLine,
  type ProgressState,
} from "../../lib/cli/progress_line.ts";

const state: ProgressState = {
  title: "training",
  done: 512,
  total: 1920,
  unit: "samples",
  note: "epoch 3, loss 0.42",
  perSecond: 41.3,
  secondsLeft: 34.1,
  elapsed: 20,
};

Deno.test("the line tells bar, count, rate, time left and note", () => {
  assert.equal(
    progressLine(state, 79),
    "  training ██░░░░░░░░ 512/1,920 samples, 41/s, 34 s left; epoch 3, loss " +
      "0.42",
  );
});

Deno.test("times are rounded to the unit that people would choose", () => {
  const said: [number, string][] = [
    [0, "<1 s"],
    [0.99, "<1 s"],
    [1, "1 s"],
    [59.4, "59 s"],
    [59.6, "1.0 min"],
    [144, "2.4 min"],
    [596, "9.9 min"],
    [598, "10 min"],
    [3569, "59 min"],
    [3571, "1.0 h"],
    [4680, "1.3 h"],
    [36_000, "10 h"],
    [7_200_000, "2,000 h"],
  ];
  for (const [seconds, words] of said) assert.equal(formatTime(seconds), words);
});

Deno.test("rates below one in ten seconds become times a unit", () => {
  const said: [number, string][] = [
    [12_345.6, "12,346/s"],
    [41.3, "41/s"],
    [9.96, "10/s"],
    [9.94, "9.9/s"],
    [0.3, "0.3/s"],
    [0.1, "0.1/s"],
    [0.099, "10 s each"],
    [1 / 144, "2.4 min each"],
    [1 / 4680, "1.3 h each"],
  ];
  for (const [rate, words] of said) assert.equal(formatRate(rate), words);
});

Deno.test("a job that has not done a unit yet says how long it has run", () => {
  const waiting = {
    ...state,
    note: "",
    done: 0,
    perSecond: null,
    secondsLeft: null,
  };
  assert.equal(
    progressLine({ ...waiting, elapsed: 1 }, 79),
    "  training ░░░░░░░░░░ 0/1,920 samples",
  );
  assert.equal(
    progressLine({ ...waiting, elapsed: 90 }, 79),
    "  training ░░░░░░░░░░ 0/1,920 samples, 1.5 min so far",
  );
});

Deno.test("when all is done no time is left, and only then the bar is full", () => {
  const last = { ...state, note: "", done: 1919 };
  assert.match(progressLine(last, 79), / █{9}░ 1,919\/1,920 .* left$/);
  const done = { ...last, done: 1920, secondsLeft: 0 };
  assert.equal(
    progressLine(done, 79),
    "  training ██████████ 1,920/1,920 samples, 41/s",
  );
});

Deno.test("the note is cut first, then the bar, and the numbers last", () => {
  const note = "network 3.2, epoch 117, loss 0.424";
  const long = { ...state, note };
  const line = progressLine(long, 79);
  assert.equal(line.length, 79);
  assert.match(line, /41\/s, 34 s left; network 3\.2, epoch 1…$/);
  // No room for a word of the note.
  assert.match(
    progressLine(long, 62),
    /░ 512\/1,920 samples, 41\/s, 34 s left$/,
  );
  const wide = {
    ...state,
    title: "training on shuffled labels",
    done: 12_345,
    total: 100_000,
    perSecond: 1 / 144,
    secondsLeft: 36_000,
  };
  const numbers = "12,345/100,000 samples, 2.4 min each, 10 h left";
  const full = `  training on shuffled labels █░░░░░░░░░ ${numbers}`;
  assert.equal(progressLine(wide, full.length), full);
  assert.equal(
    progressLine(wide, full.length - 1),
    full.replace("█░░░░░░░░░", "░░░░░"),
  );
  assert.equal(
    progressLine(wide, 79),
    `  training on shuffled labels ${numbers}`,
  );
  assert.equal(progressLine(wide, 40).length, 40);
});

Deno.test("whatever the state, the line fits and keeps its numbers", () => {
  const seconds = fc.oneof(
    fc.constant(null),
    fc.double({ min: 0, max: 1e8, noNaN: true }),
  );
  fc.assert(fc.property(
    fc.record({
      title: fc.constantFrom("training", "training on shuffled labels"),
      done: fc.nat(9_999_999),
      total: fc.nat(9_999_999),
      unit: fc.constantFrom("samples", "sets", "MB"),
      note: fc.string({ maxLength: 120 }),
      perSecond: fc.oneof(
        fc.constant(null),
        fc.double({ min: 1e-7, max: 1e7, noNaN: true }),
      ),
      secondsLeft: seconds,
      elapsed: fc.double({ min: 0, max: 1e8, noNaN: true }),
    }),
    fc.integer({ min: 20, max: 200 }),
    (state, columns) => {
      const line = progressLine(state, columns);
      assert.ok(line.length <= columns);
      const bare = progressLine({ ...state, note: "" }, columns);
      if (bare.length < columns) assert.ok(line.startsWith(bare));
    },
  ));
});
