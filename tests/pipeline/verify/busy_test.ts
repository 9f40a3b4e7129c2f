/** A run on which other commands are working. */

import assert from "node:assert/strict";
import { RunError } from "../../../lib/cli/errors.ts";
import { releaseLock, takeLock } from "../../../lib/store/lock.ts";
import { withScratch } from "../../../lib/pipeline/verify/scratch.ts";
import { contentsOf, namesIn, withFolder } from "../fake_pipeline.ts";
import { verify, withRun } from "./verifiable_run.ts";

Deno.test("a run that another command works on is refused before anything", () =>
  withRun(async (run, folder) => {
    // What that command has not finished yet would look like a difference.
    await Deno.remove(`${run}/add/sum.txt`);
    const lock = (await takeLock(`${run}/.lock`, "deno task all"))!;
    const before = await contentsOf(folder);
    try {
      const { status, all } = await verify(run);
      assert.equal(status, 1);
      assert.match(
        all,
        /^\nCannot verify \S+: another command is running in it, process \d+ \(deno task all\)\n {2}try: wait/,
      );
      assert.deepEqual(await contentsOf(folder), before);
    } finally {
      await releaseLock(lock);
    }
    assert.match((await verify(run)).err, /1 file of \d+ differ/);
  }));

Deno.test("a scratch folder that another verify removes meanwhile is made again", () =>
  withFolder(async (folder) => {
    const { open } = Deno;
    let removed = 0;
    Deno.open = async (path, ...request) => {
      if (String(path).endsWith(".verify-r/lock") && removed++ === 0) {
        await Deno.remove(`${folder}/.verify-r`);
      }
      return await open(path, ...request);
    };
    try {
      const work = () => Promise.resolve("done");
      assert.equal(await withScratch(`${folder}/r`, "r", work), "done");
    } finally {
      Deno.open = open;
    }
    assert.ok(removed > 1);
    assert.deepEqual(await namesIn(folder), []);
    await withScratch(`${folder}/r`, "r", () =>
      assert.rejects(
        withScratch(`${folder}/r`, "r", () => Promise.resolve()),
        (error) => error instanceof RunError && /is verifying/.test(`${error}`),
      ));
  }));
