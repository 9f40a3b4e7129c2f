/** `--backend webgpu` on a machine without a graphics adapter. */

import assert from "node:assert/strict";
import { LAUNCHER } from "../../lib/cli/shell.ts";
import type { Terminal } from "../../lib/cli/terminal.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

// This file has its own process, in which no other test looks for an adapter.
Object.defineProperty(navigator, "gpu", { value: undefined });

Deno.test("without an adapter, webgpu is bad input with a command that works", () =>
  withFolder(async (folder) => {
    const run = async (line: string) => {
      const errors: string[] = [];
      const terminal: Terminal = {
        out() {},
        err: (text) => errors.push(text),
      };
      const [command, ...args] = line.split(" ");
      const status = await runCommand(pipeline, command, args, terminal);
      return { status, errors };
    };
    const where = `--run ${folder}/run`;
    const simulated = "--samples 36 --genes 64 --tissues 3 --planted 5";
    const trained = "--width 0.1 --epochs 1";
    assert.equal((await run(`simulate ${where} ${simulated}`)).status, 0);
    assert.equal((await run(`prepare ${where}`)).status, 0);
    const { status, errors } = await run(
      `cnn ${where} ${trained} --backend webgpu`,
    );
    assert.equal(status, 2);
    const remedy = `cnn ${where} ${trained} --backend wasm`;
    assert.deepEqual(errors, [
      "Cannot open the backend webgpu: no graphics adapter was found",
      `  try: ${LAUNCHER} ${remedy}`,
    ]);
    assert.equal((await run(remedy)).status, 0);
  }));
