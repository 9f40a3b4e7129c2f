/** What the bench of faults counts as lost. */

import assert from "node:assert/strict";
import { errorIn } from "../../bench/faults/suite.ts";
import { checkNext } from "../../bench/faults/interrupted.ts";
import { type Fault, Trials } from "../../bench/faults/fault.ts";
import { formatPage, type Go, lostIn } from "../../bench/faults/page.ts";
import {
  differences,
  digestsOf,
  progressOf,
} from "../../bench/faults/run_folder.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

const place = {
  ...{ folder: "", kills: 1, calls: 1, signals: 1, seed: 1, lanes: 1 },
  say() {},
};

/** A go in which these faults were tried. */
function goOf(tallies: Go["tallies"]): Go {
  const state = {
    ...{ commit: "e33dac6", code: "00", deno: "2.9.6", system: "linux" },
    ...{ processor: "EPYC", cores: 2 },
  };
  return { state, seed: 42, minutes: 31.5, tallies };
}

Deno.test("a trial with a problem is lost, and the page says why", () => {
  const trials = new Trials(place, "killed");
  trials.count("after 1 s", []);
  trials.count("after 2 s", ["report.md has other bytes", "it took 9 s"]);
  const tally = trials.tally("a whole run takes 3 s");
  assert.deepEqual([tally.tried, tally.survived, lostIn(tally)], [2, 1, 1]);
  const fault: Fault = {
    id: "killed",
    fault: "killed",
    must: "goes on",
    run: () => Promise.resolve(tally),
  };
  const other: Fault = { ...fault, id: "altered", fault: "altered" };
  const page = formatPage([fault, other], goOf({ killed: tally }));
  assert.match(page, /Of 2 faults 1 was not survived\. All rows are of one go/);
  assert.match(
    page,
    /commit e33dac6, Deno 2\.9\.6 on linux, EPYC, 2 cores; seed 42, 31\.5 min/,
  );
  assert.match(page, /Left out of this go: altered\./);
  assert.ok(!page.includes("**altered**"), "it was not tried");
  assert.match(page, /\| killed \| 2 +\| 1 +\| 1 +\| a whole run takes 3 s \|/);
  assert.match(
    page,
    /- killed: after 2 s: report.md has other bytes; it took 9 s/,
  );
});

Deno.test("a loss of several lines is one item of the list", () => {
  const tally = {
    ...{ tried: 1, survived: 0, seen: [] },
    losses: ["all: it said\n  try: nothing"],
  };
  const fault: Fault = {
    ...{ id: "killed", fault: "killed", must: "goes on" },
    run: () => Promise.resolve(tally),
  };
  const page = formatPage([fault], goOf({ killed: tally }));
  assert.match(page, /^- killed: all: it said \/ try: nothing$/m);
});

Deno.test("a file that differs, lacks or was left behind is seen", () =>
  withFolder(async (run) => {
    await Deno.mkdir(`${run}/cnn`);
    await Deno.writeTextFile(`${run}/cnn/a.csv`, "a");
    await Deno.writeTextFile(`${run}/cnn/b.csv`, "b");
    await Deno.writeTextFile(`${run}/timings.json`, "1");
    const whole = await digestsOf(run);
    assert.deepEqual(await differences(run, whole), []);
    await Deno.writeTextFile(`${run}/timings.json`, "2");
    assert.deepEqual(await differences(run, whole), []);
    await Deno.writeTextFile(`${run}/cnn/a.csv`, "A");
    await Deno.remove(`${run}/cnn/b.csv`);
    await Deno.mkdir(`${run}/.cnn.kept`);
    await Deno.writeTextFile(`${run}/.cnn.lock`, "");
    assert.deepEqual((await differences(run, whole)).toSorted(), [
      ".cnn.kept/ was left behind",
      ".cnn.lock was left behind",
      "cnn/a.csv has other bytes",
      "cnn/b.csv is missing",
    ]);
  }));

Deno.test("how far a run has come is seen in its folder", () =>
  withFolder(async (run) => {
    await Deno.mkdir(`${run}/prepare`);
    await Deno.writeTextFile(`${run}/prepare/stage.json`, "{}");
    await Deno.mkdir(`${run}/.cnn.partial-1`);
    await Deno.mkdir(`${run}/.cnn.kept`);
    await Deno.writeTextFile(`${run}/.cnn.kept/network-1.1.checkpoint`, "");
    await Deno.writeTextFile(
      `${run}/.cnn.kept/network-1.2.checkpoint.partial`,
      "",
    );
    assert.deepEqual(await progressOf(run), {
      whole: ["prepare"],
      running: "cnn",
      checkpoints: 1,
    });
    // What a stage that is whole was made of is used no more.
    await Deno.mkdir(`${run}/cnn`);
    await Deno.writeTextFile(`${run}/cnn/stage.json`, "{}");
    assert.equal((await progressOf(run)).checkpoints, 0);
  }));

Deno.test("to do again what was whole is a loss", () => {
  const progress = { whole: ["prepare"], running: "cnn", checkpoints: 2 };
  const next = (out: string, err: string) => ({ code: 0, out, err });
  assert.deepEqual(
    checkNext(
      next("prepare   up to date", "cnn  goes on from where"),
      progress,
    ),
    [],
  );
  assert.deepEqual(checkNext(next("prepare   24 samples", ""), progress), [
    "prepare was whole and was made again",
    "2 finished checkpoints were not used",
  ]);
});

Deno.test("an error is told from what stages say while they run", () => {
  const err = "cnn       trains 4 networks, about 1 s on two cores; the\n" +
    "          time left is shown\n" +
    "cnn       note: few samples\n" +
    "Cannot finish cnn: the disk is full\n" +
    "  try: make room on it\n";
  assert.equal(
    errorIn({ code: 1, out: "", err }),
    "Cannot finish cnn: the disk is full\n  try: make room on it",
  );
});
