/** A stage's flag that names a file need not be dotted. */

import assert from "node:assert/strict";
import { text } from "../../lib/cli/parameters.ts";
import { flagsOf } from "../../lib/pipeline/flag_names.ts";
import { defineStage } from "../../lib/pipeline/stage.ts";
import {
  command,
  fakePipeline,
  prepare,
  report,
  simulate,
  withFolder,
} from "./fake_pipeline.ts";

/** Adds a number of the user's to the numbers. */
const add = defineStage({
  module: import.meta.url,
  name: "add",
  summary: "adds a number to the numbers",
  needs: ["prepare"],
  parameters: { extra: text("", "FILE", "a number to add") },
  plainFlags: ["extra"],
  async run(context) {
    const { extra } = context.parameters;
    const paths = [await context.artifact("prepare/kept.txt"), extra];
    if (extra !== "") await context.userInput(extra);
    let sum = 0;
    for (const path of paths.filter((path) => path !== "")) {
      for (const line of (await Deno.readTextFile(path)).split("\n")) {
        sum += Number(line);
      }
    }
    await Deno.writeTextFile(`${context.folder}/sum.txt`, String(sum));
    return { verdict: `the sum is ${sum}` };
  },
});

const pipeline = fakePipeline([simulate, prepare, add, report]);

Deno.test("the flag is bare on all, in the help and in config.json", () =>
  withFolder(async (folder) => {
    assert.ok(Object.hasOwn(flagsOf(pipeline, "all"), "extra"));
    assert.match(
      (await command("all", "--help", pipeline)).out,
      / {2}--extra /,
    );
    const file = `${folder}/extra.txt`;
    await Deno.writeTextFile(file, "1000");
    const run = `${folder}/run`;
    const flags = `--run ${run} --extra ${file}`;
    const { status, err } = await command("all", flags, pipeline);
    assert.equal(status, 0, err);
    const config = JSON.parse(await Deno.readTextFile(`${run}/config.json`));
    assert.match(config.extra, /extra\.txt$/);
    const changed = async (text: string) => {
      await Deno.writeTextFile(file, text);
      const { out } = await command("all", `--run ${run} --dry-run`, pipeline);
      return out.split("\n").filter((line) => line.includes("would run"))
        .map((line) => line.trim().split(/\s+/)[0]);
    };
    assert.deepEqual(await changed("1000"), []);
    // Only the stage that reads it, and those behind it.
    assert.deepEqual(await changed("2000"), ["add", "report"]);
  }));

Deno.test("a file that is not there is found before anything runs", () =>
  withFolder(async (folder) => {
    const flags = `--run ${folder}/run --extra ${folder}/none.txt`;
    const { status, err } = await command("all", flags, pipeline);
    assert.equal(status, 2);
    assert.match(err, /none\.txt: there is no such file/);
    await assert.rejects(Deno.stat(`${folder}/run/prepare`));
  }));

Deno.test("two stages cannot have the same bare flag", () => {
  const other = { ...add, name: "other" };
  assert.throws(
    () => flagsOf(fakePipeline([simulate, prepare, add, other]), "all"),
    /--extra of other is a flag of another stage/,
  );
});
