/** Sizes of what a run holds and writes, in bytes. */

import { weightBytes } from "../cnn/memory_estimate.ts";
import type { RunPlan } from "./plan.ts";

/** Of a network's weights. */
export function networkBytes({ architecture }: RunPlan): number {
  return weightBytes(architecture).reduce((sum, bytes) => sum + bytes, 0);
}
