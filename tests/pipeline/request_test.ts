import assert from "node:assert/strict";
import { readRequest } from "../../lib/pipeline/request.ts";
import { command, fakePipeline, withFolder } from "./fake_pipeline.ts";

const pipeline = fakePipeline();

async function ask(name: string, ...args: string[]) {
  const request = await readRequest(pipeline, name, args);
  assert.ok(request);
  return request;
}

/** The values that a command gives one of its stages. */
async function valuesOf(stage: string, name: string, ...args: string[]) {
  const { stages } = await ask(name, ...args);
  return stages.find((request) => request.stage.name === stage)!.values;
}

/** `all` in a folder where nothing has run, with some more flags. */
const all = (stage: string, ...args: string[]) =>
  valuesOf(stage, "all", "--run", "reports/none-of-these", ...args);

Deno.test("flags are dotted on all and bare on their own stage", () =>
  withFolder(async (run) => {
    const flags = ["--add.factor", "3", "--input", "m.csv"];
    assert.equal((await all("add", ...flags)).factor, 3);
    assert.equal((await all("prepare", ...flags)).input, "m.csv");
    await command("all", `--run ${run} --quiet`);
    const own = await valuesOf("add", "add", "--run", run, "--factor", "3");
    assert.equal(own.factor, 3);
  }));

Deno.test("data are simulated unless there is an input", async () => {
  const stagesOf = async (...args: string[]) =>
    (await ask("all", "--run", "reports/none-of-these", ...args)).stages
      .map(({ stage }) => stage.name);
  const real = ["prepare", "add", "report"];
  assert.deepEqual(await stagesOf("--input", "m.csv"), real);
  assert.deepEqual(await stagesOf(), ["simulate", ...real]);
});

Deno.test("one name may mean different things on different stages", () =>
  withFolder(async (run) => {
    const flags = ["--samples", "s.csv", "--add.samples", "all"];
    assert.equal((await all("add", ...flags)).samples, "all");
    assert.equal((await all("prepare", ...flags)).samples, "s.csv");
    await command("all", `--run ${run} --quiet`);
    const own = ["--run", run, "--samples", "all"];
    assert.equal((await valuesOf("add", "add", ...own)).samples, "all");
  }));

Deno.test("flags beat the file, the file the preset, the preset defaults", () =>
  withFolder(async (folder) => {
    const config = `${folder}/c.json`;
    await Deno.writeTextFile(
      config,
      '{"seed":7,"simulate":{"size":6},"add":{"factor":8},"samples":"s.csv"}',
    );
    const run = ["--run", `${folder}/run/`, "--config", config];
    assert.equal((await all("simulate")).size, 7);
    assert.equal((await valuesOf("simulate", "all", ...run)).size, 6);
    const request = await ask("all", ...run, "--simulate.size", "5");
    assert.equal(request.stages[0].values.size, 5);
    assert.equal(request.stages[0].settings.seed, 7);
    assert.equal(request.runFolder, `${folder}/run`);
    // A stage takes its own part of the file; `samples` belongs to another.
    const add = await valuesOf("add", "all", ...run);
    assert.deepEqual([add.factor, add.samples], [8, "test"]);
  }));

Deno.test("threads are all cores unless given", async () => {
  const threads = async (...args: string[]) =>
    (await ask("all", "--run", "reports/none-of-these", ...args))
      .stages[0].settings.threads;
  assert.equal(await threads(), navigator.hardwareConcurrency);
  assert.equal(await threads("--threads", "3"), 3);
});

for (
  const [name, flag, nearest] of [
    ["all", "--add.facto", "--add.factor"],
    ["all", "--factor", "--add.factor"],
    ["add", "--add.factor", "--factor"],
    ["add", "--input", "--"],
    ["add", "--dryrun", "--dry-run"],
  ]
) {
  Deno.test(`${name} ${flag} is refused and names the nearest`, async () => {
    const { status, out, err } = await command(name, `${flag} 3`);
    assert.equal(status, 2);
    assert.equal(out, "");
    const [first, second] = err.split("\n");
    assert.ok(
      first.startsWith(
        `Cannot read the flags: ${flag} is not a flag of "${name}"; did you mean ${nearest}`,
      ),
      first,
    );
    assert.equal(second, `  try: deno task ${name} --help`);
  });
}
