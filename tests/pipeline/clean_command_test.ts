import assert from "node:assert/strict";
import { cleanCommand } from "../../lib/pipeline/clean_command.ts";
import { scratchFolder, scratchLock } from "../../lib/store/leftovers.ts";
import { releaseLock, takeLock } from "../../lib/store/lock.ts";
import {
  command,
  contentsOf,
  fakePipeline,
  namesIn,
  withFolder,
} from "./fake_pipeline.ts";

async function clean(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await cleanCommand(fakePipeline(), args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { status, out: out.join("\n"), err: err.join("\n") };
}

/** Makes files and the folders around them. */
async function write(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, "x".repeat(1500));
  }
}

Deno.test("a finished run has nothing to clean", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    await command("all", `--run ${run} --quiet`);
    const { status, out } = await clean("--run", run);
    assert.equal(status, 0);
    assert.equal(out, `No interrupted command has left anything in ${run}.`);
  }));

Deno.test("what is left is listed, and removed only if asked for", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    await command("all", `--run ${run} --quiet`);
    const results = await contentsOf(run);
    await write(
      folder,
      "run/.add.kept/key",
      "run/.add.kept/epoch.checkpoint",
      "run/.prepare.partial-1a2b/kept.txt",
      "run/.report.old/summary.json",
      "run/.config.json.partial-3c4d",
      ".verify-run/run/cnn/a.csv",
    );
    await Deno.writeTextFile(`${run}/.simulate.lock`, "");
    await Deno.writeTextFile(`${run}/.lock`, "");
    // None of these is a name that a stage gives.
    const foreign = [
      ".other.kept/x",
      ".addkept/x",
      "notes/.add.kept/x",
      ".add",
    ];
    await write(run, ...foreign);
    const before = await contentsOf(folder);
    const listed = await clean("--run", run);
    assert.equal(
      listed.out,
      `Interrupted commands have left 9.0 kB in ${run}:\n` + [
        `  ${run}/.add.kept  3.0 kB, checkpoints: add would go on from them`,
        `  ${folder}/.verify-run  1.5 kB, a comparison by verify`,
        `  ${run}/.config.json.partial-3c4d  1.5 kB, a part of config.json`,
        `  ${run}/.prepare.partial-1a2b  1.5 kB, a part of prepare`,
        `  ${run}/.report.old  1.5 kB, the earlier report`,
        `  ${run}/.lock  0 B, a lock`,
        `  ${run}/.simulate.lock  0 B, a lock of an earlier version`,
        `  to remove it: deno task clean --run ${run} --yes`,
      ].join("\n"),
    );
    assert.deepEqual(await contentsOf(folder), before);

    const removed = await clean("--run", run, "--yes");
    assert.equal(removed.status, 0, removed.err);
    for (const name of foreign) await Deno.remove(`${run}/${name}`);
    for (
      const name of [".other.kept", ".addkept", "notes/.add.kept", "notes"]
    ) {
      await Deno.remove(`${run}/${name}`);
    }
    assert.deepEqual(await contentsOf(run), results);
    assert.deepEqual(await namesIn(folder), ["run"]);
  }));

Deno.test("what a running command needs stays, and so does the only copy", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    await Deno.rename(`${run}/report`, `${run}/.report.old`);
    await write(run, ".add.kept/key", ".add.partial-1/half.txt");
    const lock = await takeLock(`${run}/.lock`, "deno task add");
    const before = await contentsOf(run);
    const refused = await clean("--run", run, "--yes");
    assert.equal(refused.status, 1);
    for (const name of ["report\\.old", "add\\.kept", "add\\.partial-1"]) {
      assert.match(refused.out, new RegExp(`\\.${name} .*\\(in use\\)$`, "m"));
    }
    assert.match(refused.err, /^Cannot run clean: another command is running/);
    assert.deepEqual(await contentsOf(run), before);
    await releaseLock(lock!);
    const { out } = await clean("--run", run, "--yes");
    assert.match(out, /\.report\.old .*the earlier report: it is put back$/m);
    assert.deepEqual(await namesIn(run), [
      "add",
      "config.json",
      "prepare",
      "report",
      "report.md",
      "simulate",
      "timings.json",
    ]);
  }));

Deno.test("a comparison is cleared where its run is gone, unless it is in use", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    await write(folder, ".verify-run/run/cnn/a.csv");
    const lock = await takeLock(scratchLock(run));
    const used = await clean("--run", run, "--yes");
    assert.match(used.out, /a comparison by verify \(in use\)/);
    assert.deepEqual(await namesIn(`${folder}/.verify-run/run/cnn`), ["a.csv"]);
    await releaseLock(lock!);
    assert.match((await clean("--run", run)).out, /\.verify-run {2}1\.5 kB/);
    assert.equal((await clean("--run", run, "--yes")).status, 0);
    assert.deepEqual(await namesIn(folder), []);
  }));

Deno.test("a comparison that holds somebody's own file is left alone", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    await command("all", `--run ${run} --quiet`);
    for (const name of ["notes.txt", "lock/notes.txt"]) {
      await write(folder, ".verify-run/run/cnn/a.csv", `.verify-run/${name}`);
      const before = await contentsOf(folder);
      const { status, out } = await clean("--run", run, "--yes");
      assert.deepEqual(
        [status, out],
        [0, `No interrupted command has left anything in ${run}.`],
      );
      assert.deepEqual(await contentsOf(folder), before);
      await Deno.remove(`${folder}/.verify-run`, { recursive: true });
    }
  }));

Deno.test("a run that is done says what an interrupted command has left", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    const says = (bytes: string) =>
      `\n${bytes} of an interrupted command are left: ` +
      `deno task clean --run ${run}`;
    const first = await command("all", `--run ${run}`);
    assert.doesNotMatch(first.out, /interrupted/);
    // Training with other flags, given up.
    await write(run, ".add.kept/key", ".add.kept/epoch.checkpoint");
    const done = await command("all", `--run ${run}`);
    assert.match(done.out, /^add +up to date$/m);
    assert.ok(done.out.endsWith(says("3.0 kB")), done.out);
    await write(folder, ".verify-run/run/cnn/a.csv");
    const more = await command("all", `--run ${run}`);
    assert.ok(more.out.endsWith(says("4.5 kB")), more.out);
    const lock = await takeLock(scratchLock(run));
    const verified = await command("all", `--run ${run}`);
    assert.ok(verified.out.endsWith(says("3.0 kB")), verified.out);
    await releaseLock(lock!);
    assert.equal((await clean("--run", run, "--yes")).status, 0);
    const clear = await command("all", `--run ${run}`);
    assert.doesNotMatch(clear.out, /interrupted/);
  }));

Deno.test({
  name: "a link is refused, not followed",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const run = `${folder}/run`;
      await command("all", `--run ${run} --quiet`);
      await write(folder, "mine/thesis.txt");
      const before = await contentsOf(folder);
      for (
        const link of [".add.kept", ".add.partial-1", ".add.old", "add/.beside"]
      ) {
        await Deno.symlink(`${folder}/mine`, `${run}/${link}`);
        for (const flags of [[], ["--yes"]]) {
          const { status, err } = await clean("--run", run, ...flags);
          assert.equal(status, 2);
          assert.ok(err.includes(`${run}/${link} is a link and should`), err);
        }
        await Deno.remove(`${run}/${link}`);
      }
      await Deno.symlink(`${folder}/mine`, scratchFolder(run));
      assert.match((await clean("--run", run)).out, /^No interrupted command/);
      await clean("--run", run, "--yes");
      await Deno.remove(scratchFolder(run));
      assert.deepEqual(await contentsOf(folder), before);
    }),
});

Deno.test("a folder that is no run is a clear error", async () => {
  const { status, err } = await clean("--run", "reports/no-such-run");
  assert.equal(status, 2);
  assert.match(err, /^Cannot clean reports\/no-such-run: there is no such fol/);
});

Deno.test({
  name: "a folder's name writes no line of its own",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const run = `${folder}/run`;
      await Deno.mkdir(`${run}/.add.partial-\nrun is the same`, {
        recursive: true,
      });
      const { out } = await clean("--run", run);
      assert.match(out, /\.add\.partial-\\nrun is the same {2}/);
      assert.doesNotMatch(out, /^run is the same/m);
    }),
});
