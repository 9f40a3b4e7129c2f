import type { Backend } from "./backend.ts";
import * as tf from "@tensorflow/tfjs-core";
// For its side effect only: it registers the reference backend "cpu".
import "@tensorflow/tfjs-backend-cpu";
import { BackendUnavailable } from "./unavailable.ts";
import { openWasm } from "./open_wasm.ts";
import { findAdapter, openWebgpu } from "./open_webgpu.ts";

export type { Backend } from "./backend.ts";
export { BackendUnavailable } from "./unavailable.ts";
export { assertBackendHealthy, BackendFailure } from "./health.ts";

/** What a user may ask for; see {@linkcode openBackend}. */
export type BackendChoice = "auto" | "webgpu" | "wasm" | "cpu";

/** The choices, in the order in which help texts list them. */
export const BACKEND_CHOICES: readonly BackendChoice[] = [
  "auto",
  "webgpu",
  "wasm",
  "cpu",
];

/**
 * Opens a compute backend and makes it tfjs's active one.
 *
 * `auto` is WebGPU where the adapter is real hardware, else wasm. A software
 * adapter (llvmpipe, SwiftShader) and the slow reference backend `cpu` are
 * opened only when asked for by name. Needs no permission but --allow-read.
 * Switches tfjs to its production mode, which silences its start-up notices.
 *
 * @param choice what to open.
 * @returns what was opened.
 * @throws {BackendUnavailable} when this machine cannot open it.
 */
export async function openBackend(choice: BackendChoice): Promise<Backend> {
  tf.enableProdMode();
  switch (choice) {
    case "cpu":
      return await openCpu();
    case "wasm":
      return await openWasm();
    case "webgpu":
      return await openWebgpu(await findAdapter());
    case "auto": {
      const found = await findAdapter();
      return found.adapter !== null && !found.software
        ? await openWebgpu(found)
        : await openWasm();
    }
    default:
      throw new BackendUnavailable(
        `Cannot open the backend "${choice}": it is unknown, expected ` +
          `${BACKEND_CHOICES.join(", ")}`,
      );
  }
}

async function openCpu(): Promise<Backend> {
  await tf.setBackend("cpu");
  return {
    name: "cpu",
    description: `tfjs-backend-cpu ${tf.version_core}, the slow reference`,
    deterministic: true,
    maxBufferBytes: 2 ** 31,
  };
}
