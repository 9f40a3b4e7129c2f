/** The worker of the calibration: makes one trial at a time. */

import { tryPipeline } from "./pipeline.ts";
import { trySets } from "./sets.ts";
import type {
  CalibrationSetup,
  CalibrationTask,
  TrialResult,
} from "./setup.ts";

/** Keeps the settings of all trials. */
export function setUp(setup: CalibrationSetup): CalibrationSetup {
  return setup;
}

/** Makes one trial. */
export async function work(
  { kind, seed }: CalibrationTask,
  setup: CalibrationSetup,
): Promise<TrialResult> {
  return kind === "sets"
    ? trySets(setup, seed)
    : await tryPipeline(setup, seed);
}
