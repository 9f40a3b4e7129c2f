/** What is refused of a command's values before any stage runs. */

import assert from "node:assert/strict";
import { list } from "../../lib/cli/parameters.ts";
import { checkValues } from "../../lib/pipeline/check_values.ts";
import type { StageRequest } from "../../lib/pipeline/request.ts";
import { plainFolder } from "../../lib/pipeline/run_input.ts";
import { takeLock } from "../../lib/store/lock.ts";
import { withFolder } from "./fake_pipeline.ts";

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

Deno.test("a run is not named as the folder that it is compared in, nor too long", () => {
  assert.equal(plainFolder("reports/verify-r"), "reports/verify-r");
  assert.throws(() => plainFolder("reports/.verify-r"), /no folder of a run/);
  assert.throws(
    () => plainFolder(`reports/${"é".repeat(101)}`),
    /name should have at most 200 bytes/,
  );
});

Deno.test("somebody's own file is not taken for a lock", () =>
  withFolder(async (folder) => {
    const path = `${folder}/.lock`;
    await Deno.writeTextFile(path, "data\n");
    await assert.rejects(takeLock(path), /it is no lock of this program/);
    assert.equal(await Deno.readTextFile(path), "data\n");
    // What a killed command and a crash of the machine have left.
    const long = `process 12 (${"x".repeat(300)})\n`;
    for (const text of ["", "\0\0\0", "process 12\n", long]) {
      await Deno.writeTextFile(path, text);
      const lock = await takeLock(path);
      assert.ok(lock !== undefined, JSON.stringify(text));
      lock.file?.close();
    }
  }));
