import assert from "node:assert/strict";
import { commonParameters } from "../../lib/cli/common_flags.ts";
import { flagsOf } from "../../lib/pipeline/flag_names.ts";
import { command, fakePipeline } from "./fake_pipeline.ts";

const pipeline = fakePipeline();

for (const name of ["all", ...pipeline.stages.map(({ name }) => name)]) {
  Deno.test(`${name} --help lists every flag in 80 columns`, async () => {
    const { status, out, err } = await command(name, "--help");
    assert.deepEqual([status, err], [0, ""]);
    for (const line of out.split("\n")) assert.ok(line.length <= 80, line);
    const listed = [...out.matchAll(/^ {2}--(\S+)/gm)].map(([, flag]) => flag);
    assert.deepEqual(
      listed.sort(),
      Object.keys(flagsOf(pipeline, name)).sort(),
    );
  });
}

Deno.test("help gives default and bounds, and beats every other flag", async () => {
  const { status, out } = await command("simulate", "--seed 3 --help");
  assert.equal(status, 0);
  assert.match(
    out,
    / {2}--size N {16}how many numbers \(at least 1; default 9\)/,
  );
  assert.ok(out.includes(commonParameters.run.help));
});
