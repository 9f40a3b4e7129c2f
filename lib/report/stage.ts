/** The stage that writes the report. */

import { defineStage, EVERY_EARLIER_STAGE } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { writeReport } from "./write_report.ts";

/**
 * Writes `report.md` into the run's folder, from what the other stages wrote.
 * Of those only `prepare` must have run: the report says what is missing.
 */
export const reportStage = defineStage({
  module: import.meta.url,
  name: "report",
  summary: "writes the report: the verdict in words, then all behind it",
  needs: EVERY_EARLIER_STAGE,
  parameters: {},
  outputs,
  run: writeReport,
});
