/**
 * The whole study on one screen:
 *
 *     simulate ─> prepare ─> cnn ─> shap ─> clusters ─> ttest ─> checks
 *         ─> report
 *
 * A stage reads only the files of the stages that its own file names under
 * `needs`. A new stage is one new file and one line here.
 */

import { checksStage } from "../checks/checks_stage.ts";
import { clustersStage } from "../clusters/clusters_stage.ts";
import { cnnStage } from "../cnn/cnn_stage.ts";
import { inputParameters } from "../expression/input_parameters.ts";
import { prepareStage } from "../expression/prepare_stage.ts";
import { simulateStage } from "../expression/simulate_stage.ts";
import { reportStage } from "../report/report_stage.ts";
import { shapStage } from "../shap/shap_stage.ts";
import { ttestStage } from "../ttest/ttest_stage.ts";
import demo from "../../presets/demo.json" with { type: "json" };
import type { Study } from "./study.ts";

/** This suite's study. */
export const study: Study = {
  stages: [
    simulateStage,
    prepareStage,
    cnnStage,
    shapStage,
    clustersStage,
    ttestStage,
    checksStage,
    reportStage,
  ],
  inputs: { stage: "prepare", parameters: inputParameters, matrix: "input" },
  simulator: "simulate",
  simulatedPreset: { name: "presets/demo.json", content: demo },
};
