/** The stage that writes the report. */

import demo from "../../presets/demo.json" with { type: "json" };
import { checksStage } from "../sanity_checks/stage.ts";
import { clustersStage } from "../clusters/stage.ts";
import { cnnStage } from "../cnn/stage.ts";
import { inputParameters } from "../prepare/input_parameters.ts";
import { prepareStage } from "../prepare/stage.ts";
import { simulateStage } from "../simulate/stage.ts";
import { defineStage } from "../pipeline/stage.ts";
import { shapStage } from "../shap/stage.ts";
import { ttestStage } from "../null_test/stage.ts";
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
 */
export const reportStage = defineStage({
  name: "report",
  summary: "writes the report: the verdict in words, then all behind it",
  needs: stages.map(({ name }) => name),
  parameters: {},
  run: (context) =>
    writeReport(context, declare(stages, inputParameters, demo), stages),
});
