/** A finished run of small stages, and the command that verifies it. */

import assert from "node:assert/strict";
import { basename } from "node:path";
import { defineStage, type Stage } from "../../../lib/pipeline/stage.ts";
import type { Pipeline } from "../../../lib/pipeline/pipeline.ts";
import { defineFile } from "../../../lib/store/output.ts";
import { verifyCommand } from "../../../lib/pipeline/verify/verify_command.ts";
import {
  add,
  command,
  fakePipeline,
  prepare,
  report,
  type Said,
  simulate,
  withFolder,
} from "../fake_pipeline.ts";

export const WASM = "tfjs-backend-wasm 4.22.0, SIMD";
export const WEBGPU = "tfjs-backend-webgpu 4.22.0, llvmpipe";

/** Adds on a backend, a little wrong if that is asked for. */
export function addOn(backend: string, error = 0): Stage {
  return defineStage({
    ...add,
    async run(context) {
      await add.run(context);
      const path = `${context.folder}/sum.txt`;
      const sum = Number(await Deno.readTextFile(path));
      await Deno.writeTextFile(path, (sum + error).toFixed(4));
      return { verdict: "added", backend };
    },
  }) as unknown as Stage;
}

/** A report that has the run's name in it. */
const namedReport = defineStage({
  ...report,
  outputs: [...report.outputs ?? [], defineFile("name.md", "The run's name")],
  async run(context) {
    const outcome = await report.run(context);
    const run = basename(context.runFolder);
    await context.writeBeside("name.md", `# ${run}\n`);
    await Deno.writeTextFile(
      `${context.folder}/summary.json`,
      JSON.stringify({ run, verdict: ["**The** sum is: 1."] }),
    );
    return outcome;
  },
});

export function verifiablePipeline(adding: Stage = addOn(WASM)): Pipeline {
  return fakePipeline([simulate, prepare, adding, namedReport]);
}

/**
 * Gives a test a finished run, `reports/r` in a folder of its own.
 *
 * @param input The numbers; empty for simulated ones.
 */
export function withRun(
  test: (run: string, folder: string) => Promise<void>,
  { input = "", pipeline = verifiablePipeline() } = {},
): Promise<void> {
  return withFolder(async (folder) => {
    const run = `${folder}/reports/r`;
    let line = `--run ${run}`;
    if (input !== "") {
      await Deno.mkdir(`${folder}/data`);
      await Deno.writeTextFile(`${folder}/data/n.txt`, input);
      line += ` --input ${folder}/data/n.txt`;
    }
    const { status, err } = await command("all", line, pipeline);
    assert.deepEqual([status, err.replace(/^report +note: .*$/m, "")], [0, ""]);
    await test(run, folder);
  });
}

/** Verifies a run; `line` is split at its spaces. */
export async function verify(
  run: string,
  line = "",
  pipeline = verifiablePipeline(),
): Promise<Said & { readonly all: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await verifyCommand(
    pipeline,
    ["--quiet=false", "--run", run, ...line.split(" ").filter(Boolean)],
    { out: (text) => out.push(text), err: (text) => err.push(text) },
  );
  const said = { out: out.join("\n"), err: err.join("\n") };
  return { status, ...said, all: `${said.out}\n${said.err}` };
}
