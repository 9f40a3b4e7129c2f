/** What a run remembers of itself. */

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { InputError } from "../../lib/cli/errors.ts";
import { folderOfInput, plainFolder } from "../../lib/pipeline/run_input.ts";
import {
  add,
  command,
  contentsOf,
  fakePipeline,
  namesIn,
  prepare,
  report,
  simulate,
  withFolder,
} from "./fake_pipeline.ts";

/** Gives a test a run on a file of numbers. */
function withRun(
  test: (run: string, input: string, folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const input = `${folder}/numbers.txt`;
    await Deno.writeTextFile(input, "1\n2\n3");
    const run = `${folder}/run`;
    const { status, err } = await command(
      "all",
      `--run ${run} --input ${input} --add.factor 5 --seed 7 --quiet`,
    );
    assert.deepEqual([status, err], [0, ""]);
    await test(run, input, folder);
  });
}

async function configOf(run: string) {
  return JSON.parse(await Deno.readTextFile(`${run}/config.json`));
}

Deno.test("config.json holds the input and what is no default", () =>
  withRun(async (run, input, folder) => {
    const text = await Deno.readTextFile(`${run}/config.json`);
    const { input: path, ...rest } = JSON.parse(text);
    assert.deepEqual(rest, { add: { factor: 5 }, seed: 7 });
    assert.match(path, /^\.\..*\/numbers\.txt$/);
    assert.equal(await Deno.realPath(path), await Deno.realPath(input));
    assert.deepEqual(await namesIn(folder), ["numbers.txt", "run"]);
  }));

Deno.test("a command goes on with the run's own input and values", () =>
  withRun(async (run) => {
    const { out } = await command("all", `--run ${run} --dry-run`);
    assert.equal(
      out,
      ["prepare   up to date", "add       up to date", "report    up to date"]
        .join("\n"),
    );
    const one = await command("add", `--run ${run} --skip 2`);
    assert.match(one.out, /the sum is 20 .*changed: skip "" -> 2$/ms);
    assert.deepEqual(await configOf(run), {
      ...await configOf(run),
      add: { factor: 5, skip: ["2"] },
      seed: 7,
    });
  }));

Deno.test("another input is refused, whatever else is given", () =>
  withRun(async (run, input, folder) => {
    const other = `${folder}/Other Numbers.v2.csv.gz`;
    await Deno.writeTextFile(other, "4\n5");
    const before = await contentsOf(run);
    const config = `${folder}/c.json`;
    await Deno.writeTextFile(config, JSON.stringify({ input: other }));
    for (const name of ["all", "prepare"]) {
      for (const flags of ["", " --force", " --dry-run"]) {
        const said = await command(name, `--run ${run} --input=${flags}`);
        assert.equal(said.status, 2);
        assert.match(said.err, /^Cannot simulate in .*: .* holds the run on /);
      }
      const said = await command(
        name,
        `--run ${run} --config ${config} --force`,
      );
      assert.equal(said.status, 2);
      assert.match(said.err, /^Cannot use .*: .*run holds the run on /);
      assert.match(
        said.err,
        new RegExp(
          `\\n  try: deno task ${name} --run reports/other-numbers-v2 `,
        ),
      );
    }
    const simulated = await command("simulate", `--run ${run}`);
    assert.equal(simulated.status, 2);
    assert.deepEqual(await contentsOf(run), before);
    // A moved file is the same input.
    await Deno.rename(input, `${folder}/moved.txt`);
    const moved = await command(
      "all",
      `--run ${run} --input ${folder}/moved.txt`,
    );
    assert.equal(moved.status, 0, moved.err);
  }));

Deno.test("simulated data are not replaced by an input", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder}/run`);
    await Deno.writeTextFile(`${folder}/numbers.txt`, "1\n2\n3");
    const before = await contentsOf(`${folder}/run`);
    const { status, err } = await command(
      "all",
      `--run ${folder}/run --input ${folder}/numbers.txt`,
    );
    assert.equal(status, 2);
    assert.match(
      err,
      /^Cannot use .*: .*run holds simulated data\n {2}try: .* --run reports\/numbers /,
    );
    assert.deepEqual(await contentsOf(`${folder}/run`), before);
  }));

Deno.test("an input without --run has a folder of its own name", async () => {
  const names = {
    "m.csv": "m",
    "../data/Liver counts (2).csv.gz": "liver-counts-2",
    "C:\\data\\GSE1.v2_raw.tsv": "gse1-v2_raw",
    "data/filtered_feature_bc_matrix/": "filtered_feature_bc_matrix",
    "GTEx.gct.gz": "gtex",
    "cells.h5": "cells",
    "t.parquet": "t",
    "遺伝子.csv": "matrix",
    ".csv": "matrix",
    "..": "matrix",
  };
  for (const [path, name] of Object.entries(names)) {
    assert.equal(folderOfInput(path), `reports/${name}`);
  }
  const { out, err } = await command(
    "prepare",
    "--input no/such/Thing_1.csv --dry-run",
  );
  assert.deepEqual(
    [out, err],
    [
      "",
      "the run's folder is reports/thing_1, named after the input\n" +
      "Cannot read no/such/Thing_1.csv: there is no such file",
    ],
  );
});

Deno.test("no path leads out of a run's folder", () => {
  assert.equal(plainFolder("./reports/r/notes/.."), "reports/r");
  assert.equal(plainFolder("reports//r/"), "reports/r");
  for (
    const path of ["", ".", "/", "..", "a/../..", "../..", "a/..", "reports"]
  ) {
    assert.throws(() => plainFolder(path), /^InputError: Cannot read --run/);
  }
});

Deno.test("a run's config.json makes the run again", () =>
  withRun(async (run, _input, folder) => {
    const { status } = await command(
      "all",
      `--config ${run}/config.json --run ${folder}/again`,
    );
    assert.equal(status, 0);
    assert.deepEqual(
      await contentsOf(`${folder}/again`),
      await contentsOf(run),
    );
  }));

Deno.test("a copied run goes on", () =>
  withRun(async (run, _input, folder) => {
    await Deno.rename(run, `${folder}/copy`);
    const { out } = await command("all", `--run ${folder}/copy --dry-run`);
    assert.doesNotMatch(out, /would run/);
  }));

Deno.test("a default that a preset hides is remembered, too", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --simulate.size 9`);
    assert.deepEqual(await configOf(run), { simulate: { size: 9 } });
    const { out } = await command("all", `--run ${run} --dry-run`);
    assert.match(out, /^simulate {2}up to date$/m);
    await command("simulate", `--run ${run} --size 7`);
    assert.deepEqual(await configOf(run), { simulate: { size: 7 } });
  }));

Deno.test("a value that is a default again is forgotten", () =>
  withRun(async (run) => {
    await command("add", `--run ${run} --factor 2`);
    const { input: _, ...rest } = await configOf(run);
    assert.deepEqual(rest, { seed: 7 });
  }));

Deno.test("a value of --config that the run has otherwise is named", () =>
  withRun(async (run, input, folder) => {
    const config = `${folder}/c.json`;
    // The input is the run's own, by another path.
    await Deno.writeTextFile(
      config,
      JSON.stringify({ input, add: { factor: 9 }, prepare: { keep: 2 } }),
    );
    const { out, err } = await command(
      "all",
      `--run ${run} --config ${config} --dry-run`,
    );
    assert.match(out, /^prepare {3}would run: keep 5 -> 2$/m);
    assert.equal(
      err,
      `"add.factor": 9 of ${config} is not used: ${run}/config.json says 5, ` +
        "and only a flag or an edit there changes that",
    );
  }));

Deno.test("a refused command is not remembered", () =>
  withRun(async (run, _input, folder) => {
    const before = await contentsOf(run);
    await Deno.remove(`${run}/prepare/kept.txt`);
    const { status } = await command("add", `--run ${run} --factor 8`);
    assert.equal(status, 2);
    assert.equal(
      await Deno.readTextFile(`${run}/config.json`),
      before["config.json"],
    );
    // Where nothing else was made, nothing is left.
    await Deno.mkdir(`${folder}/dir.txt`);
    const fresh = await command(
      "all",
      `--run ${folder}/fresh/run --input ${folder}/dir.txt`,
    );
    assert.equal(fresh.status, 2);
    assert.ok(!(await namesIn(folder)).includes("fresh"));
  }));

for (
  const [what, text, message] of [
    ["no JSON", "{", /^Cannot read .*config\.json: it is not JSON/],
    ["unknown key", '{"add":{"facto":2}}', /"add\.facto" is not a known key/],
    ["bad value", '{"seed":"x"}', /^Cannot read "seed" in .*config\.json/],
  ] as const
) {
  Deno.test(`a config.json with ${what} is one clear error`, () =>
    withRun(async (run) => {
      await Deno.writeTextFile(`${run}/config.json`, text);
      const before = await contentsOf(run);
      const { status, err } = await command("all", `--run ${run}`);
      assert.equal(status, 2);
      const [first, second, ...more] = err.split("\n");
      assert.match(first, message);
      assert.match(second, /^ {2}try: correct it/);
      assert.deepEqual(more, []);
      assert.deepEqual(await contentsOf(run), before);
    }));
}

Deno.test("a run whose config.json was lost goes on with what its records hold", () =>
  withRun(async (run, input) => {
    const path = `${run}/config.json`;
    const whole = await Deno.readTextFile(path);
    const before = await contentsOf(run);
    const lose = [
      () => Deno.remove(path),
      () => Deno.writeTextFile(path, ""),
      () => Deno.writeTextFile(path, "\0".repeat(whole.length)),
    ];
    for (const loss of lose) {
      await loss();
      // Outside of the working folder a record keeps a file's bare name only.
      const { status, out, err } = await command(
        "all",
        `--run ${run} --input ${input}`,
      );
      assert.equal(status, 0, err);
      assert.match(
        err,
        /run\/config\.json was lost: the values of prepare, add, report are taken from their records$/,
      );
      assert.equal(out.match(/up to date/g)?.length, 3, out);
      assert.deepEqual(await contentsOf(run), before);
    }
  }));

Deno.test("a lost config.json never leads to another file of the same name", () =>
  withRun(async (run, input, folder) => {
    await Deno.remove(`${run}/config.json`);
    const before = await contentsOf(run);
    const lines = [
      ["all", ""],
      ["all", "--dry-run"],
      ["all", "--force"],
      ["prepare", ""],
      ["add", ""],
    ];
    const here = Deno.cwd();
    await Deno.mkdir(`${folder}/elsewhere`);
    Deno.chdir(`${folder}/elsewhere`);
    try {
      for (const other of [undefined, "4\n5"]) {
        // The record holds this name, which leads here.
        if (other) await Deno.writeTextFile("numbers.txt", other);
        for (const [task, flags] of lines) {
          const { status, out, err } = await command(
            task,
            `--run ${run} ${flags}`,
          );
          assert.deepEqual([status, out], [2, ""], `${task} ${flags}`);
          assert.equal(
            err,
            `Cannot go on in ${run}: config.json was lost, and the records ` +
              "do not say where the files of --input are\n" +
              `  try: give them again: deno task all --run ${run} --input FILE`,
          );
        }
      }
      assert.deepEqual(await contentsOf(run), before);
      // The same bytes are the same file.
      await Deno.copyFile(input, "numbers.txt");
      const { status, out, err } = await command("all", `--run ${run}`);
      assert.equal(status, 0, err);
      assert.equal(out.match(/up to date/g)?.length, 3, out);
      assert.equal((await configOf(run)).input, "numbers.txt");
    } finally {
      Deno.chdir(here);
    }
  }));

Deno.test("without config.json and the record of the input that is to be given again", () =>
  withRun(async (run, input, folder) => {
    const whole = await contentsOf(run);
    await Deno.remove(`${run}/config.json`);
    await Deno.truncate(`${run}/prepare/stage.json`);
    const { status, err } = await command("all", `--run ${run}`);
    assert.equal(status, 2);
    assert.match(err, /the files of --input are\n {2}try: give them again: /);
    const again = await command("all", `--run ${run} --input ${input}`);
    assert.equal(again.status, 0, again.err);
    assert.deepEqual(await contentsOf(run), whole);
    // Nor is another file taken where the record is there.
    await Deno.remove(`${run}/config.json`);
    await Deno.writeTextFile(`${folder}/other.txt`, "4");
    const other = await command(
      "all",
      `--run ${run} --input ${folder}/other.txt`,
    );
    assert.match(other.err, /^Cannot use .*other\.txt in .*: .* holds the run/);
  }));

Deno.test("what a refused command was given is not lost with config.json", () =>
  withRun(async (run, input, folder) => {
    const config = await configOf(run);
    await Deno.remove(`${run}/config.json`);
    await Deno.rename(input, `${folder}/moved.txt`);
    // The stage is refused after the run's values were written.
    const refusing = {
      ...add,
      run(): Promise<never> {
        throw new InputError("Cannot add");
      },
    };
    const { status, err } = await command(
      "all",
      `--run ${run} --input ${folder}/moved.txt --add.factor 9`,
      fakePipeline([simulate, prepare, refusing, report]),
    );
    assert.equal(status, 2, err);
    const { input: path, add: { factor } } = await configOf(run);
    assert.equal(factor, config.add.factor);
    assert.match(path, /^\.\..*\/moved\.txt$/);
  }));

Deno.test("without config.json a value of --config is said to be the run's", () =>
  withRun(async (run, input, folder) => {
    await Deno.remove(`${run}/config.json`);
    const config = `${folder}/c.json`;
    await Deno.writeTextFile(
      config,
      JSON.stringify({ input, add: { factor: 9 } }),
    );
    const { err } = await command(
      "all",
      `--run ${run} --config ${config} --dry-run`,
    );
    assert.match(
      err,
      /"add\.factor": 9 of .* is not used: the run has 5, and only a flag changes that$/m,
    );
  }));

Deno.test("to remove config.json is advice only where a record can be read", () =>
  withRun(async (run) => {
    await Deno.writeTextFile(`${run}/config.json`, "{");
    const remedyOf = async () =>
      (await command("all", `--run ${run}`)).err.split("\n")[1];
    assert.match(await remedyOf(), /; or remove it: they are then taken from/);
    for (const stage of ["prepare", "add", "report"]) {
      await Deno.truncate(`${run}/${stage}/stage.json`);
    }
    assert.equal(
      await remedyOf(),
      "  try: correct it: it holds the run's settings",
    );
  }));

Deno.test("a run that lost config.json and its records is not continued", () =>
  withRun(async (run) => {
    await Deno.remove(`${run}/config.json`);
    for (const stage of ["simulate", "prepare", "add", "report"]) {
      const record = `${run}/${stage}/stage.json`;
      if (await Deno.stat(record).catch(() => null)) {
        await Deno.writeTextFile(record, "{");
      }
    }
    const before = await contentsOf(run);
    for (const name of ["all", "add"]) {
      const { status, err } = await command(name, `--run ${run}`);
      assert.equal(status, 2);
      assert.match(err, /^Cannot go on in .*run: it holds stages, but neither/);
    }
    assert.deepEqual(await contentsOf(run), before);
  }));

Deno.test("changed code makes its stage and what follows out of date", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    await command("all", `--run ${run} --quiet`);
    const module = `${folder}/other.ts`;
    await Deno.writeTextFile(module, "export const other = 1;\n");
    const changed = fakePipeline([
      simulate,
      prepare,
      { ...add, module: pathToFileURL(module).href },
      report,
    ]);
    const dry = await command("all", `--run ${run} --dry-run`, changed);
    assert.equal(
      dry.out,
      "simulate  up to date\nprepare   up to date\n" +
        "add       would run: code changed\n" +
        "report    would run: add runs before it",
    );
    // The same files came out, so the report stands.
    const real = await command("all", `--run ${run}`, changed);
    assert.match(real.out, /^add {7}the sum is .*\nreport {4}up to date$/m);
    const record = await Deno.readTextFile(`${run}/add/stage.json`);
    assert.match(JSON.parse(record).code, /^[0-9a-f]{64}$/);
  }));
