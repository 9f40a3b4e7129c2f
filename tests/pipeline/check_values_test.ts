/** What is refused of a command's values before any stage runs. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { list } from "../../lib/cli/parameters.ts";
import { checkValues } from "../../lib/pipeline/check_values.ts";
import type { StageRequest } from "../../lib/pipeline/request.ts";
import { plainFolder } from "../../lib/pipeline/run_input.ts";
import { takeLock } from "../../lib/store/lock.ts";
import type { Stage } from "../../lib/pipeline/stage.ts";
import {
  add,
  command,
  fakePipeline,
  namesIn,
  prepare,
  report,
  simulate,
  withFolder,
} from "./fake_pipeline.ts";

Deno.test("two files of one name are refused, since a record could not tell them apart", () =>
  withFolder(async (folder) => {
    for (const part of ["a", "b"]) {
      await Deno.mkdir(`${folder}/${part}`);
      await Deno.writeTextFile(`${folder}/${part}/x.gmt`, "");
    }
    await Deno.writeTextFile(`${folder}/a/y.gmt`, "");
    const check = (...sets: string[]) => {
      const parameters = { sets: list("FILE", "sets") };
      const request = { stage: { parameters }, values: { sets } };
      return checkValues([request as unknown as StageRequest]);
    };
    await check(`${folder}/a/x.gmt`, `${folder}/a/y.gmt`);
    await assert.rejects(
      check(`${folder}/a/x.gmt`, `${folder}/b/x.gmt`),
      /Cannot use --sets: two files are named 'x\.gmt'/,
    );
  }));

Deno.test("a stage's check is given the values of the command's other stages", async () => {
  const seen: unknown[] = [];
  const requests = [
    { stage: { name: "first", parameters: {} }, values: { size: 3 } },
    {
      stage: {
        name: "second",
        parameters: {},
        check: (_: unknown, valuesOf: (stage: string) => unknown) =>
          seen.push(valuesOf("first"), valuesOf("third")),
      },
      values: {},
    },
  ];
  await checkValues(requests as unknown as StageRequest[]);
  assert.deepEqual(seen, [{ size: 3 }, undefined]);
});

Deno.test("what does not fit a stage's files is refused before the stages between", () =>
  withFolder(async (run) => {
    const checked: boolean[] = [];
    const last: Stage = {
      ...report,
      checkAfter: {
        stage: "prepare",
        check: async (_, has) => {
          checked.push(
            await has({ file: "prepare/kept.txt" }),
            await has({ file: "prepare/extra.txt" }),
          );
          throw new InputError("Cannot report: it does not fit");
        },
      },
    };
    const stages = fakePipeline([simulate, prepare, add, last]);
    // The second time the stage is up to date.
    for (let times = 1; times <= 2; times++) {
      const { status, err } = await command("all", `--run ${run}`, stages);
      assert.equal(status, 2);
      assert.match(err, /Cannot report: it does not fit/);
      assert.equal(checked.length, 2 * times);
      const made = await namesIn(run);
      assert.ok(made.includes("prepare") && !made.includes("add"));
    }
    assert.deepEqual(checked.slice(0, 2), [true, false]);
  }));

Deno.test("a run is not named as the folder that it is compared in, nor too long", () => {
  assert.equal(plainFolder("reports/verify-r"), "reports/verify-r");
  for (const name of ["reports/.verify-r", "reports/.verify-r/run"]) {
    assert.throws(() => plainFolder(name), /no folder of a run/);
  }
  assert.throws(
    () => plainFolder(`reports/${"é".repeat(101)}`),
    /name should have at most 200 bytes/,
  );
});

Deno.test("somebody's own file is not taken for a lock", () =>
  withFolder(async (folder) => {
    const path = `${folder}/.lock`;
    const notes = ["data\n", "process notes: my protocol\n", "x\xff"];
    for (
      const bytes of notes.map((text) =>
        Uint8Array.from(text, (c) => c.charCodeAt(0))
      )
    ) {
      await Deno.writeFile(path, bytes);
      await assert.rejects(takeLock(path), InputError);
      assert.deepEqual(await Deno.readFile(path), bytes);
    }
    // What a killed command and a crash of the machine have left.
    const long = `process 12 (${"x".repeat(300)})\n`;
    for (const text of ["", "\0\0\0", "process 12\n", long]) {
      await Deno.writeTextFile(path, text);
      const lock = await takeLock(path);
      assert.ok(lock !== undefined, JSON.stringify(text));
      lock.file?.close();
    }
  }));

Deno.test("a user's own timings.json is not replaced", () =>
  withFolder(async (run) => {
    const path = `${run}/timings.json`;
    for (const text of ['{"my own": "hours"}', "12 h\n", "[]"]) {
      await Deno.writeTextFile(path, text);
      const { status, err } = await command("all", `--run ${run}`);
      assert.equal(status, 2, text);
      assert.match(
        err,
        /timings\.json: the file there holds no times of stages/,
      );
      assert.equal(await Deno.readTextFile(path), text);
    }
    // Cut off or emptied when the machine lost its power.
    for (const text of ["", "\0\0", '{\n  "simulate": {\n    "seconds": 1']) {
      await Deno.writeTextFile(path, text);
      assert.equal((await command("all", `--run ${run} --force`)).status, 0);
    }
  }));

Deno.test("a folder of somebody else's that is named as a stage is not replaced", () =>
  withFolder(async (run) => {
    await Deno.mkdir(`${run}/add`);
    await Deno.writeTextFile(`${run}/add/sum.txt`, "mine");
    const { status, err } = await command("all", `--run ${run}`);
    assert.equal(status, 2);
    assert.match(
      err,
      /^Cannot begin in \S+: it holds \S+add\/sum\.txt and no run/,
    );
    assert.equal(await Deno.readTextFile(`${run}/add/sum.txt`), "mine");
  }));

Deno.test("no file in a stage's folder for the run's own replaces what it does not declare", () =>
  withFolder(async (run) => {
    assert.equal((await command("all", `--run ${run}`)).status, 0);
    await Deno.writeTextFile(`${run}/notes.md`, "mine");
    await Deno.writeTextFile(`${run}/report.md`, "edited");
    await Deno.mkdir(`${run}/report/.beside`);
    for (const name of ["notes.md", "report.md"]) {
      await Deno.writeTextFile(`${run}/report/.beside/${name}`, "other");
    }
    await command("all", `--run ${run}`);
    assert.equal(await Deno.readTextFile(`${run}/notes.md`), "mine");
    assert.equal(await Deno.readTextFile(`${run}/report-2.md`), "edited");
  }));
