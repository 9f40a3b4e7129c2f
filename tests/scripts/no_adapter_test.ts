/** Backends that a machine lacks what they need for. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { LAUNCHER } from "../../lib/cli/shell.ts";
import type { Terminal } from "../../lib/cli/terminal.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

// This file has its own process, in which no other test looks for an adapter.
Object.defineProperty(navigator, "gpu", { value: undefined });

async function run(line: string) {
  const errors: string[] = [];
  const terminal: Terminal = {
    out() {},
    err: (text) => errors.push(text),
  };
  const [command, ...args] = line.split(" ");
  const status = await runCommand(pipeline, command, args, terminal);
  return { status, errors };
}

/** Makes what `cnn` reads in a run, and says with which flags to call it. */
async function prepareRun(folder: string): Promise<string> {
  const where = `--run ${folder}/run`;
  const simulated = "--samples 36 --genes 64 --tissues 3 --planted 5";
  assert.equal((await run(`simulate ${where} ${simulated}`)).status, 0);
  assert.equal((await run(`prepare ${where}`)).status, 0);
  return `cnn ${where} --width 0.1 --epochs 1`;
}

Deno.test("without an adapter, webgpu is bad input with a command that works", () =>
  withFolder(async (folder) => {
    const command = await prepareRun(folder);
    const { status, errors } = await run(`${command} --backend webgpu`);
    assert.equal(status, 2);
    const remedy = `${command} --backend wasm`;
    assert.deepEqual(errors, [
      "Cannot open the backend webgpu: no graphics adapter was found",
      `  try: ${LAUNCHER} ${remedy}`,
    ]);
    assert.equal((await run(remedy)).status, 0);
  }));

Deno.test("without SIMD, auto is bad input with a command that works", () =>
  withFolder(async (folder) => {
    const command = await prepareRun(folder);
    const known = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
    tf.env().set("WASM_HAS_SIMD_SUPPORT", false);
    try {
      const { status, errors } = await run(command);
      assert.equal(status, 2);
      const remedy = `${command} --backend cpu`;
      assert.deepEqual(errors, [
        "Cannot open the backend wasm: this processor has no WebAssembly " +
        "SIMD, which needs SSE4.1 and SSSE3, or a V8 flag turns it off",
        `  try: ${LAUNCHER} ${remedy}`,
      ]);
      assert.equal((await run(remedy)).status, 0);
    } finally {
      tf.env().set("WASM_HAS_SIMD_SUPPORT", known);
    }
  }));
