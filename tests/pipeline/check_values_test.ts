/** What is refused of a command's values before any stage runs. */

import assert from "node:assert/strict";
import { plainFolder } from "../../lib/pipeline/run_input.ts";
import { takeLock } from "../../lib/store/lock.ts";
import { withFolder } from "./fake_pipeline.ts";

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
