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
  task: CalibrationTask,
  setup: CalibrationSetup,
): Promise<TrialResult> {
  return task.kind === "sets"
    ? await trySets(setup, task)
    : await tryPipeline(setup, task.seed);
}
