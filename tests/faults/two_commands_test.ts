/** Who holds a run's folder. */

import assert from "node:assert/strict";
import { RunError } from "../../lib/cli/errors.ts";
import { StageFolder } from "../../lib/store/stage_folder.ts";
import { lockHolder, releaseLock, takeLock } from "../../lib/store/lock.ts";
import { namesIn, withFolder } from "../pipeline/fake_pipeline.ts";

Deno.test("a lock says which process holds it, and for which command", () =>
  withFolder(async (run) => {
    const first = await StageFolder.open(run, "cnn", "deno task all");
    await assert.rejects(
      StageFolder.open(run, "cnn", "deno task cnn"),
      (error) => {
        assert.ok(error instanceof RunError);
        assert.equal(
          error.message,
          `Cannot run cnn: another command is running it in ${run}, ` +
            `process ${Deno.pid} (deno task all)`,
        );
        assert.match(String(error.remedy), /^wait until that command has/);
        return true;
      },
    );
    await first.discard();
  }));

Deno.test("a lock that a dead process has left is taken over", () =>
  withFolder(async (run) => {
    const path = `${run}/.cnn.lock`;
    // Longer than what the next one writes: none of it may stay.
    await Deno.writeTextFile(
      path,
      `process 999999999 (deno task ${"x".repeat(100)})\n`,
    );
    const folder = await StageFolder.open(run, "cnn", "deno task cnn");
    assert.equal(
      await Deno.readTextFile(path),
      `process ${Deno.pid} (deno task cnn)\n`,
    );
    await folder.discard();
    assert.deepEqual(await namesIn(run).catch(() => []), []);
  }));

Deno.test("what a lock's file says is read with care", () =>
  withFolder(async (folder) => {
    const path = `${folder}/.lock`;
    assert.equal(await lockHolder(path), undefined);
    for (const text of ["", "process 12", "\u001b[2Jprocess 1\n", "rm -rf\n"]) {
      await Deno.writeTextFile(path, text);
      assert.equal(await lockHolder(path), undefined, JSON.stringify(text));
    }
    await Deno.writeTextFile(path, "process 12 (deno task all)\nmore");
    assert.equal(await lockHolder(path), "process 12 (deno task all)");
  }));

Deno.test("a command that only looks for what a crash left stops nobody", () =>
  withFolder(async (run) => {
    const looking = await takeLock(`${run}/.cnn.lock`);
    const opening = StageFolder.open(run, "cnn");
    await new Promise((resolve) => setTimeout(resolve, 60));
    await releaseLock(looking!);
    const folder = await opening;
    await folder.discard();
  }));

Deno.test("of many at once one holds the folder", () =>
  withFolder(async (run) => {
    for (let round = 0; round < 5; round++) {
      const opened = await Promise.allSettled(
        Array.from({ length: 4 }, () => StageFolder.open(run, "cnn")),
      );
      const holders = opened.flatMap((one) =>
        one.status === "fulfilled" ? [one.value] : []
      );
      assert.equal(holders.length, 1);
      await holders[0].discard();
      await Deno.mkdir(run, { recursive: true });
    }
  }));
