/** A run that was killed in every stage ends as one that was not. */

import assert from "node:assert/strict";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";
import { endOf } from "./ended.ts";
import { runScript, startScript } from "./run_script.ts";
import { quickest } from "./small_matrix.ts";
import { copySmallRun } from "./small_run.ts";

const stages = [
  "prepare",
  "cnn",
  "shap",
  "clusters",
  "ttest",
  "checks",
  "report",
];

/**
 * Checkpoints that a stage has before it is killed. What `checks` has asked
 * for by its fifth one, it asks for no more when it goes on.
 */
const CHECKPOINTS: Readonly<Record<string, number>> = {
  cnn: 1,
  shap: 1,
  clusters: 1,
  ttest: 1,
  checks: 5,
};

/** Kills the command as soon as it has done a part of a stage. */
async function killIn(
  stage: string,
  run: string,
  command: Deno.ChildProcess,
): Promise<boolean> {
  let ended = false;
  const output = endOf(command).finally(() => ended = true);
  while (!ended) {
    const isBegun = stage in CHECKPOINTS
      ? (await namesIn(`${run}/.${stage}.kept`).catch(() => []))
        .filter((name) => name.endsWith(".checkpoint")).length >=
        CHECKPOINTS[stage]
      : (await namesIn(run).catch(() => []))
        .some((name) => name.startsWith(`.${stage}.`));
    if (isBegun) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  if (!ended) command.kill("SIGKILL");
  return !(await output).success;
}

Deno.test("killed in every stage, the run ends in the same bytes", () =>
  withFolder(async (folder) => {
    const { run: whole, input } = await copySmallRun(folder);
    const flags = ["--input", input, ...quickest];
    // The report names the run, and not where it is.
    const killed = `${folder}/killed/small`;

    let kills = 0;
    for (const stage of stages) {
      const command = startScript(folder, "all", "--run", killed, ...flags);
      if (await killIn(stage, killed, command)) kills++;
    }
    // A stage of a few milliseconds may be over before it is seen.
    assert.ok(kills >= 3, `only ${kills} of ${stages.length} were killed`);
    const last = await runScript(folder, "all", "--run", killed, ...flags);
    assert.equal(last.code, 0, last.err);

    assert.deepEqual(await namesIn(killed), await namesIn(whole));
    assert.deepEqual(await contentsOf(killed), await contentsOf(whole));
  }));
