/** What the tasks write, with the permissions that they have, and where. */

import assert from "node:assert/strict";
import { matrix, quickest } from "../scripts/small_matrix.ts";
import { namesIn } from "../pipeline/fake_pipeline.ts";
import { changedPaths, stateOf } from "./folder_state.ts";
import { ProjectCopy } from "./project_copy.ts";
import type { Task } from "./task_flags.ts";

/** What Deno itself keeps of the modules it has loaded, and nothing else. */
const compiled =
  /^cache\/(gen(\/.*)?|(dep_analysis|node_analysis|v8_code|fast_check|check)_cache_v2(-shm|-wal|-journal)?)$/;

/** Runs a task and asserts that nothing but this run's folder was changed. */
async function runWithin(
  copy: ProjectCopy,
  run: string,
  task: Task,
  ...args: string[]
): Promise<string[]> {
  const before = await stateOf(copy.around, (path) => compiled.test(path));
  const ended = await copy.run(task, "--run", `reports/${run}`, ...args);
  assert.equal(ended.code, 0, `${task}: ${ended.out}${ended.err}`);
  for (const permission of ended.asked) {
    assert.ok(
      ["read", "write", "env"].includes(permission),
      `${task} asks for ${permission}`,
    );
  }
  assert.ok(ended.asked.has("write"), `${task}: there is no log`);
  const after = await stateOf(copy.around, (path) => compiled.test(path));
  const changed = changedPaths(before, after)
    .filter((path) => path !== "project/reports");
  const folder = `project/reports/${run}`;
  for (const path of changed) {
    assert.ok(
      path === folder || path.startsWith(`${folder}/`),
      `${task} has changed ${path}`,
    );
    const name = path.slice(folder.length);
    assert.doesNotMatch(name, /\/\./, `${task} has left ${path}`);
  }
  return changed;
}

async function allAndVerify(copy: ProjectCopy): Promise<void> {
  const input = `${copy.around}/input/matrix.csv`;
  await Deno.writeTextFile(input, matrix);
  const flags = [
    ...["--input", input, "--threads", "2"],
    ...quickest,
  ];
  const changed = await runWithin(copy, "whole", "all", ...flags);
  for (const stage of stages.filter(([stage]) => stage !== "simulate")) {
    const record = `project/reports/whole/${stage[0]}/stage.json`;
    assert.ok(changed.includes(record), stage[0]);
  }
  assert.ok(changed.includes("project/reports/whole/report.md"));

  const data = ["--data", `${copy.around}/input`, "--threads", "1"];
  const verified = await runWithin(copy, "whole", "verify", ...data);
  assert.deepEqual(verified, []);
}

/** The stages in their order, with what makes each of them quick. */
const stages: readonly (readonly [Task, string])[] = [
  ["simulate", "--samples 36 --genes 40 --tissues 3 --planted 4 --studies 3"],
  ["prepare", ""],
  ["cnn", "--width 0.0625 --epochs 1"],
  ["shap", "--draws 2"],
  ["genesets", ""],
  ["enrichment", ""],
  ["panels", "--sets 3 --sizes 1,2"],
  ["splits", "--splits 2"],
  ["confounding", ""],
  ["clusters", "--random-sets 1 --layouts 1 --n-init 5"],
  ["ttest", "--sets 2"],
  ["checks", "--draws 2 --epochs 1"],
  ["external", ""],
  ["report", ""],
];

async function eachStage(copy: ProjectCopy): Promise<void> {
  const run = "project/reports/staged/";
  for (const [stage, flags] of stages) {
    const changed = await runWithin(
      copy,
      "staged",
      stage,
      ...flags.split(" ").filter(Boolean),
      ...["--backend", "wasm", "--threads", "1"],
    );
    assert.ok(changed.includes(`${run}${stage}/stage.json`), stage);
    for (const path of changed) {
      if (!path.startsWith(run)) continue;
      const [first, ...rest] = path.slice(run.length).split("/");
      if (first === stage) continue;
      // In the run's own folder: settings, times, and the report's files.
      assert.deepEqual(rest, [], `${stage} has changed ${path}`);
      if (stage !== "report") {
        assert.match(first, /^(config|timings)\.json$/, stage);
      }
    }
  }
}

Deno.test("the tasks write into the run's folder only", async (test) => {
  await using copy = await ProjectCopy.make();
  await test.step("all and verify", () => allAndVerify(copy));
  await test.step("each stage, into its own folder of it", () =>
    eachStage(copy));
  assert.deepEqual(await namesIn(`${copy.around}/project/reports`), [
    "staged",
    "whole",
  ]);
});
