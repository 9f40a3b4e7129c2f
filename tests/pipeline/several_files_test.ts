/** Inputs that are a folder, or a file that others are read with. */

import assert from "node:assert/strict";
import { bareName } from "../../lib/cli/input_files.ts";
import { basename, dirname } from "node:path";
import { silentProgress } from "../../lib/cli/progress.ts";
import { hashText } from "../../lib/store/hash.ts";
import { findStage } from "../../lib/pipeline/pipeline.ts";
import { defineStage } from "../../lib/pipeline/stage.ts";
import { rerunStage } from "../../lib/pipeline/verify/rerun_stage.ts";
import { readRecord } from "../../lib/store/record.ts";
import {
  command,
  fakePipeline,
  prepare,
  simulate,
  withFolder,
} from "./fake_pipeline.ts";

/** Joins `a/part.txt` and `b/part.txt` of a folder, or a file and `names.txt`. */
const joinParts = defineStage({
  ...prepare,
  async run(context) {
    const { input } = context.parameters;
    const files = (await Deno.stat(input)).isDirectory
      ? [`${input}/a/part.txt`, `${input}/b/part.txt`]
      : [`${dirname(input)}/names.txt`];
    await context.userInput(input);
    let text = "";
    for (const file of files) {
      await context.userInput(file, { of: input });
      text += await Deno.readTextFile(file);
    }
    await Deno.writeTextFile(`${context.folder}/kept.txt`, text);
    return { verdict: "joined" };
  },
});
const pipeline = fakePipeline([simulate, joinParts]);

/** Gives a test a run on a folder, or on a file beside another. */
function withInput(
  name: string,
  files: Readonly<Record<string, string>>,
  test: (run: string, input: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    for (const [file, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${folder}/${file}`), { recursive: true });
      await Deno.writeTextFile(`${folder}/${file}`, text);
    }
    const [run, input] = [`${folder}/run`, `${folder}/${name}`];
    const line = `--run ${run} --input ${input}`;
    const { status, err } = await command("all", line, pipeline);
    assert.deepEqual([status, err], [0, ""]);
    await test(run, input);
  });
}

async function inputsOf(run: string): Promise<Record<string, string>> {
  return (await readRecord(run, "prepare"))!.inputs;
}

/** What a dry run says of the stage. */
async function plan(run: string, input: string): Promise<string> {
  const line = `--run ${run} --input ${input} --dry-run`;
  return (await command("all", line, pipeline)).out.replaceAll(/\s+/g, " ");
}

const parts = { "in/a/part.txt": "one", "in/b/part.txt": "two" };
const pair = { "in/m.mtx": "matrix", "in/names.txt": "names" };

Deno.test("a folder is recorded by its names and by each file read, wherever it lies", () =>
  withInput("in/", parts, async (run, input) => {
    assert.deepEqual(await inputsOf(run), {
      "input:in": hashText('"a/part.txt"\n"b/part.txt"\n'),
      "input:in/a/part.txt": hashText("one"),
      "input:in/b/part.txt": hashText("two"),
    });
    assert.match(await plan(run, input), /prepare up to date/);
    assert.match(await plan(run, input.slice(0, -1)), /prepare up to date/);
  }));

Deno.test("a file that changes, comes or goes in the folder runs the stage", () =>
  withInput("in", parts, async (run, input) => {
    await Deno.writeTextFile(`${input}/.hidden`, "");
    assert.match(await plan(run, input), /prepare up to date/);
    await Deno.writeTextFile(`${input}/b/part.txt`, "three");
    assert.match(await plan(run, input), /would run: \S+b\/part\.txt has ch/);
    await Deno.writeTextFile(`${input}/b/part.txt`, "two");
    assert.match(await plan(run, input), /prepare up to date/);
    await Deno.writeTextFile(`${input}/c.txt`, "");
    assert.match(await plan(run, input), /would run: \S+\/in has changed/);
    await Deno.remove(`${input}/c.txt`);
    await Deno.remove(`${input}/a`, { recursive: true });
    assert.match(await plan(run, input), /a\/part\.txt cannot be read/);
  }));

Deno.test("a file beside the input counts, others there do not", () =>
  withInput("in/m.mtx", pair, async (run, input) => {
    assert.deepEqual(await inputsOf(run), {
      "input:m.mtx": hashText("matrix"),
      "input:m.mtx+names.txt": hashText("names"),
    });
    await Deno.writeTextFile(`${dirname(input)}/other.txt`, "");
    assert.match(await plan(run, input), /prepare up to date/);
    await Deno.writeTextFile(`${dirname(input)}/names.txt`, "others");
    assert.match(
      await plan(run, input),
      /would run: \S+names\.txt has changed/,
    );
  }));

Deno.test("a copy of all files may stand for them, a part of them may not", () =>
  withInput("in/m.mtx", pair, async (run, input) => {
    const copy = `${dirname(input)}/copy`;
    await Deno.mkdir(copy);
    await Deno.copyFile(input, `${copy}/m2.mtx`);
    assert.match(await plan(run, `${copy}/m2.mtx`), /^$/);
    await Deno.writeTextFile(`${copy}/names.txt`, "names");
    assert.match(await plan(run, `${copy}/m2.mtx`), /input m\.mtx -> m2\.mtx/);
  }));

for (
  const [what, name, files] of [
    ["a folder", "in", parts],
    ["a file with another", "in/m.mtx", pair],
  ] as const
) {
  Deno.test(`${what} is found again to verify the run, and every file checked`, () =>
    withInput(name, files, async (run, input) => {
      const record = (await readRecord(run, "prepare"))!;
      assert.equal(record.parameters.input, basename(input));
      const scratch = `${run}-scratch`;
      await Deno.mkdir(scratch);
      const again = (data: string, paths: string[] = []) =>
        rerunStage(
          record,
          fakePipeline([simulate, findStage(pipeline, "prepare")]),
          {
            ...{ runFolder: run, scratch, threads: 1, data },
            paths: Map.groupBy(paths, bareName),
            readsUserFiles: true,
          },
          silentProgress,
        );
      assert.deepEqual(await again(dirname(input)), record);
      // A path that the run remembers, in the folder that the user names.
      const around = dirname(dirname(input));
      assert.deepEqual(await again(around, [`${input}/`]), record);
      const [last] = Object.keys(files).slice(-1);
      const path = `${dirname(run)}/${last}`;
      await Deno.writeTextFile(path, "changed");
      await assert.rejects(again(dirname(input)), /is not the file that it/);
      await Deno.remove(path);
      await assert.rejects(
        again(dirname(input)),
        /which is not there|does not hold the files/,
      );
    }));
}
