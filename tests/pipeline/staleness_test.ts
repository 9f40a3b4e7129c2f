import assert from "node:assert/strict";
import { findStale, readRecord, sealRecord } from "../../lib/store/record.ts";
import { command, contentsOf, withFolder } from "./fake_pipeline.ts";

/** Which stages a command ran, and which it found up to date. */
function ran(out: string): Record<string, boolean> {
  const stages: Record<string, boolean> = {};
  for (const line of out.split("\n")) {
    const name = /^(simulate|prepare|add|report) /.exec(line)?.[1];
    if (name !== undefined) stages[name] = !line.endsWith("up to date");
  }
  return stages;
}

const none = { simulate: false, prepare: false, add: false, report: false };
const every = { simulate: true, prepare: true, add: true, report: true };

/** `all` with some flags, after a plain `all`. */
async function again(folder: string, line: string) {
  await command("all", `--run ${folder}`);
  return ran((await command("all", `--run ${folder} ${line}`)).out);
}

Deno.test("a second all finds every stage up to date", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await again(folder, ""), none);
    assert.deepEqual(await again(folder, "--threads 3"), none);
  }));

Deno.test("--force runs every stage", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await again(folder, "--force"), every);
  }));

Deno.test("another seed runs every stage", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await again(folder, "--seed 7"), every);
  }));

Deno.test("a parameter runs its stage and what depends on it", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await again(folder, "--add.factor 3"), {
      ...none,
      add: true,
      report: true,
    });
    // Seven of seven numbers instead of five: another file for `add`.
    assert.deepEqual(await again(folder, "--prepare.keep 7"), {
      ...every,
      simulate: false,
    });
  }));

Deno.test("a stage that makes the same bytes again stops the chain", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder} --prepare.keep 7`);
    const { out } = await command("all", `--run ${folder} --prepare.keep 8`);
    assert.deepEqual(ran(out), { ...none, prepare: true });
  }));

Deno.test("the backend counts only where there is arithmetic", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await again(folder, "--backend wasm"), {
      ...none,
      add: true,
    });
  }));

Deno.test("an edited or missing output is made again", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder}`);
    const before = await contentsOf(folder);
    await Deno.writeTextFile(`${folder}/add/sum.txt`, "0");
    await Deno.remove(`${folder}/report.md`);
    const { out } = await command("all", `--run ${folder}`);
    assert.deepEqual(ran(out), { ...none, add: true, report: true });
    assert.deepEqual(await contentsOf(folder), before);
  }));

Deno.test("a file that was absent and is there now counts as a change", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder}`);
    const path = `${folder}/add/stage.json`;
    const record = await readRecord(folder, "add");
    await Deno.writeTextFile(`${folder}/add/extra.txt`, "");
    const outputs = {
      ...record!.outputs,
      "extra.txt":
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    };
    await Deno.writeTextFile(path, sealRecord({ ...record!, outputs }));
    const { out } = await command("all", `--run ${folder}`);
    assert.deepEqual(ran(out), { ...none, report: true });
  }));

Deno.test("a changed user's file runs the stage that reads it", () =>
  withFolder(async (folder) => {
    const input = `${folder}/numbers.txt`;
    await Deno.writeTextFile(input, "1\n2");
    const line = `--run ${folder}/run --input ${input}`;
    const first = await command("all", line);
    assert.deepEqual(ran(first.out), {
      prepare: true,
      add: true,
      report: true,
    });
    assert.deepEqual(ran((await command("all", line)).out), {
      prepare: false,
      add: false,
      report: false,
    });
    await Deno.writeTextFile(input, "1\n2\n3");
    const { out } = await command("all", `${line} --dry-run`);
    assert.match(
      out,
      /^prepare {3}would run: .*numbers\.txt\s+has\s+changed$/m,
    );
    assert.deepEqual(ran((await command("all", line)).out), {
      prepare: true,
      add: true,
      report: true,
    });
  }));

Deno.test("a dry run says what would run and why, and writes nothing", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    const fresh = await command("all", `--run ${run} --dry-run`);
    assert.equal(fresh.status, 0);
    assert.match(fresh.out, /^simulate {2}would run: it has not run yet$/m);
    assert.match(fresh.out, /^add {7}would run: prepare runs before it$/m);
    await assert.rejects(Deno.stat(run), Deno.errors.NotFound);

    await command("all", `--run ${run}`);
    const before = await contentsOf(run);
    const { out } = await command(
      "all",
      `--run ${run} --dry-run --add.factor 5`,
    );
    assert.equal(
      out,
      "simulate  up to date\nprepare   up to date\n" +
        "add       would run: factor 2 -> 5\n" +
        "report    would run: add runs before it",
    );
    const one = await command("add", `--run ${run} --dry-run --factor 5`);
    assert.equal(one.out, "add       would run: factor 2 -> 5");
    assert.deepEqual(await contentsOf(run), before);
  }));

Deno.test("one stage says what it replaces and what is out of date", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder} --add.factor 4`);
    const { status, out } = await command(
      "prepare",
      `--run ${folder} --keep 2`,
    );
    assert.equal(status, 0);
    assert.match(out, /^ {10}changed: keep 5 -> 2$/m);
    assert.match(out, /^ {10}out of date now: add, report$/m);
    assert.ok(out.endsWith(` to fix: deno task all --run ${folder}`), out);
    assert.deepEqual(
      await findStale(folder, ["simulate", "prepare", "add", "report"]),
      [{ stage: "add", behind: ["prepare"] }],
    );
    const fixed = await command("all", `--run ${folder}`);
    assert.deepEqual(ran(fixed.out), { ...none, add: true, report: true });
    assert.deepEqual(await findStale(folder, ["add", "report"]), []);
  }));

Deno.test("the preset is for simulated data only", () =>
  withFolder(async (folder) => {
    const simulated = await command("simulate", `--run ${folder}/a`);
    assert.match(simulated.out, /7 numbers/);
    const flagged = await command("simulate", `--run ${folder}/a --size 8`);
    assert.match(flagged.out, /8 numbers/);
    const config = `${folder}/mine.json`;
    await Deno.writeTextFile(config, '{"simulate.size": 6}');
    const configured = await command(
      "all",
      `--run ${folder}/b --config ${config}`,
    );
    assert.match(configured.out, /6 numbers/);
  }));
