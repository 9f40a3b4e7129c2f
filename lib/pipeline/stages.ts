/**
 * The whole pipeline on one screen:
 *
 *     simulate ─> prepare ─> cnn ─> shap ─> genesets ─> clusters ─> ttest
 *         ─> checks ─> report
 *
 * A stage reads only the files of the stages that its own file names under
 * `needs`. A new stage is one folder and one line here: its module, and its
 * part of the report.
 */

import demo from "../../presets/demo.json" with { type: "json" };
import { clustersSection } from "../clusters/section.ts";
import { clustersStage } from "../clusters/stage.ts";

import { cnnSection } from "../cnn/section.ts";
import { cnnStage } from "../cnn/stage.ts";
import { ttestSection } from "../null_test/section.ts";
import { ttestStage } from "../null_test/stage.ts";
import { inputParameters } from "../prepare/parameters.ts";
import { prepareSection } from "../prepare/section.ts";
import { prepareStage } from "../prepare/stage.ts";
import { genesetsSection } from "../rankings/section.ts";
import { genesetsStage } from "../rankings/stage.ts";
import { reportStage } from "../report/stage.ts";
import { checksSection } from "../sanity_checks/section.ts";
import { checksStage } from "../sanity_checks/stage.ts";
import { shapSection } from "../shap/section.ts";
import { shapStage } from "../shap/stage.ts";
import { simulateSection } from "../simulate/section.ts";
import { simulateStage } from "../simulate/stage.ts";
import { definePipeline, type Pipeline, withSection } from "./pipeline.ts";

export const pipeline: Pipeline = definePipeline({
  stages: [
    withSection(simulateStage, simulateSection),
    withSection(prepareStage, prepareSection),
    withSection(cnnStage, cnnSection),
    withSection(shapStage, shapSection),
    withSection(genesetsStage, genesetsSection),
    withSection(clustersStage, clustersSection),
    withSection(ttestStage, ttestSection),
    withSection(checksStage, checksSection),
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
