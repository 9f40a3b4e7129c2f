import assert from "node:assert/strict";
import manifest from "../../deno.json" with { type: "json" };
import { readConfigFile } from "../../lib/cli/config_file.ts";
import { configKeys, flagsOf } from "../../lib/pipeline/flag_names.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";

const names = pipeline.stages.map(({ name }) => name);
const presets = new URL("../../presets/", import.meta.url);

Deno.test("a stage needs only stages that run before it", () => {
  pipeline.stages.forEach(({ name, needs }, index) => {
    for (const need of needs) {
      assert.ok(names.slice(0, index).includes(need), `${name}: ${need}`);
    }
  });
});

Deno.test("every stage has a task and a script of its name", async () => {
  const tasks: Record<string, { command: string }> = manifest.tasks;
  for (const name of ["all", ...names]) {
    assert.ok(tasks[name].command.endsWith(` scripts/${name}.ts`), name);
    await Deno.stat(new URL(`../../scripts/${name}.ts`, import.meta.url));
  }
});

Deno.test("no task may do more than it needs to", () => {
  for (const [name, { command }] of Object.entries(manifest.tasks)) {
    assert.doesNotMatch(command, / (-A|--allow-all|--allow-net)\b/, name);
  }
});

for (const name of ["all", ...names]) {
  Deno.test(`${name} --help lists every flag in 80 columns`, async () => {
    const lines: string[] = [];
    const terminal = {
      out: (text: string) => lines.push(...text.split("\n")),
      err: (text: string) => assert.fail(text),
    };
    assert.equal(await runCommand(pipeline, name, ["--help"], terminal), 0);
    for (const line of lines) assert.ok(line.length <= 80, line);
    const listed = lines.flatMap((line) =>
      /^ {2}--(\S+)/.exec(line)?.[1] ?? []
    );
    assert.deepEqual(
      listed.sort(),
      Object.keys(flagsOf(pipeline, name)).sort(),
    );
  });
}

Deno.test("every preset can be read", async () => {
  let count = 0;
  for await (const { name } of Deno.readDir(presets)) {
    const path = new URL(name, presets).pathname;
    const given = await readConfigFile(path, configKeys(pipeline));
    assert.ok(given.size > 0, name);
    count++;
  }
  assert.equal(count, 2);
});

Deno.test("the preset of the original states every value of the network", async () => {
  const path = new URL("original.json", presets).pathname;
  const given = await readConfigFile(path, configKeys(pipeline));
  const cnn = pipeline.stages.find(({ name }) => name === "cnn")!;
  for (const name of Object.keys(cnn.parameters)) {
    // How often to keep the state changes no number.
    if (name === "checkpoint-every") continue;
    assert.ok(given.has(`cnn.${name}`), name);
  }
});
