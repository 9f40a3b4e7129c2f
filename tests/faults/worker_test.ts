/** A stage whose workers fail: the command says why, and keeps the rest. */

import assert from "node:assert/strict";
import { runCached } from "../../lib/store/cached_tasks.ts";
import { mapInWorkers } from "../../lib/workers/pool.ts";
import { defineStage } from "../../lib/pipeline/stage.ts";
import {
  command,
  contentsOf,
  fakeStudy,
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
    /task \d of \d: Array buffer allocation failed$/,
  ],
};

for (const [name, [fault, cause]] of Object.entries(faults)) {
  Deno.test(`a worker that ${name} fails its stage; mended, it goes on`, () =>
    withFolder(async (run) => {
      const study = (of: string) => fakeStudy([simulate, prepare, squares(of)]);
      const broken = await command("all", `--run ${run}`, study(fault));
      assert.equal(broken.status, 1);
      assert.match(broken.err, cause);
      assert.equal(broken.err.split("\n").length, 1, broken.err);
      const before = await contentsOf(`${run}/prepare`);
      assert.ok(!(await namesIn(run)).includes("square"));
      const mended = await command("all", `--run ${run}`, study(""));
      assert.equal(mended.status, 0, mended.err);
      assert.match(mended.out, /prepare +up to date/);
      assert.deepEqual(await contentsOf(`${run}/prepare`), before);
      assert.equal(
        await Deno.readTextFile(`${run}/square/squares.txt`),
        "0,1,4,9,16,25",
      );
      assert.ok((await namesIn(run)).every((entry) => !entry.startsWith(".")));
    }));
}

Deno.test("a disk that is full when a result comes is told as that", () =>
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
      fakeStudy([simulate, prepare, stage]),
    );
    assert.equal(status, 1);
    assert.match(err, /^Cannot finish full: the disk is full\n {2}try: make/);
  }));
