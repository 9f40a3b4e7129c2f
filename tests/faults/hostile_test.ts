/** The hostile runs that the bench tries, and what it takes for a loss. */

import assert from "node:assert/strict";
import { checkSaid } from "../../bench/faults/hostile.ts";
import { forgedContents } from "../../bench/faults/hostile/contents.ts";
import {
  fitRecords,
  forge,
  forgeFile,
} from "../../bench/faults/hostile/forge.ts";
import { listNodes } from "../../bench/faults/hostile/nodes.ts";
import { paths } from "../../bench/faults/hostile/paths.ts";
import { records } from "../../bench/faults/hostile/records.ts";
import { SECRET } from "../../bench/faults/hostile/hostile_run.ts";
import { exists } from "../../lib/store/files.ts";
import { findStale, readRecord } from "../../lib/store/record.ts";
import { cleanCommand } from "../../lib/pipeline/clean_command.ts";
import {
  command,
  contentsOf,
  fakePipeline,
  type Said,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

Deno.test("there are three hostile runs of each kind at least", () => {
  const runs = [
    ...paths,
    ...records,
    ...forgedContents,
    ...listNodes(["config.json", "cnn/weights.bin"]),
  ];
  assert.ok(runs.length >= 60, `${runs.length}`);
  const names = runs.map(({ kind, name }) => `${kind}: ${name}`);
  assert.equal(new Set(names).size, names.length, "a name is there twice");
  const kinds = Map.groupBy(runs, ({ kind }) => kind);
  for (const [kind, of] of kinds) {
    const isCounted = kind !== "versions";
    if (isCounted) assert.ok(of.length >= 3, `${kind}: ${of.length}`);
    for (const { attempts, name } of of) assert.ok(attempts.length > 0, name);
  }
  assert.ok(runs.some(({ isHonest, kind }) => isHonest && kind === "versions"));
});

Deno.test("a file of a run that no list names is tried as well", () => {
  const few = listNodes([]).length;
  assert.equal(
    listNodes(["cnn/weights.bin", "clusters/k.csv"]).length,
    few + 2,
  );
});

Deno.test("what a command must not say is seen", () => {
  const said = (err: string, code = 2) => checkSaid({ code, out: "", err });
  assert.deepEqual(said("Cannot read a.csv: it is a pipe\n  try: b\n"), []);
  const cases: [string, RegExp][] = [
    ["\u001b[2J", /a control character/],
    ["a\rb", /a control character/],
    ["\u202egnp", /a control character/],
    ["column 'hunter2secret'", /told the secret/],
    ["Cannot read properties of undefined (reading 'x')", /^said: Cannot/],
    ["Is a directory (os error 21)", /^said: Is a/],
  ];
  for (const [err, problem] of cases) {
    const problems = said(err);
    assert.equal(problems.length, 1, err);
    assert.match(problems[0], problem);
  }
  assert.deepEqual(said("", 134), ["ended with 134"]);
});

Deno.test("a forged record has a seal that fits, and fits the others", () =>
  withFolder(async (run) => {
    assert.equal((await command("all", `--run ${run}`)).status, 0);
    const names = ["simulate", "prepare"];
    await forge(run, "prepare", (record) => record.warnings = ["all is well"]);
    const record = await readRecord(run, "prepare");
    assert.deepEqual(record?.warnings, ["all is well"]);
    await Deno.writeTextFile(`${run}/simulate/numbers.txt`, "1\n2");
    const { out } = await command("all", `--run ${run} --dry-run`);
    assert.match(out, /^simulate +would run/m);
    await fitRecords(run);
    assert.deepEqual(await findStale(run, names), []);
    const fits = await command("all", `--run ${run} --dry-run`);
    assert.match(fits.out, /^simulate +up to date/m);
    assert.match(fits.out, /^prepare +up to date/m);
    await forgeFile(run, "prepare/kept.txt", (text) => `${text}0`);
    const forged = await command("all", `--run ${run} --dry-run`);
    assert.match(forged.out, /^prepare +up to date/m);
    assert.match((await contentsOf(run))["prepare/kept.txt"], /0$/);
  }));

/** What stands in the place of a run's file or folder, and needs no tool. */
const strangers: Readonly<
  Record<string, (path: string, outside: string) => Promise<void>>
> = {
  "a link to a file outside": (path, outside) =>
    Deno.symlink(`${outside}/thesis.txt`, path),
  "a link to a folder outside": (path, outside) => Deno.symlink(outside, path),
  "a link to nothing": (path, outside) => Deno.symlink(`${outside}/new`, path),
  "a link to /dev/zero": (path) => Deno.symlink("/dev/zero", path),
};

for (const [what, make] of Object.entries(strangers)) {
  Deno.test({
    name: `${what} in a run is refused, and what is outside stays`,
    ignore: Deno.build.os === "windows",
    fn: () => withFolder((folder) => refuseStranger(folder, make)),
  });
}

/** `clean` is no stage's command. */
async function clean(run: string): Promise<Said> {
  let [out, err] = ["", ""];
  const status = await cleanCommand(
    fakePipeline(),
    ["--run", run, "--yes"],
    { out: (line) => out += line, err: (line) => err += line },
  );
  return { status, out, err };
}

async function refuseStranger(
  folder: string,
  make: (path: string, outside: string) => Promise<void>,
): Promise<void> {
  const [run, outside] = [`${folder}/run`, `${folder}/outside`];
  await Deno.mkdir(outside);
  await Deno.writeTextFile(`${outside}/thesis.txt`, SECRET);
  const before = await contentsOf(outside);
  assert.equal((await command("all", `--run ${run}`)).status, 0);
  const names = [
    ...Object.keys(await contentsOf(run)),
    ...["add", "add/.beside", ".add.old", ".add.kept", ".add.partial-1"],
  ];
  for (const name of names) {
    const path = `${run}/${name}`;
    const aside = `${folder}/aside`;
    const isThere = await exists(path);
    if (isThere) await Deno.rename(path, aside);
    await make(path, outside);
    for (const task of ["all", "report", "clean"]) {
      const { status, out, err } = task === "clean"
        ? await clean(run)
        : await command(task, `--run ${run}`);
      assert.equal(status, 2, `${name}, ${task}: ${out}${err}`);
      assert.match(err, /^Cannot /, name);
      assert.ok(err.includes(`${run}/${name}`), `${name}: ${err}`);
      assert.deepEqual(checkSaid({ code: status, out, err }), [], name);
      assert.deepEqual(await contentsOf(outside), before, `${name}, ${task}`);
    }
    await Deno.remove(path);
    if (isThere) await Deno.rename(aside, path);
  }
}
