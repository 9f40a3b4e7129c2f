/** The stage that writes the report. */

import { defineStage } from "../pipeline/stage.ts";
import { reportDeclaration } from "./declaration.ts";
import { writeReport } from "./write_report.ts";

/**
 * Writes `report.md` into the run's folder, from what the other stages wrote.
 * Of those only `prepare` must have run: the report says what is missing.
 */
export const reportStage = defineStage({
  ...reportDeclaration,
  run: writeReport,
});
