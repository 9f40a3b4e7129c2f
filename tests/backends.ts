/** Which backends the tests run on. */

import type { BackendName } from "../lib/backend/backend_names.ts";
import { findAdapter } from "../lib/backend/open_webgpu.ts";

/**
 * Why a backend is not tested here; undefined if it is. WebGPU is tested on a
 * graphics card, and on a software adapter only where the environment variable
 * `CI` is set, because that takes as long as all other tests.
 */
export function whySkipped(name: BackendName): string | undefined {
  return name === "webgpu" ? webgpuSkipped : undefined;
}

const { adapter, software } = await findAdapter();
const webgpuSkipped = adapter === null
  ? "no graphics adapter; mesa-vulkan-drivers has a software one"
  : software && !isSet("CI")
  ? "software adapter; to run: CI=1 deno task test"
  : undefined;

function isSet(variable: string): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" && Boolean(Deno.env.get(variable));
}
