/** A stage whose workers fail: the command says why, and keeps the rest. */

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { runCached } from "../../lib/store/cached_tasks.ts";
import { mapInWorkers } from "../../lib/workers/pool.ts";
import { defineStage } from "../../lib/pipeline/stage.ts";
import {
  command,
  contentsOf,
  fakePipeline,
  namesIn,
  prepare,
  simulate,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

/** Squares numbers in two workers; the fourth task is as `fault` has it. */
function squares(fault: string) {
  const text = "export const setUp = () => {};" +
    `export const work = (task) => { if (task === 3) { ${fault} } ` +
    "return task * task; };";
  return defineStage({
    module: import.meta.url,
    name: "square",
    summary: "squares numbers",
    needs: ["prepare"],
    parameters: {},
    async run(context) {
      await context.artifact("prepare/kept.txt");
      const checkpoints = await context.checkpoints();
      const results: number[] = [];
      await runCached<number, number>(
        checkpoints,
        "squares",
        [0, 1, 2, 3, 4, 5],
        (tasks, onResult) =>
          mapInWorkers<null, number, number>({
            module: new URL(
              "data:text/javascript," + encodeURIComponent(text),
            ),
            setup: null,
            tasks,
            threads: 2,
            onResult,
          }),
        (result, index) => results[index] = result,
      );
      await Deno.writeTextFile(`${context.folder}/squares.txt`, `${results}`);
      return { verdict: `${results.length} squares` };
    },
  });
}

const faults: Readonly<Record<string, [string, RegExp]>> = {
  "throws": ["throw new Error('broken');", /task \d of \d: broken$/],
  "throws where nobody catches": [
    "setTimeout(() => { throw new Error('stray'); });" +
    "return new Promise(() => {});",
    /task \d of \d: stray$/,
  ],
  "ends itself": ["close();", /task \d of \d: a task tried to end its worker$/],
  "asks for more memory than there is": [
    "new ArrayBuffer(2 ** 50);",
    /task \d of \d: the memory is not enough\n {2}try: give fewer --threads, /,
  ],
};

for (const [name, [fault, cause]] of Object.entries(faults)) {
  Deno.test(`a worker that ${name} fails its stage; once fixed, it goes on`, () =>
    withFolder(async (run) => {
      const pipeline = (fault: string) =>
        fakePipeline([simulate, prepare, squares(fault)]);
      const broken = await command("all", `--run ${run}`, pipeline(fault));
      assert.equal(broken.status, 1);
      assert.match(broken.err, cause);
      assert.equal(
        broken.err.split("\n").length,
        broken.err.includes("\n  try: ") ? 2 : 1,
        broken.err,
      );
      const before = await contentsOf(`${run}/prepare`);
      assert.ok(!(await namesIn(run)).includes("square"));
      const fixed = await command("all", `--run ${run}`, pipeline(""));
      assert.equal(fixed.status, 0, fixed.err);
      assert.match(fixed.out, /prepare +up to date/);
      assert.deepEqual(await contentsOf(`${run}/prepare`), before);
      assert.equal(
        await Deno.readTextFile(`${run}/square/squares.txt`),
        "0,1,4,9,16,25",
      );
      assert.ok((await namesIn(run)).every((entry) => !entry.startsWith(".")));
    }));
}

Deno.test("a disk that is full when a result comes is named", () =>
  withFolder(async (run) => {
    const stage = defineStage({
      ...squares(""),
      name: "full",
      needs: [],
      run: () =>
        mapInWorkers<null, number, number>({
          module: new URL(
            "data:text/javascript,export const setUp = () => {};" +
              "export const work = () => 1;",
          ),
          setup: null,
          tasks: [1, 2],
          threads: 2,
          onResult() {
            throw Object.assign(
              new Error("No space left on device (os error 28): write"),
              { code: "ENOSPC" },
            );
          },
        }).then(() => ({ verdict: "" })),
    });
    const { status, err } = await command(
      "full",
      `--run ${run}`,
      fakePipeline([simulate, prepare, stage]),
    );
    assert.equal(status, 1);
    assert.match(err, /^Cannot finish full: the disk is full\n {2}try: make/);
  }));

Deno.test("checkpoints of other code are not used", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    const modules = ["one", "other"].map((name) => `${folder}/${name}.ts`);
    for (const path of modules) {
      await Deno.writeTextFile(path, `export const name = "${path}";\n`);
    }
    let tasks = 0;
    const attempt = (path: string, fails: boolean) =>
      command(
        "all",
        `--run ${run}`,
        fakePipeline([simulate, prepare, {
          ...squares(""),
          module: pathToFileURL(path).href,
          async run(context) {
            const checkpoints = await context.checkpoints();
            await runCached(checkpoints, "task", [1, 2], (todo, onResult) => {
              tasks += todo.length;
              todo.forEach((_, index) => onResult(0, index));
              return Promise.resolve();
            }, () => {});
            // Not opened again: what is in it now was not left by an interrupted command.
            assert.equal(await context.checkpoints(), checkpoints);
            if (fails) throw new Error("the device was lost");
            return { verdict: "done" };
          },
        }]),
      );
    const [one, other] = modules;
    assert.equal((await attempt(one, true)).status, 1);
    assert.equal((await attempt(one, true)).status, 1);
    assert.equal(tasks, 2);
    const { status, err } = await attempt(other, false);
    assert.equal(status, 0);
    assert.equal(tasks, 4);
    assert.doesNotMatch(err, /goes on from/);
  }));
