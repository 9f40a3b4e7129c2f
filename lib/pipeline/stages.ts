/**
 * The whole pipeline on one screen:
 *
 *     simulate ─> prepare ─> cnn ─> shap ─> clusters ─> ttest ─> checks
 *         ─> report
 *
 * A stage reads only the files of the stages that its own file names under
 * `needs`. A new stage is one new file and one line here.
 */

import { checksStage } from "../sanity_checks/stage.ts";
import { clustersStage } from "../clusters/stage.ts";
import { cnnStage } from "../cnn/stage.ts";
import { inputParameters } from "../prepare/parameters.ts";
import { prepareStage } from "../prepare/stage.ts";
import { simulateStage } from "../simulate/stage.ts";
import { reportStage } from "../report/stage.ts";
import { shapStage } from "../shap/stage.ts";
import { ttestStage } from "../null_test/stage.ts";
import demo from "../../presets/demo.json" with { type: "json" };
import { definePipeline, type Pipeline } from "./pipeline.ts";

/** This suite's pipeline. */
export const pipeline: Pipeline = definePipeline({
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
  results: {
    verdict: "report/summary.json",
    files: { report: "report.md", genes: "shap/shap_genes.csv" },
  },
});
