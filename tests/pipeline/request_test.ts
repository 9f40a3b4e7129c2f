import assert from "node:assert/strict";
import { readRequest } from "../../lib/pipeline/request.ts";
import {
  add,
  command,
  fakeStudy,
  prepare,
  simulate,
  withFolder,
} from "./fake_pipeline.ts";

const study = fakeStudy();

async function ask(name: string, ...args: string[]) {
  const request = await readRequest(study, name, args);
  assert.ok(request);
  return request;
}

Deno.test("flags are dotted on all and bare on their own stage", async () => {
  const all = await ask("all", "--add.factor", "3", "--input", "m.csv");
  assert.equal(all.valuesOf(add).factor, 3);
  assert.equal(all.valuesOf(prepare).input, "m.csv");
  assert.equal(all.simulated, false);
  const one = await ask("add", "--factor", "3");
  assert.equal(one.valuesOf(add).factor, 3);
});

Deno.test("one name may mean different things on different stages", async () => {
  const one = await ask("add", "--samples", "all");
  assert.equal(one.valuesOf(add).samples, "all");
  assert.equal(one.valuesOf(prepare).samples, "");
  const all = await ask("all", "--samples", "s.csv", "--add.samples", "all");
  assert.equal(all.valuesOf(add).samples, "all");
  assert.equal(all.valuesOf(prepare).samples, "s.csv");
});

Deno.test("flags beat the file, the file the preset, the preset defaults", () =>
  withFolder(async (folder) => {
    const config = `${folder}/c.json`;
    await Deno.writeTextFile(
      config,
      '{"seed":7,"simulate":{"size":6},"add":{"factor":8},"samples":"s.csv"}',
    );
    const run = ["--run", `${folder}/run/`, "--config", config];
    assert.equal((await ask("all")).valuesOf(simulate).size, 7);
    assert.equal((await ask("all", ...run)).valuesOf(simulate).size, 6);
    const all = await ask("all", ...run, "--simulate.size", "5");
    assert.equal(all.valuesOf(simulate).size, 5);
    assert.equal(all.settings.seed, 7);
    assert.equal(all.runFolder, `${folder}/run`);
    const real = await ask("all", "--input", "m.csv");
    assert.equal(real.valuesOf(simulate).size, 9);
    // A stage takes its own part of the file; `samples` belongs to another.
    const one = await ask("add", ...run, "--seed", "8");
    assert.equal(one.valuesOf(add).factor, 8);
    assert.equal(one.valuesOf(add).samples, "test");
    assert.equal(one.settings.seed, 8);
  }));

Deno.test("a stage of a run on the user's data takes no preset", () =>
  withFolder(async (folder) => {
    const input = `${folder}/n.txt`;
    await Deno.writeTextFile(input, "1\n2");
    await command("all", `--run ${folder}/r --input ${input}`);
    assert.equal((await ask("add", "--run", `${folder}/r`)).simulated, false);
    await command("all", `--run ${folder}/s`);
    assert.equal((await ask("add", "--run", `${folder}/s`)).simulated, true);
  }));

Deno.test("threads are all cores unless given", async () => {
  assert.equal(
    (await ask("all")).settings.threads,
    navigator.hardwareConcurrency,
  );
  assert.equal((await ask("all", "--threads", "3")).settings.threads, 3);
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
