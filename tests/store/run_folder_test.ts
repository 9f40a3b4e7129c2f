/** A run's folder that came from elsewhere. */

import assert from "node:assert/strict";
import { checkRunFolder } from "../../lib/store/check_run_folder.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { cleanCommand } from "../../lib/pipeline/clean_command.ts";
import { makePipe } from "../make_pipe.ts";
import {
  command,
  contentsOf,
  fakePipeline,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

const { stages } = fakePipeline();

/** A whole run beside a folder that no command may touch. */
function withRun(
  test: (run: string, outside: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const [run, outside] = [`${folder}/run`, `${folder}/outside`];
    await command("all", `--run ${run} --quiet`);
    await Deno.mkdir(`${outside}/inner`, { recursive: true });
    await Deno.writeTextFile(`${outside}/thesis.tex`, "thesis");
    await Deno.writeTextFile(`${outside}/inner/a.txt`, "a");
    await test(run, outside);
  });
}

/** What the refusal says. */
async function refusalOf(run: string): Promise<InputError> {
  try {
    await checkRunFolder(run, stages);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error;
  }
  assert.fail("it was taken");
}

/** Every name that a command reads, writes, moves or removes in a run. */
const folders = [
  "add",
  "report",
  ".add.old",
  ".add.kept",
  ".add.partial-1a2b",
  "add/.beside",
];
const files = [
  "config.json",
  "timings.json",
  "report.md",
  ".lock",
  ".add.lock",
  ".config.json.partial-1a2b",
  "add/stage.json",
  "add/sum.txt",
  "add/unknown.txt",
  "add/.beside/report.md",
  ".add.old/stage.json",
  ".add.kept/key",
  ".add.kept/epoch.checkpoint",
  ".add.partial-1a2b/stage.json",
];

async function replace(
  path: string,
  make: (path: string) => Promise<void>,
): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch(() => {});
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await make(path);
}

Deno.test("a whole run is taken, and so is one that is not there", () =>
  withRun(async (run) => {
    await checkRunFolder(run, stages);
    await checkRunFolder(`${run}/nothing`, stages);
    // What no command uses may be anything.
    await Deno.symlink("nowhere", `${run}/notes`);
    await checkRunFolder(run, stages);
  }));

Deno.test({
  name: "a link in any name of a run is refused by every command",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withRun(async (run, outside) => {
      for (const name of [...folders, ...files]) {
        const copy = `${run}-${name.replaceAll("/", "-")}`;
        await command("all", `--run ${copy} --quiet`);
        const target = folders.includes(name)
          ? outside
          : `${outside}/thesis.tex`;
        await replace(`${copy}/${name}`, (path) => Deno.symlink(target, path));
        const before = await contentsOf(outside);
        for (
          const [task, flags] of [
            ["all", ""],
            ["all", "--dry-run"],
            ["all", "--force"],
            ["add", ""],
            ["report", "--dry-run"],
          ]
        ) {
          const said = await command(task, `--run ${copy} ${flags}`);
          assert.deepEqual([said.status, said.out], [2, ""], name);
          assert.match(
            said.err,
            /is a link and should be a (file|folder)\n {2}try: remove it, or/,
          );
          assert.ok(said.err.includes(`${copy}/${name} is`), said.err);
        }
        const err: string[] = [];
        const status = await cleanCommand(
          fakePipeline(),
          ["--run", copy, "--yes"],
          { out() {}, err: (line) => err.push(line) },
        );
        assert.equal(status, 2);
        assert.match(err[0], /is a link and should be/);
        assert.deepEqual(await contentsOf(outside), before, name);
        assert.ok((await Deno.lstat(`${copy}/${name}`)).isSymlink);
      }
    }),
});

Deno.test({
  name: "a pipe in a file's place makes no command wait",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withRun(async (run, outside) => {
      const pipe = `${outside}/pipe`;
      await makePipe(pipe);
      for (const name of [...files, "add"]) {
        const copy = `${run}-${name.replaceAll("/", "-")}`;
        await command("all", `--run ${copy} --quiet`);
        await replace(`${copy}/${name}`, (path) => Deno.link(pipe, path));
        for (const flags of ["", "--dry-run"]) {
          const { status, err } = await command(
            "all",
            `--run ${copy} ${flags}`,
          );
          assert.equal(status, 2, name);
          assert.match(err, /is a pipe or device and should be a f/);
        }
      }
    }),
});

Deno.test("a folder in a file's place is refused, and a file in a folder's", () =>
  withRun(async (run) => {
    for (
      const name of files.filter((name) => !/^add\/\w+\.txt|partial/.test(name))
    ) {
      const copy = `${run}-${name.replaceAll("/", "-")}`;
      await command("all", `--run ${copy} --quiet`);
      await replace(`${copy}/${name}`, (path) => Deno.mkdir(path));
      const { status, err } = await command("all", `--run ${copy}`);
      assert.equal(status, 2, name);
      assert.ok(err.includes(`/${name} is a folder and should be a file`), err);
    }
    for (const name of folders) {
      const copy = `${run}-file-${name.replaceAll("/", "-")}`;
      await command("all", `--run ${copy} --quiet`);
      await replace(
        `${copy}/${name}`,
        (path) => Deno.writeTextFile(path, "mine"),
      );
      const { status, err } = await command("all", `--run ${copy}`);
      assert.equal(status, 2, name);
      assert.ok(err.includes(`/${name} is a file and should be a folder`), err);
      assert.equal(await Deno.readTextFile(`${copy}/${name}`), "mine");
    }
  }));

Deno.test({
  name: "of several the first is named, and how many there are",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withRun(async (run) => {
      await Deno.symlink("x", `${run}/add/b\u001b[2J`);
      const one = await refusalOf(run);
      assert.equal(
        one.message,
        `Cannot use ${run}: ${run}/add/b\\u{1b}[2J is a link and should be a file`,
      );
      await Deno.symlink("x", `${run}/add/a`);
      await Deno.mkdir(`${run}/add/deep/er`, { recursive: true });
      await Deno.symlink("x", `${run}/add/deep/er/c`);
      const { message } = await refusalOf(run);
      assert.ok(message.includes("add/a is a link"), message);
      assert.match(message, /, and 2 more paths are of a wrong kind$/);
    }),
});

Deno.test({
  name: "a run of links into an annex is to be copied with their files",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withRun(async (run) => {
      const path = `${run}/add/sum.txt`;
      const annex = "../../../.git/annex/objects/Zx/9q/SHA256E-s3--ab/ab.txt";
      await replace(path, (path) => Deno.symlink(annex, path));
      assert.equal(
        (await refusalOf(run)).remedy,
        "copy the run with the files that its links lead to: " +
          `cp -rL ${run} ${run}-copy`,
      );
      // Not if any of them leads anywhere else.
      for (
        const target of ["/etc/passwd", `${annex}/../../../../../../../key`]
      ) {
        await replace(
          `${run}/add/z.txt`,
          (path) => Deno.symlink(target, path),
        );
        assert.match(String((await refusalOf(run)).remedy), /^remove it/);
      }
    }),
});
