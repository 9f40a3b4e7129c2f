import assert from "node:assert/strict";
import { command, contentsOf, namesIn, withFolder } from "./fake_pipeline.ts";

Deno.test("all runs every stage and says where the report is", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    const { status, out, err } = await command("all", `--run ${run}`);
    assert.equal(status, 0);
    assert.match(
      out,
      /^simulate {2}7 numbers \(\d+\.\d s\)\nprepare {3}5 numbers/,
    );
    assert.ok(
      out.endsWith(
        `\n\nThe sum _is: 120.\n  report: ${run}/report.md\n` +
          `  sum: ${run}/add/sum.txt`,
      ),
      out,
    );
    assert.equal(err, "report    note: there is nothing extra");
    assert.deepEqual(await namesIn(run), [
      "add",
      "config.json",
      "prepare",
      "report",
      "report.md",
      "simulate",
      "timings.json",
    ]);
    const timings = JSON.parse(await Deno.readTextFile(`${run}/timings.json`));
    assert.deepEqual(Object.keys(timings), [
      "add",
      "prepare",
      "report",
      "simulate",
    ]);
    assert.ok(timings.add.seconds >= 0);
  }));

Deno.test("the same command makes the same bytes, wherever it runs", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder}/a --threads 1 --quiet`);
    await command("all", `--run ${folder}/b --threads 4 --quiet`);
    assert.deepEqual(
      await contentsOf(`${folder}/a`),
      await contentsOf(`${folder}/b`),
    );
  }));

Deno.test("quiet says nothing", () =>
  withFolder(async (folder) => {
    const { status, out, err } = await command(
      "all",
      `--run ${folder} --quiet`,
    );
    assert.deepEqual([status, out, err], [0, "", ""]);
  }));

Deno.test("a stage whose predecessor has not run names the command", () =>
  withFolder(async (folder) => {
    const run = `${folder}/new/run`;
    const { status, err } = await command("add", `--run ${run}`);
    assert.equal(status, 2);
    assert.equal(
      err,
      `Cannot run add: no stage has run in ${run}\n` +
        `  try: begin with deno task all --run ${run} --input FILE`,
    );
    assert.deepEqual(await namesIn(folder), []);
    await command("simulate", `--run ${run}`);
    const after = await command("add", `--run ${run}`);
    assert.equal(
      after.err,
      `Cannot run add: prepare has not run in ${run}\n` +
        `  try: deno task prepare --run ${run}`,
    );
  }));

Deno.test("an edited file is named, with the command that fixes it", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder} --prepare.keep 3`);
    const before = await Deno.readTextFile(`${folder}/add/sum.txt`);
    await Deno.writeTextFile(`${folder}/prepare/kept.txt`, "1\n2\n3\n4");
    const { status, err } = await command("add", `--run ${folder}`);
    assert.equal(status, 2);
    assert.equal(
      err,
      `Cannot run add: ${folder}/prepare/kept.txt was changed after prepare had written it\n` +
        `  try: deno task prepare --run ${folder}`,
    );
    assert.equal(await Deno.readTextFile(`${folder}/add/sum.txt`), before);
    await Deno.remove(`${folder}/prepare/kept.txt`);
    const removed = await command("add", `--run ${folder}`);
    assert.match(removed.err, /kept\.txt was removed after prepare/);
  }));

Deno.test("a broken record is named", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder}`);
    await Deno.writeTextFile(`${folder}/prepare/stage.json`, "{");
    const { status, err } = await command("add", `--run ${folder}`);
    assert.equal(status, 2);
    assert.match(err, /prepare\/stage\.json: it is not the record that/);
    const again = await command("all", `--run ${folder}`);
    assert.equal(again.status, 0);
    assert.match(again.out, /^prepare {3}5 numbers/m);
  }));

for (
  const [how, message] of [
    [
      "throw",
      /^Cannot finish add: a fault .*\(TypeError: x is undefined; --debug .*\)\n.* --force$/,
    ],
    ["stray", /^Cannot finish add: the device was lost$/],
  ] as const
) {
  Deno.test({
    name: `a failure (${how}) ends with 1 and leaves the earlier result`,
    // The failed stage's own timer may still be under way.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      withFolder(async (folder) => {
        await command("all", `--run ${folder}`);
        const before = await contentsOf(folder);
        const { status, err } = await command(
          "all",
          `--run ${folder} --add.fail ${how}`,
        );
        assert.equal(status, 1);
        assert.match(err, message);
        const { "config.json": config, ...rest } = await contentsOf(folder);
        assert.deepEqual(JSON.parse(config).add, { fail: how });
        delete before["config.json"];
        assert.deepEqual(rest, before);
      }),
  });
}

Deno.test("debug shows where the error arose", () =>
  withFolder(async (folder) => {
    await command("all", `--run ${folder}`);
    const { err } = await command(
      "add",
      `--run ${folder} --fail throw --debug`,
    );
    assert.match(err, /at .*fake_pipeline\.ts/);
  }));

Deno.test("bad input writes nothing", () =>
  withFolder(async (folder) => {
    const { status, out, err } = await command(
      "all",
      `--run ${folder}/reports/x --input ${folder}/none.txt`,
    );
    assert.equal(status, 2);
    assert.equal(out, "");
    assert.equal(err, `Cannot read ${folder}/none.txt: there is no such file`);
    assert.deepEqual(await namesIn(folder), []);
  }));

Deno.test("a folder that no stage made is not replaced", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/simulate`);
    await Deno.writeTextFile(`${folder}/simulate/mine.txt`, "mine");
    const { status, err } = await command("simulate", `--run ${folder}`);
    assert.equal(status, 2);
    assert.match(
      err,
      /^Cannot begin in .*: it holds .*simulate\/mine\.txt and no run /,
    );
    assert.deepEqual(await namesIn(folder), ["simulate"]);
  }));

Deno.test("a run folder below a file is refused", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { status, err } = await command("all", `--run ${folder}/file/run`);
    assert.equal(status, 2);
    assert.match(err, /a file stands where a folder should be/);
  }));

Deno.test("records hold no absolute path and no time", () =>
  withFolder(async (folder) => {
    const input = `${folder}/numbers.txt`;
    await Deno.writeTextFile(input, "1\n2\n3");
    await command("all", `--run ${folder}/run --input ${input}`);
    const text = await Deno.readTextFile(`${folder}/run/prepare/stage.json`);
    assert.ok(!text.includes(folder));
    const record = JSON.parse(text);
    assert.equal(record.parameters.input, "numbers.txt");
    assert.deepEqual(Object.keys(record.inputs), ["input:numbers.txt"]);
    assert.deepEqual(record.seeds, { master: 42 });
    assert.equal(record.versions.deno, Deno.version.deno);
    assert.equal(record.versions["pure-rand"], "8.4.2");
    assert.deepEqual(Object.keys(record), Object.keys(record).sort());
    const report = JSON.parse(
      await Deno.readTextFile(`${folder}/run/report/stage.json`),
    );
    assert.deepEqual(Object.keys(report.outputs), [
      "../report.md",
      "summary.json",
    ]);
    assert.deepEqual(report.absent, ["add/extra.txt"]);
    assert.deepEqual(report.warnings, ["there is nothing extra"]);
  }));
