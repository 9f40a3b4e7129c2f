/** Where verify works, and that it removes nothing but its own. */

import assert from "node:assert/strict";
import { relative } from "node:path";
import { plainFolder } from "../../../lib/pipeline/run_input.ts";
import { command, contentsOf, namesIn } from "../fake_pipeline.ts";
import { verifiablePipeline, verify, withRun } from "./verifiable_run.ts";

Deno.test("a run's path is plain before anything is made", () => {
  for (
    const [given, plain] of [
      ["reports/r/notes/..", "reports/r"],
      ["reports/r/cnn/..", "reports/r"],
      ["reports/r/.", "reports/r"],
      ["reports//r///", "reports/r"],
      ["./reports/./r/", "reports/r"],
      ["reports/r/a/b/../../", "reports/r"],
      [`${Deno.cwd()}//reports/r/x/..`, `${Deno.cwd()}/reports/r`],
    ]
  ) assert.equal(plainFolder(given), plain, given);
  for (
    const given of [
      ...["", ".", "..", "/", "//", "reports", "reports/", "reports//."],
      ...["reports/two/..", "reports/two/../..", "reports/../reports/two/.."],
      ...[Deno.cwd(), `${Deno.cwd()}/reports/`, `${Deno.cwd()}/..`],
    ]
  ) {
    assert.throws(() => plainFolder(given), /Cannot read --run/, given);
  }
});

Deno.test("no folder of the user's is removed, however the run is written", () =>
  withRun(async (run, folder) => {
    await Deno.mkdir(`${run}/notes`);
    await Deno.writeTextFile(`${run}/notes/thesis`, "thesis");
    const other = `${folder}/reports/two`;
    const line = `--run ${other}`;
    await command("all", line, verifiablePipeline());
    const before = await contentsOf(folder);
    for (
      const path of [
        ...["r/notes/..", "r/add/..", "r/.", "r//", "two/..", "two/../r"],
        ...[
          "r/notes/../..",
          "r/add/../../r/notes/..",
          "../reports/r/./notes/../",
        ],
      ]
    ) {
      const { status } = await verify(`${folder}/reports/${path}`);
      assert.notEqual(status, 0, path);
      assert.deepEqual(await contentsOf(folder), before, path);
    }
    // The notes are named: no stage wrote them.
    const { err } = await verify(`${run}/notes/..`);
    assert.match(err, /no record lists notes\/$/m);
  }));

Deno.test("a link to a run is not followed", () =>
  withRun(async (run, folder) => {
    const before = await contentsOf(folder);
    const links = {
      [`${folder}/reports/latest`]: run,
      [`${run}/loop`]: ".",
      [`${folder}/reports/all`]: "..",
    };
    for (const [link, target] of Object.entries(links)) {
      await Deno.symlink(target, link);
      const { status, err } = await verify(link);
      assert.equal(status, 2, link);
      assert.match(err, /it is a link and should be a run's own folder/);
      assert.match(err, /try: deno task verify .*--run \S/);
      await Deno.remove(link);
      assert.deepEqual(await contentsOf(folder), before, link);
    }
    // Links on the way lead to the same folder, and the scratch beside it.
    await Deno.symlink(`${folder}/reports`, `${folder}/there`);
    const { status, err } = await verify(`${folder}/there/r`);
    assert.equal(status, 0, err);
    assert.deepEqual(await namesIn(`${folder}/reports`), ["r"]);
  }));

Deno.test("what stands where the scratch folder would be is left alone", () =>
  withRun(async (run, folder) => {
    const scratch = `${folder}/reports/.verify-r`;
    const kept = `${folder}/kept`;
    await Deno.mkdir(kept);
    await Deno.writeTextFile(`${kept}/a`, "kept");
    const makers: Record<string, () => Promise<unknown>> = {
      "a file": () => Deno.writeTextFile(scratch, "mine"),
      "a link": () => Deno.symlink(kept, scratch),
      "a folder of somebody else's": async () => {
        await Deno.mkdir(`${scratch}/run`, { recursive: true });
        await Deno.writeTextFile(`${scratch}/notes`, "mine");
      },
      "a link in it": async () => {
        await Deno.mkdir(scratch);
        await Deno.symlink(kept, `${scratch}/run`);
      },
      "a folder as its lock": () =>
        Deno.mkdir(`${scratch}/lock`, { recursive: true }),
    };
    for (const [what, make] of Object.entries(makers)) {
      await make();
      const before = await stateOf(folder);
      const { status, err } = await verify(run);
      assert.equal(status, 2, what);
      assert.match(
        err,
        /\.verify-r(: a file stands| is a| holds) .*\n {2}try: \S+/,
      );
      assert.deepEqual(await stateOf(folder), before, what);
      await Deno.remove(scratch, { recursive: true });
    }
    // What an interrupted command has left is used up.
    await Deno.mkdir(`${scratch}/run/r/add`, { recursive: true });
    await Deno.writeTextFile(`${scratch}/run/r/add/half.txt`, "half");
    await Deno.writeTextFile(`${scratch}/lock`, "process 1\n");
    const { status, err } = await verify(run);
    assert.equal(status, 0, err);
    assert.deepEqual(await namesIn(`${folder}/reports`), ["r"]);
  }));

Deno.test("a run under another name comes out the same", () =>
  withRun(async (run, folder) => {
    for (const name of ["copy", "lock", "run", "with space", "n".repeat(150)]) {
      const path = `${folder}/reports/${name}`;
      await Deno.rename(run, path);
      const { status, all } = await verify(path);
      assert.equal(status, 0, all);
      assert.deepEqual(await namesIn(`${folder}/reports`), [name]);
      await Deno.rename(path, run);
    }
  }));

Deno.test("a name that leads elsewhere is not taken for the run's", () =>
  withRun(async (run, folder) => {
    const summary = `${run}/report/summary.json`;
    const before = await stateOf(folder);
    for (
      const name of [
        ...["../../r", "..", ".", "", "/tmp/x", "a/b", "a\\b", "a\u0000b"],
        ...["n".repeat(101), 5, null, ["r"]],
      ]
    ) {
      await Deno.writeTextFile(summary, JSON.stringify({ run: name }));
      const { status, err } = await verify(run);
      assert.equal(status, 1, String(name));
      assert.match(err, /: 1 file of 7 differ, first in report$/m);
      assert.match(err, /summary\.json in .* was changed/);
    }
    await Deno.remove(summary);
    await Deno.symlink("/dev/zero", summary);
    assert.match((await verify(run)).err, /summary\.json is a link and should/);
    const [changed] = Object.keys(before).filter((path) =>
      path.endsWith("summary.json")
    );
    delete before[changed];
    const after = await stateOf(folder);
    delete after[changed];
    assert.deepEqual(after, before);
  }));

/** Every path below a folder, with where a link leads. */
async function stateOf(folder: string): Promise<Record<string, string>> {
  const state: Record<string, string> = {};
  const look = async (path: string) => {
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(path)) {
      const inner = `${path}/${name}`;
      state[relative(folder, inner)] = isSymlink
        ? await Deno.readLink(inner)
        : isDirectory
        ? "folder"
        : await Deno.readTextFile(inner);
      if (isDirectory) await look(inner);
    }
  };
  await look(folder);
  return state;
}
