/** What a run lacks, and what it holds that no stage made. */

import { forge } from "./forge.ts";
import assert from "node:assert/strict";
import { command } from "../fake_pipeline.ts";
import { verifiablePipeline, verify, withRun } from "./verifiable_run.ts";

const remove = (path: string) => Deno.remove(path, { recursive: true });

Deno.test("a stage that is missing fails the run", () =>
  withRun(async (run) => {
    const { status, out } = await verify(run);
    assert.equal(status, 0);
    assert.match(out, /timings\.json is not checked: times differ/);
    assert.match(out, /is the same: all 7 files are equal/);

    // A report that a forger wrote, and no stage of that name.
    await remove(`${run}/report`);
    await Deno.writeTextFile(`${run}/report.md`, "p < 0.0001\n");
    const forged = await verify(run);
    assert.equal(forged.status, 1);
    assert.match(forged.out, /^report +stage\.json +missing$/m);
    assert.match(forged.out, /^- +report\.md +unlisted$/m);
    assert.match(
      forged.err,
      /: no record lists name\.md, report\.md; report has not run$/,
    );

    // A run that has not come that far.
    await remove(`${run}/report.md`);
    await remove(`${run}/name.md`);
    await remove(`${run}/add`);
    const begun = await verify(run);
    assert.equal(begun.status, 1);
    assert.match(
      begun.err,
      /^\S+ is not finished: add and 1 later stage have not run; what is there is the same$/,
    );
    await remove(`${run}/prepare`);
    assert.match(
      (await verify(run)).err,
      /: prepare and 2 later stages have not run;/,
    );
  }));

Deno.test("what follows from a missing stage is not made again", () =>
  withRun(async (run) => {
    await Deno.rename(`${run}/prepare`, `${run}/../p`);
    const gap = await verify(run);
    assert.equal(gap.status, 1);
    assert.match(gap.out, /^prepare +stage\.json +missing$/m);
    assert.match(gap.out, /^add +stage\.json +not made again$/m);
    assert.match(
      gap.err,
      /add, report cannot be made again without what is missing; prepare has not run$/,
    );
    await Deno.rename(`${run}/../p`, `${run}/prepare`);
    // The data was simulated, so the simulation belongs to the run.
    await remove(`${run}/simulate`);
    const data = await verify(run);
    assert.equal(data.status, 1);
    assert.match(data.err, /simulate has not run$/);
  }));

Deno.test("on the user's matrix nothing is simulated", () =>
  withRun(async (run, folder) => {
    const { status, out } = await verify(run, `--data ${folder}/data`);
    assert.equal(status, 0);
    assert.doesNotMatch(out, /simulate/);
  }, { input: "1\n2\n3" }));

Deno.test("a file that no record lists fails the run", () =>
  withRun(async (run, folder) => {
    const files = [
      ...["results.csv", ".hidden", "add/results_final.csv", "add/.hidden"],
      ...["notes/b.txt", "add/sum.txt.bak", "add/deep/timings.json"],
      ...["add/config.json", ".other.lock"],
    ];
    for (const file of files) {
      const path = `${run}/${file}`;
      const parent = path.slice(0, path.lastIndexOf("/"));
      const isNew = !await Deno.stat(parent).then(() => true, () => false);
      await Deno.mkdir(parent, { recursive: true });
      await Deno.writeTextFile(path, "p < 0.0001");
      const { status, out, err } = await verify(run);
      assert.equal(status, 1, file);
      const listed = isNew ? `${parent.slice(run.length + 1)}/` : file;
      assert.ok(out.includes(`-         ${listed} `), out);
      assert.ok(
        err.endsWith(`not what its records make: no record lists ${listed}`),
        err,
      );
      await remove(isNew ? parent : path);
    }
    await Deno.symlink("/dev/zero", `${run}/link`);
    await Deno.mkdir(`${run}/notes`, { recursive: true });
    await Deno.symlink(folder, `${run}/notes/folder`);
    assert.match(
      (await verify(run)).err,
      /: no record lists link, notes\/$/,
    );
    await remove(`${run}/link`);
    await remove(`${run}/notes`);
    for (let index = 0; index < 110; index++) {
      await Deno.writeTextFile(`${run}/add/x${index}`, "");
    }
    const many = await verify(run);
    assert.match(many.err, /no record lists add\/x\w+, \S+, \S+ and 107 more$/);
    assert.ok(many.out.split("\n").length < 100);
    assert.match(many.out, /^- +and 60 more +unlisted$/m);
  }));

Deno.test("what file managers put there is named and does not count", () =>
  withRun(async (run) => {
    for (const file of [".DS_Store", "add/Thumbs.db", "report/desktop.ini"]) {
      await Deno.writeTextFile(`${run}/${file}`, "");
    }
    const { status, out, err } = await verify(run);
    assert.equal(status, 0, err);
    assert.match(
      out,
      /^Files of the system are not checked: \.DS_Store, add\/Thumbs\.db, report/m,
    );
  }));

Deno.test("what a run is published with is named and does not count", () =>
  withRun(async (run) => {
    for (const file of ["README.md", "LICENSE", ".gitattributes"]) {
      await Deno.writeTextFile(`${run}/${file}`, "");
    }
    const { status, out, err } = await verify(run);
    assert.equal(status, 0, err);
    assert.match(
      out,
      /^Not made by the run, and not checked: \.gitattributes, LICENSE, README\.md\.$/m,
    );
    // Only files, only beside the stages, only plain text.
    await Deno.writeTextFile(`${run}/README.html`, "");
    await Deno.writeTextFile(`${run}/add/README.md`, "");
    await Deno.mkdir(`${run}/README.txt`);
    assert.match(
      (await verify(run)).err,
      /: no record lists README\.html, README\.txt\/, add\/README\.md$/,
    );
  }));

Deno.test("what interrupted commands have left counts: `all` would use it", () =>
  withRun(async (run) => {
    await Deno.mkdir(`${run}/.add.kept`);
    await Deno.writeTextFile(`${run}/.add.kept/key`, "");
    const { status, err } = await verify(run);
    assert.equal(status, 1);
    assert.match(
      err,
      /an interrupted command has left \.add\.kept, which deno task clean --run \S+ --yes removes$/,
    );
  }));

Deno.test("an empty folder counts, its name may say anything", () =>
  withRun(async (run) => {
    for (const folder of ["p = 1e-9, certified", "add/retracted"]) {
      await Deno.mkdir(`${run}/${folder}`);
      const { status, err } = await verify(run);
      assert.equal(status, 1, folder);
      assert.ok(err.endsWith(`no record lists ${folder}/`), err);
      await remove(`${run}/${folder}`);
    }
  }));

Deno.test("simulated data beside the user's matrix counts", () =>
  withRun(async (run, folder) => {
    const other = `${folder}/reports/simulated`;
    await command("all", `--run ${other}`, verifiablePipeline());
    await Deno.rename(`${other}/simulate`, `${run}/simulate`);
    const { status, err } = await verify(run, `--data ${folder}/data`);
    assert.equal(status, 1);
    assert.match(err, /no record lists simulate\/$/);
  }, { input: "1\n2\n3" }));

Deno.test("config.json counts whatever code the records name", () =>
  withRun(async (run) => {
    const pipeline = verifiablePipeline();
    const line = `--run ${run} --add.factor 5 --seed 7`;
    assert.equal((await command("all", line, pipeline)).status, 0);
    for (const stage of ["simulate", "prepare", "add"]) {
      await forge(run, stage, (record) => record.code = "0".repeat(64));
    }
    await Deno.writeTextFile(`${run}/config.json`, "{}");
    const { status, err } = await verify(run);
    assert.equal(status, 1);
    assert.match(
      err,
      /config\.json has no seed, which is 42 then, the record 7/,
    );
    assert.match(err, /has no add\.factor, which is 2 then, the record 5/);
  }));

Deno.test("only what is large may be absent", () =>
  withRun(async (run) => {
    await remove(`${run}/report.md`);
    await remove(`${run}/add/sum.txt`);
    const { status, out, err } = await verify(run);
    assert.equal(status, 1);
    assert.match(out, /^add +sum\.txt +missing$/m);
    assert.match(out, /^report +\.\.\/report\.md +missing$/m);
    assert.match(err, /2 files of 7 differ, first in add/);
    assert.match(err, /likely cause: sum\.txt was removed from/);
  }));

Deno.test("the run's config.json says what the records say", () =>
  withRun(async (run) => {
    const path = `${run}/config.json`;
    const before = await Deno.readTextFile(path);
    const values = JSON.parse(before);
    const problemOf = async (config: unknown) => {
      await Deno.writeTextFile(path, JSON.stringify(config));
      const { status, out, err } = await verify(run);
      assert.equal(status, 1);
      assert.match(out, /^- +config\.json +different$/m);
      return err.slice(err.indexOf("make: ") + 6);
    };
    assert.equal(
      await problemOf({ ...values, add: { factor: 5 } }),
      "config.json says add.factor 5, the record 2",
    );
    assert.equal(
      await problemOf({ ...values, seed: 7, add: { skip: ["\u001b[2J"] } }),
      "config.json says seed 7, the record 42; " +
        'config.json says add.skip ["\\u001b[2J"], the record []',
    );
    assert.equal(
      await problemOf({ simulate: { size: 8 } }),
      "config.json says simulate.size 8, the record 7",
    );
    assert.equal(
      await problemOf({ ...values, input: "data/n.txt" }),
      'config.json says input "data/n.txt", the record ""',
    );
    assert.equal(
      await problemOf({ ...values, threads: 3 }),
      "config.json says threads 3, no record does",
    );
    assert.equal(
      await problemOf({ ...values, unknown: 1 }),
      "config.json cannot be read",
    );
    await remove(path);
    assert.match((await verify(run)).err, /make: config\.json is missing$/);
    await Deno.symlink("/dev/zero", path);
    assert.match((await verify(run)).err, /config\.json is a link and should/);
    await remove(path);
    await Deno.writeTextFile(path, before);
    assert.equal((await verify(run)).status, 0);
  }));

Deno.test("a value that is no default and not in config.json is told", () =>
  withRun(async (run) => {
    const pipeline = verifiablePipeline();
    const line = `--run ${run} --add.factor 5`;
    assert.equal((await command("all", line, pipeline)).status, 0);
    assert.equal((await verify(run)).status, 0);
    await Deno.writeTextFile(`${run}/config.json`, "{}");
    assert.match(
      (await verify(run)).err,
      /make: config\.json has no add\.factor, which is 2 then, the record 5$/,
    );
  }));

Deno.test("config.json may name no other file than the record", () =>
  withRun(async (run, folder) => {
    const path = `${run}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(path));
    const elsewhere = `${folder}/other/n.txt`;
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...config, input: elsewhere }),
    );
    // Outside of the working folder only the name is recorded.
    assert.equal((await verify(run, `--data ${folder}/data`)).status, 0);
    for (
      const input of [`${folder}/other/m.txt`, "data/n.txt", "https://a/n.txt"]
    ) {
      await Deno.writeTextFile(path, JSON.stringify({ ...config, input }));
      const { status, err } = await verify(run, `--data ${folder}/data`);
      assert.equal(status, 1, input);
      assert.match(err, /config\.json says input /);
    }
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...config, simulate: { size: 99 } }),
    );
    assert.match(
      (await verify(run, `--data ${folder}/data`)).err,
      /config\.json says simulate\.size 99, no record does$/,
    );
  }, { input: "1\n2\n3" }));
