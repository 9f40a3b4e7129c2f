/** The bench of the suite: results, rounds and the processes of the sides. */

import assert from "node:assert/strict";
import fastCheck from "fast-check";
import {
  type Benchmark,
  type Measured,
  type Side,
  SideFailure,
} from "../../bench/suite/benchmark.ts";
import { explainFailure, readMeasured } from "../../bench/suite/child.ts";
import {
  equalErrorDraws,
  meanVariance,
} from "../../bench/suite/equal_error.ts";
import { goalOn, vendorOf } from "../../bench/suite/goals.ts";
import { exponentOf, median, ratioOf } from "../../bench/suite/ratios.ts";
import type { Stamp } from "../../bench/suite/machine.ts";
import {
  formatResults,
  mergeResults,
  noResults,
  processorsOf,
  readResults,
  type RowResult,
  type SideResult,
} from "../../bench/suite/results.ts";
import { measureRows } from "../../bench/suite/rounds.ts";
import { fullSizes, quickSizes } from "../../bench/suite/sizes.ts";

const stamp: Stamp = {
  processor: "a processor",
  cores: 2,
  threads: 2,
  rounds: 3,
  wideVectors: true,
  versions: { deno: "2.9.6" },
};

const side: SideResult = {
  name: "a side",
  seconds: [1],
  scale: 1,
  peakBytes: 1e6,
  facts: {},
  failure: null,
};

const row: RowResult = {
  id: "load_csv",
  title: "Read",
  timed: "All of it.",
  ours: side,
  peer: side,
  ratio: { median: 1, least: 1, most: 1 },
  goal: null,
  stamp,
};

const workspace = { project: "/home/me/", scratch: "", python: "", threads: 2 };

Deno.test("a median is the middle, or the mean of the two middle ones", () => {
  assert.equal(median([10, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 9]), 3);
  assert.throws(() => median([]), RangeError);
});

Deno.test("the ratio of medians lies within the ratios of the rounds", () => {
  const seconds = fastCheck.double({ min: 0.001, max: 1000, noNaN: true });
  fastCheck.assert(fastCheck.property(
    fastCheck.array(fastCheck.tuple(seconds, seconds), {
      minLength: 1,
      maxLength: 9,
    }),
    (rounds) => {
      const { median, least, most } = ratioOf(
        rounds.map(([ours]) => ours),
        rounds.map(([, peer]) => peer),
      );
      // A quotient is rounded once: a few units in the last workspace.
      const rounding = 1e-12;
      assert.ok(median >= least * (1 - rounding), `${median} ${least}`);
      assert.ok(median <= most * (1 + rounding), `${median} ${most}`);
    },
  ));
  assert.throws(() => ratioOf([1], [1, 2]), RangeError);
});

Deno.test("the exponent is the power that the values follow", () => {
  for (const power of [0, 1, 1.5, 2]) {
    const sizes = [3, 6, 12];
    const values = sizes.map((size) => 7 * size ** power);
    assert.ok(Math.abs(exponentOf(sizes, values) - power) < 1e-12);
  }
});

Deno.test("only measurements of the same row and processor are replaced", () => {
  const other = { ...stamp, processor: "another processor" };
  const known = ["load_csv", "train_epoch", "demo"].map((id) => ({ id }));
  const first = { lines: [], stamp };
  const merged = mergeResults(
    {
      rows: [{ ...row, id: "demo" }, row, { ...row, id: "gone" }],
      growth: [first],
    },
    {
      rows: [{ ...row, stamp: other }, { ...row, title: "Read again" }],
      growth: [{ lines: [], stamp: other }],
    },
    known,
  );
  assert.deepEqual(
    merged.rows.map(({ id, title, stamp }) => [stamp.processor, id, title]),
    [
      ["a processor", "load_csv", "Read again"],
      ["a processor", "demo", "Read"],
      ["another processor", "load_csv", "Read"],
    ],
  );
  assert.deepEqual(processorsOf(merged), ["a processor", "another processor"]);
  assert.deepEqual(merged.growth, [first, { lines: [], stamp: other }]);
});

Deno.test("an old measurement has the goal of today", () => {
  const { rows: [{ goal }] } = mergeResults(
    { rows: [{ ...row, goal: { ratio: 1 } }], growth: [] },
    noResults,
    [{ id: "load_csv", goal: { ratio: 0.5 } }],
  );
  assert.deepEqual(goal, { ratio: 0.5 });
});

Deno.test("a goal may depend on the processor's vendor", () => {
  const goal = { AMD: { ratio: 0.85 }, Intel: { ratio: 1.3 } };
  assert.equal(vendorOf("AMD EPYC"), "AMD");
  assert.equal(vendorOf("Intel(R) Xeon(R) Processor"), "Intel");
  assert.equal(vendorOf("Apple M2"), null);
  assert.deepEqual(goalOn(goal, "AMD EPYC"), { ratio: 0.85 });
  assert.deepEqual(goalOn(goal, "Intel(R) Xeon(R) Processor"), { ratio: 1.3 });
  assert.equal(goalOn(goal, "Apple M2"), null);
  assert.deepEqual(goalOn({ ratio: 2 }, "Apple M2"), { ratio: 2 });
  assert.equal(goalOn(undefined, "AMD EPYC"), null);
});

Deno.test("draws of equal error lie on the line through the logarithms", () => {
  const counts = [50, 100, 200];
  // Variances that fall faster than with independent draws.
  const variances = counts.map((count) => 7 * count ** -1.2);
  const at = (draws: number) =>
    equalErrorDraws(counts, variances, 7 * draws ** -1.2);
  for (const draws of [20, 50, 90, 100, 150, 200, 400]) {
    assert.equal(at(draws), draws);
  }
  assert.equal(at(1), 10);
});

Deno.test("as many of our draws are measured as the peer makes", () => {
  for (
    const { explaining: { draws, errors: { counts } } } of [
      fullSizes,
      quickSizes,
    ]
  ) {
    assert.equal(counts.at(-1), draws);
    assert.deepEqual(counts.toSorted((a, b) => a - b), counts);
  }
});

Deno.test("the variance between explanations is the mean over all numbers", () => {
  const explanations = [0, 2, 4].map((value) => [
    Float64Array.of(value, 1),
    Float64Array.of(5, -value),
  ]);
  assert.equal(meanVariance(explanations), (4 + 0 + 0 + 4) / 4);
});

Deno.test("results are read as they were written", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/results.json`;
  assert.deepEqual(await readResults(path), noResults);
  const results = { rows: [row], growth: [] };
  await Deno.writeTextFile(path, formatResults(results));
  assert.deepEqual(await readResults(path), results);
  for (
    const text of ["", "{}", "null", '{"rows":[]}', '{"rows":[],"growth":null}']
  ) {
    await Deno.writeTextFile(path, text);
    await assert.rejects(readResults(path), { name: "InputError" });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("the last line of a side is its measurement", () => {
  const result = (out: string, code = 0, err = "") => ({ code, out, err });
  const line = '{"seconds":1.5,"peakBytes":7,"facts":{"sum":3}}';
  assert.deepEqual(readMeasured(result(`epoch 1\n${line}\n`), workspace), {
    seconds: 1.5,
    peakBytes: 7,
    facts: { sum: 3 },
  });
  for (const out of ["", "done", '{"facts":{}}', '{"seconds":-1}']) {
    assert.throws(() => readMeasured(result(out), workspace), SideFailure);
  }
  assert.throws(
    () =>
      readMeasured(result(line, 1, "Traceback\nValueError: no\n"), workspace),
    { message: "ValueError: no" },
  );
});

Deno.test("an error message names no path of the machine and is short", () => {
  const explain = (err: string) =>
    explainFailure({ code: 3, out: "", err }, workspace);
  assert.equal(
    explain("cannot open /home/me/bench/a.ts"),
    "cannot open bench/a.ts",
  );
  assert.equal(explain(" \n"), "it exited with status 3 and printed nothing");
  assert.ok(explain("x".repeat(5000)).length < 300);
});

/** A side that records its runs and takes the given seconds, round by round. */
function scripted(
  name: string,
  runs: string[],
  seconds: readonly number[],
  scale = 1,
): Side {
  let round = 0;
  return {
    name,
    scale,
    run(): Promise<Measured> {
      runs.push(name);
      const taken = seconds[round++];
      return taken === undefined
        ? Promise.reject(new SideFailure("broken"))
        : Promise.resolve({
          seconds: taken,
          peakBytes: 100 * taken,
          facts: { taken },
        });
    },
  };
}

function benchmarkOf(ours: Side, ...peers: Side[]): Benchmark {
  return {
    rows: peers.map((peer) => ({
      id: peer.name,
      title: "",
      timed: "",
      ours,
      peer,
    })),
    prepare: () => Promise.resolve(),
  };
}

Deno.test("sides take turns, and a shared one runs once per round", async () => {
  const runs: string[] = [];
  const ours = scripted("ours", runs, [1, 2, 3]);
  const a = scripted("a", runs, [2, 2, 2]);
  const b = scripted("b", runs, [1, 1, 1], 4);
  const benchmark = benchmarkOf(ours, a, b);
  const [first, second] = await measureRows(
    benchmark,
    benchmark.rows,
    stamp,
    () => {},
  );
  assert.equal(runs.join(" "), "ours a b ours a b ours a b");
  assert.deepEqual(first.ratio, { median: 1, least: 0.5, most: 1.5 });
  assert.deepEqual(second.peer.seconds, [4, 4, 4]);
  assert.deepEqual(second.ratio, { median: 0.5, least: 0.25, most: 0.75 });
  assert.equal(first.ours.peakBytes, 300);
  assert.deepEqual(first.ours.facts, { taken: 3 });
});

Deno.test("a side that fails is not run again, and its row says why", async () => {
  const runs: string[] = [];
  const benchmark = benchmarkOf(
    scripted("ours", runs, [1, 1, 1]),
    scripted("a", runs, [1]),
  );
  const [result] = await measureRows(
    benchmark,
    benchmark.rows,
    stamp,
    () => {},
  );
  assert.equal(runs.join(" "), "ours a ours a ours");
  assert.equal(result.ratio, null);
  assert.equal(result.peer.failure, "broken");
  assert.deepEqual(result.peer.seconds, []);
  assert.deepEqual(result.ours.seconds, [1, 1, 1]);
});

Deno.test("an unknown row is refused in one line", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ..."run --cached-only --frozen --no-prompt --allow-read bench/suite.ts --only"
        .split(" "),
      "nothing",
    ],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  const [message, remedy] = new TextDecoder().decode(stderr).split("\n");
  assert.equal(code, 2);
  assert.match(message, /^Cannot measure nothing: the rows are load_csv, /);
  assert.equal(remedy, "deno task bench --help");
});

Deno.test("every peer is pinned", async () => {
  const text = await Deno.readTextFile(
    new URL("../../bench/peers/requirements.txt", import.meta.url),
  );
  const lines = text.trim().split("\n").filter((line) => line[0] !== "#");
  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(line, /^[a-z0-9-]+==\d+(\.\d+)+$/);
});
