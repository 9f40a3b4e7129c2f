/** Opens a compute backend. */

import * as tf from "@tensorflow/tfjs-core";
// For its side effect only: it registers the reference backend "cpu".
import "@tensorflow/tfjs-backend-cpu";
import type { Backend } from "./backend.ts";
import { type BackendChoice, describeBackend } from "./backend_names.ts";
import { openWasm } from "./open_wasm.ts";
import { findAdapter, openWebgpu } from "./open_webgpu.ts";

export type { Backend } from "./backend.ts";
export type { BackendChoice } from "./backend_names.ts";
export { assertBackendHealthy, BackendFailure } from "./health.ts";

/**
 * Opens a compute backend and makes it tfjs's active one.
 *
 * `auto` is WebGPU where the adapter is real hardware, otherwise wasm. A
 * software adapter (llvmpipe, SwiftShader) and the slow reference backend `cpu`
 * are opened only when asked for by name. Needs no permission but --allow-read.
 * Switches tfjs to its production mode, which silences its start-up notices.
 *
 * @param choice what to open.
 * @param stage the stage that opens it, for the command that an error suggests.
 * @throws {InputError} when this machine does not have it.
 */
export async function openBackend(
  choice: BackendChoice,
  stage?: string,
): Promise<Backend> {
  tf.enableProdMode();
  switch (choice) {
    case "cpu":
      return await openCpu();
    case "wasm":
      return await openWasm(stage);
    case "webgpu":
      return await openWebgpu(await findAdapter(), stage);
    case "auto": {
      const found = await findAdapter();
      return found.adapter !== null && !found.software
        ? await openWebgpu(found, stage)
        : await openWasm(stage);
    }
  }
}

async function openCpu(): Promise<Backend> {
  await tf.setBackend("cpu");
  return {
    name: "cpu",
    description: describeBackend("cpu", tf.version_core, "the slow reference"),
    deterministic: true,
    maxBufferBytes: 2 ** 31,
  };
}
