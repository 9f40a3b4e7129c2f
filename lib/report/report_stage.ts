/** The stage that writes the report. */

import demo from "../../presets/demo.json" with { type: "json" };
import { checksStage } from "../checks/checks_stage.ts";
import { clustersStage } from "../clusters/clusters_stage.ts";
import { cnnStage } from "../cnn/cnn_stage.ts";
import { inputParameters } from "../expression/input_parameters.ts";
import { prepareStage } from "../expression/prepare_stage.ts";
import { simulateStage } from "../expression/simulate_stage.ts";
import { defineStage } from "../run/stage.ts";
import { shapStage } from "../shap/shap_stage.ts";
import { ttestStage } from "../ttest/ttest_stage.ts";
import { declare } from "./declarations.ts";
import { writeReport } from "./write_report.ts";

/** The stages that the report tells of, in the order of the data flow. */
const stages = [
  simulateStage,
  prepareStage,
  cnnStage,
  shapStage,
  clustersStage,
  ttestStage,
  checksStage,
];

/**
 * Writes `report.md` into the run's folder, from what the other stages wrote.
 * Of those only `prepare` must have run: the report says what is missing.
 *
 * @example
 * ```ts
 * import { reportStage } from "./report_stage.ts";
 * console.assert(reportStage.needs.includes("prepare"));
 * ```
 */
export const reportStage = defineStage({
  name: "report",
  summary: "writes the report: the verdict in words, then all behind it",
  needs: stages.map(({ name }) => name),
  parameters: {},
  run: (context) =>
    writeReport(context, declare(stages, inputParameters, demo), stages),
});
