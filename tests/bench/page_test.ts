/** The page of the bench: rows, goals, failures and growth. */

import assert from "node:assert/strict";
import { formatGrowth, growsTooFast } from "../../bench/suite/growth_page.ts";
import { formatPage, meetsGoal } from "../../bench/suite/page.ts";
import {
  type GrowthLine,
  noResults,
  type RowResult,
  type SideResult,
} from "../../bench/suite/results.ts";
import { formatBytes, formatSeconds } from "../../bench/suite/format.ts";

const stamp = {
  processor: "a processor",
  cores: 2,
  threads: 2,
  rounds: 3,
  wideVectors: true,
  versions: { deno: "2.9.6", python: "3.11.7" },
};

function sideOf(seconds: number, more: Partial<SideResult> = {}): SideResult {
  return {
    name: "this suite",
    seconds: [seconds],
    scale: 1,
    peakBytes: 2e9,
    facts: {},
    failure: null,
    ...more,
  };
}

function rowOf(more: Partial<RowResult> = {}): RowResult {
  return {
    id: "train_epoch",
    title: "Train one epoch",
    timed: "256 samples.",
    ours: sideOf(10),
    peer: sideOf(5, { name: "Keras" }),
    ratio: { median: 2, least: 1.9, most: 2.2 },
    goal: { ratio: 1 },
    stamp,
    ...more,
  };
}

const lineOf = (page: string, start: string) =>
  page.split("\n").find((line) => line.startsWith(start)) ?? "";

Deno.test("a row shows both times, the ratio, the goal and the memory", () => {
  const page = formatPage({ rows: [rowOf()], growth: [] }, {});
  assert.equal(
    lineOf(page, "| `train_epoch`"),
    "| `train_epoch`: Train one epoch | 10.0 s | 5.00 s, Keras | " +
      "**2.00** (1.90 to 2.20) | at most 1: **missed** | 2.00 GB / 2.00 GB |",
  );
});

Deno.test("a goal is reached only if all of its parts are", () => {
  const goal = { ratio: 2, seconds: 10, bytes: 2e9 };
  assert.equal(meetsGoal(rowOf({ goal })), true);
  assert.equal(meetsGoal(rowOf({ goal: { ...goal, ratio: 1.99 } })), false);
  assert.equal(meetsGoal(rowOf({ goal: { ...goal, seconds: 9 } })), false);
  assert.equal(meetsGoal(rowOf({ goal: { ...goal, bytes: 1e9 } })), false);
  assert.equal(meetsGoal(rowOf({ goal: { ...goal, memory: 1 } })), true);
  assert.equal(meetsGoal(rowOf({ goal: { ...goal, memory: 0.9 } })), false);
  const unknown = sideOf(10, { peakBytes: null });
  assert.equal(meetsGoal(rowOf({ goal, ours: unknown })), false);
  assert.equal(meetsGoal(rowOf({ goal, ratio: null })), false);
  assert.equal(meetsGoal(rowOf({ goal: null })), null);
});

Deno.test("a row that misses its goal says by how much and why", () => {
  const rows = [rowOf(), rowOf({ id: "demo", goal: null })];
  const page = formatPage(
    { rows, growth: [] },
    { train_epoch: "The convolutions do." },
  );
  assert.match(
    page,
    /- `train_epoch`: the ratio is 2\.00 and should be at most 1: 2\.00 times too slow\. The convolutions do\./,
  );
  assert.match(
    formatPage({ rows, growth: [] }, {}),
    /The reason is not known/,
  );
  assert.match(
    formatPage({ rows: [rowOf({ goal: { ratio: 3 } })], growth: [] }, {}),
    /Every row that has a goal reaches it/,
  );
});

Deno.test("a failed side is reported without a number", () => {
  const failed = sideOf(0, {
    name: "Keras",
    seconds: [],
    peakBytes: null,
    failure: "there is no python",
  });
  const page = formatPage(
    { rows: [rowOf({ peer: failed, ratio: null })], growth: [] },
    {},
  );
  assert.equal(
    lineOf(page, "| `train_epoch`"),
    "| `train_epoch`: Train one epoch | 10.0 s | failed, Keras | – | " +
      "at most 1: not measured | 2.00 GB / unknown |",
  );
  assert.match(page, /\*\*Keras failed\*\*: there is no python\./);
});

Deno.test("extrapolated times are marked and explained", () => {
  const peer = sideOf(5, { name: "shap", scale: 20 });
  const page = formatPage({ rows: [rowOf({ peer })], growth: [] }, {});
  assert.match(lineOf(page, "| `train_epoch`"), /\| 5\.00 s \\\*, shap \|/);
  assert.match(
    page,
    /shap: 1\/20 of the work was run, and its time multiplied by 20\./,
  );
});

Deno.test("rows measured under the same conditions are listed together", () => {
  const rows = [
    rowOf(),
    rowOf({ id: "demo" }),
    rowOf({ id: "explain", stamp: { ...stamp, wideVectors: false } }),
  ];
  const page = formatPage({ rows, growth: [{ lines: [], stamp }] }, {});
  assert.match(page, /- `train_epoch`, `demo`, `growth`: a processor, 2 cores/);
  assert.match(
    page,
    /- `explain`: a processor, 2 cores, 2 threads a side, 3 rounds, ours without V8's flags for 256-bit vectors; deno 2\.9\.6, python 3\.11\.7\./,
  );
});

Deno.test("each processor has a part of its own", () => {
  const other = { ...stamp, processor: "another processor" };
  const page = formatPage({
    rows: [rowOf(), rowOf({ id: "explain", stamp: other })],
    growth: [{ lines: [growing], stamp: other }],
  }, {});
  const [, first, second] = page.split(/^## /m);
  assert.match(first, /^a processor\n/);
  assert.match(first, /`train_epoch`/);
  assert.doesNotMatch(first, /`explain`/);
  assert.match(first, /Not measured yet/);
  assert.match(second, /^another processor\n/);
  assert.match(second, /`explain`/);
  assert.match(second, /\| Explaining \|/);
  assert.match(formatPage(noResults, {}), /Nothing has been measured\./);
});

const growing: GrowthLine = {
  work: "Explaining",
  axis: "draws",
  sizes: [50, 100, 200],
  seconds: [1, 2, 4],
  peakBytes: [1e8, 1e8, 4e8],
  expected: 1,
};

Deno.test("growth shows exponents and names what grows too fast", () => {
  assert.equal(growsTooFast(growing), false);
  const fast = { ...growing, seconds: [1, 3, 9] };
  assert.equal(growsTooFast(fast), true);
  assert.equal(growsTooFast({ ...fast, expected: 2 }), false);
  const text = formatGrowth({ lines: [growing, fast], stamp });
  assert.match(
    text,
    /\| Explaining \| draws: 50, 100, 200 \| 1\.00 s, 2\.00 s, 4\.00 s \| 1\.00 \| 1 \| 100 MB, 100 MB, 400 MB \| 1\.00 \|/,
  );
  assert.match(text, /\*\*1\.58\*\*/);
  assert.match(text, /Faster than expected: explaining \(draws\)\./);
});

Deno.test("numbers have three significant digits and a unit", () => {
  assert.deepEqual(
    [0.01234, 1.2345, 45.678, 1234.5].map(formatSeconds),
    ["0.0123 s", "1.23 s", "45.7 s", "1,235 s"],
  );
  assert.deepEqual(
    [5.5e7, 1.5e9, null].map(formatBytes),
    ["55.0 MB", "1.50 GB", "unknown"],
  );
});
