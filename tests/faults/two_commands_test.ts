/** Who holds a run's folder. */

import assert from "node:assert/strict";
import { InputError, RunError } from "../../lib/cli/errors.ts";
import type { Terminal } from "../../lib/cli/terminal.ts";
import { withRunLock } from "../../lib/pipeline/run_lock.ts";
import {
  isLocked,
  lockHolder,
  releaseLock,
  takeLock,
} from "../../lib/store/lock.ts";
import {
  add,
  command,
  contentsOf,
  fakePipeline,
  namesIn,
  prepare,
  simulate,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

const silent: Terminal = { out() {}, err() {} };

/** Does work while a command holds a run's lock. */
const hold = (runFolder: string, command: string, work: () => Promise<void>) =>
  withRunLock({ runFolder, command, quiet: false }, silent, work);

Deno.test("a lock says which process holds it, and for which command", () =>
  withFolder((run) =>
    hold(run, "all", () =>
      assert.rejects(
        hold(run, "cnn", () => assert.fail("it holds the folder, too")),
        (error) => {
          assert.ok(error instanceof RunError);
          assert.equal(
            error.message,
            `Cannot run cnn: another command is running in ${run}, ` +
              `process ${Deno.pid} (deno task all)`,
          );
          assert.match(String(error.remedy), /^wait until that command has/);
          return true;
        },
      ))
  ));

Deno.test("a lock that a dead process has left is taken over", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    const path = `${run}/.lock`;
    await Deno.mkdir(run);
    // Longer than what the next one writes: none of it may stay.
    await Deno.writeTextFile(
      path,
      `process 999999999 (deno task ${"x".repeat(100)})\n`,
    );
    await hold(run, "cnn", async () => {
      assert.equal(
        await Deno.readTextFile(path),
        `process ${Deno.pid} (deno task cnn)\n`,
      );
    });
    assert.deepEqual(await namesIn(run), []);
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

Deno.test("of many at once one holds the folder", () =>
  withFolder(async (run) => {
    for (let round = 0; round < 5; round++) {
      const path = `${run}/.lock`;
      const locks = await Promise.all(
        Array.from({ length: 4 }, () => takeLock(path)),
      );
      const holders = locks.filter((lock) => lock !== undefined);
      assert.equal(holders.length, 1);
      assert.ok(await isLocked(path));
      await releaseLock(holders[0]);
    }
  }));

Deno.test("nothing but a file is taken for a lock", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/folder`);
    await Deno.writeTextFile(`${folder}/mine`, "thesis");
    await Deno.symlink(`${folder}/mine`, `${folder}/link`);
    for (const name of ["folder", "link"]) {
      await assert.rejects(takeLock(`${folder}/${name}`), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, new RegExp(`is a ${name} and should be`));
        return true;
      });
    }
    assert.equal(await Deno.readTextFile(`${folder}/mine`), "thesis");
  }));

/** The pipeline with a stage `wait` that calls `meanwhile` while it runs. */
const waiting = (meanwhile: () => Promise<void>) =>
  fakePipeline([simulate, prepare, add, {
    ...simulate,
    name: "wait",
    parameters: {},
    async run() {
      await meanwhile();
      return { verdict: "waited" };
    },
  }]);

Deno.test("while one command runs, no other changes the run", () =>
  withFolder(async (run) => {
    let tried = 0;
    const { status, err } = await command(
      "all",
      `--run ${run}`,
      waiting(async () => {
        const before = await contentsOf(run);
        for (
          const [name, flags] of [
            ["all", "--seed 8"],
            ["all", "--force"],
            ["all", ""],
            ["prepare", "--keep 2"],
            ["add", ""],
          ]
        ) {
          tried++;
          const second = await command(name, `--run ${run} ${flags}`);
          assert.equal(second.status, 1, `${name} ${flags}`);
          assert.match(second.err, /: another command is running in .*\(deno/);
          assert.equal(second.err.split("\n").length, 2);
        }
        assert.deepEqual(await contentsOf(run), before);
      }),
    );
    assert.equal(status, 0, err);
    assert.equal(tried, 5);
    assert.ok((await namesIn(run)).every((name) => !name.startsWith(".")));
  }));

/** Lets every lock of this process fail in one way. */
async function withLockError(
  error: Error,
  work: () => Promise<void>,
): Promise<void> {
  const { tryLock } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.tryLock = () => Promise.reject(error);
  try {
    await work();
  } finally {
    Deno.FsFile.prototype.tryLock = tryLock;
  }
}

Deno.test("a file system without locks is noted once, and used", () =>
  withFolder(async (folder) => {
    const number = { linux: 37, darwin: 77, windows: 50 }[
      Deno.build.os as string
    ];
    for (
      const [name, error] of Object.entries({
        numbered: new Error(`No locks available (os error ${number})`),
        coded: Object.assign(new Error("no"), { code: "ENOTSUP" }),
        named: Object.assign(new Error("no"), { code: "EOPNOTSUPP" }),
      })
    ) {
      await withLockError(error, async () => {
        const run = `${folder}/${name}`;
        const { status, err } = await command("all", `--run ${run}`);
        assert.equal(status, 0, err);
        assert.equal(
          err,
          "note: this file system has no locks, so nothing keeps a second " +
            `command out of ${run}\nreport    note: there is nothing extra`,
        );
        const quiet = await command("all", `--run ${run} --quiet`);
        assert.equal(quiet.err, "");
        assert.ok(!(await namesIn(run)).includes(".lock"));
      });
    }
  }));

Deno.test("any other error of a lock ends the command", () =>
  withFolder((run) =>
    withLockError(
      Object.assign(new Error("Input/output error"), { code: "EIO" }),
      async () => {
        const { status } = await command("all", `--run ${run}`);
        assert.equal(status, 1);
        assert.ok(!(await namesIn(run)).includes("simulate"));
      },
    )
  ));
