/** Checks the machine code that V8 makes of the kernels by known results. */

import * as tf from "@tensorflow/tfjs-core";
import { rerun, RunError } from "../../cli/errors.ts";
import { sha256 } from "../../kernels/digest.ts";
import known from "./digests.json" with { type: "json" };
import { computeSamples, type Results } from "./samples.ts";

/**
 * How often everything is computed before it is compared: the optimizing
 * compiler, whose code is to be checked, takes a function after some calls.
 */
const RUNS = 6;

/**
 * Compares results of the open wasm backend with known ones, byte for byte. It
 * takes some hundredths of a second beside the compilation of the kernels. The
 * threads need no check of their own, as V8 compiles a module once a process.
 *
 * @param stage the stage that can run without the flags instead.
 * @param compute computes the results that are compared.
 * @throws {RunError} if a byte differs.
 */
export async function checkKernels(
  stage?: string,
  compute: () => Results = computeSamples,
): Promise<void> {
  const found = await digestSamples(compute);
  const wrong = Object.entries(known)
    .filter(([name, digest]) => found[name] !== digest)
    .map(([name]) => name);
  if (wrong.length === 0) return;
  throw new RunError(
    `Cannot compute with V8's flags for speed: the results of ${
      wrong.join(", ")
    } are not the known ones, so V8 has compiled the kernels wrongly here`,
    stage === undefined ? undefined : rerun(stage, { safe: true }),
  );
}

/**
 * The SHA-256 of each group of results, after their functions have been
 * optimized.
 */
export async function digestSamples(
  compute: () => Results = computeSamples,
): Promise<Record<string, string>> {
  for (let run = 1; run < RUNS; run++) disposeOf(tf.tidy(compute));
  const results = tf.tidy(compute);
  const digests: Record<string, string> = {};
  for (const [name, tensors] of Object.entries(results)) {
    const values = tensors.map((tensor) => new Float32Array(tensor.dataSync()));
    const bytes = await new Blob(values).arrayBuffer();
    digests[name] = await sha256(new Uint8Array(bytes));
  }
  disposeOf(results);
  return digests;
}

function disposeOf(results: Results): void {
  for (const tensor of Object.values(results).flat()) tensor.dispose();
}
