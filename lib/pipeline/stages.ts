/**
 * The whole pipeline on one screen:
 *
 *     simulate ─> prepare ─> cnn ─> shap ─> genesets ─> enrichment ─> panels
 *         ─> splits ─> confounding ─> clusters ─> ttest ─> checks ─> external
 *         ─> report
 *
 * A stage reads only the files of the stages that its own file names under
 * `needs`. A new stage is one folder and one entry here: its declaration, its
 * module, and its part of the report.
 */

import demo from "../../presets/demo.json" with { type: "json" };
import { clustersDeclaration } from "../clusters/declaration.ts";
import { cnnDeclaration } from "../cnn/declaration.ts";
import { confoundingDeclaration } from "../confounding/declaration.ts";
import { enrichmentDeclaration } from "../enrichment/declaration.ts";
import { externalDeclaration } from "../external/declaration.ts";
import { ttestDeclaration } from "../null_test/declaration.ts";
import { reproduceFlag } from "../null_test/parameters.ts";
import { panelsDeclaration } from "../panels/declaration.ts";
import { prepareDeclaration } from "../prepare/declaration.ts";
import { inputParameters } from "../prepare/parameters.ts";
import { genesetsDeclaration } from "../rankings/declaration.ts";
import { reportDeclaration } from "../report/declaration.ts";
import { checksDeclaration } from "../sanity_checks/declaration.ts";
import { shapDeclaration } from "../shap/declaration.ts";
import { simulateDeclaration } from "../simulate/declaration.ts";
import { splitsDeclaration } from "../splits/declaration.ts";
import {
  definePipeline,
  lazyStage,
  type Pipeline,
  withSection,
} from "./pipeline.ts";

export const pipeline: Pipeline = definePipeline({
  stages: [
    withSection(
      lazyStage(
        simulateDeclaration,
        ({ simulateStage }: typeof import("../simulate/stage.ts")) =>
          simulateStage,
      ),
      ({ simulateSection }: typeof import("../simulate/section.ts")) =>
        simulateSection,
    ),
    withSection(
      lazyStage(
        prepareDeclaration,
        ({ prepareStage }: typeof import("../prepare/stage.ts")) =>
          prepareStage,
      ),
      ({ prepareSection }: typeof import("../prepare/section.ts")) =>
        prepareSection,
    ),
    withSection(
      lazyStage(
        cnnDeclaration,
        ({ cnnStage }: typeof import("../cnn/stage.ts")) => cnnStage,
      ),
      ({ cnnSection }: typeof import("../cnn/section.ts")) => cnnSection,
    ),
    withSection(
      lazyStage(
        shapDeclaration,
        ({ shapStage }: typeof import("../shap/stage.ts")) => shapStage,
      ),
      ({ shapSection }: typeof import("../shap/section.ts")) => shapSection,
    ),
    withSection(
      lazyStage(
        genesetsDeclaration,
        ({ genesetsStage }: typeof import("../rankings/stage.ts")) =>
          genesetsStage,
      ),
      ({ genesetsSection }: typeof import("../rankings/section.ts")) =>
        genesetsSection,
    ),
    withSection(
      lazyStage(
        enrichmentDeclaration,
        ({ enrichmentStage }: typeof import("../enrichment/stage.ts")) =>
          enrichmentStage,
      ),
      ({ enrichmentSection }: typeof import("../enrichment/section.ts")) =>
        enrichmentSection,
    ),
    withSection(
      lazyStage(
        panelsDeclaration,
        ({ panelsStage }: typeof import("../panels/stage.ts")) => panelsStage,
      ),
      ({ panelsSection }: typeof import("../panels/section.ts")) =>
        panelsSection,
    ),
    withSection(
      lazyStage(
        splitsDeclaration,
        ({ splitsStage }: typeof import("../splits/stage.ts")) => splitsStage,
      ),
      ({ splitsSection }: typeof import("../splits/section.ts")) =>
        splitsSection,
    ),
    withSection(
      lazyStage(
        confoundingDeclaration,
        ({ confoundingStage }: typeof import("../confounding/stage.ts")) =>
          confoundingStage,
      ),
      ({ confoundingSection }: typeof import("../confounding/section.ts")) =>
        confoundingSection,
    ),
    withSection(
      lazyStage(
        clustersDeclaration,
        ({ clustersStage }: typeof import("../clusters/stage.ts")) =>
          clustersStage,
      ),
      ({ clustersSection }: typeof import("../clusters/section.ts")) =>
        clustersSection,
    ),
    withSection(
      lazyStage(
        ttestDeclaration,
        ({ ttestStage }: typeof import("../null_test/stage.ts")) => ttestStage,
        reproduceFlag,
      ),
      ({ ttestSection }: typeof import("../null_test/section.ts")) =>
        ttestSection,
    ),
    withSection(
      lazyStage(
        checksDeclaration,
        ({ checksStage }: typeof import("../sanity_checks/stage.ts")) =>
          checksStage,
      ),
      ({ checksSection }: typeof import("../sanity_checks/section.ts")) =>
        checksSection,
    ),
    withSection(
      lazyStage(
        externalDeclaration,
        ({ externalStage }: typeof import("../external/stage.ts")) =>
          externalStage,
      ),
      ({ externalSection }: typeof import("../external/section.ts")) =>
        externalSection,
    ),
    lazyStage(
      reportDeclaration,
      ({ reportStage }: typeof import("../report/stage.ts")) => reportStage,
    ),
  ],
  inputs: { stage: "prepare", parameters: inputParameters, matrix: "input" },
  simulator: "simulate",
  simulatedPreset: { name: "presets/demo.json", content: demo },
  results: {
    verdict: "report/summary.json",
    files: { report: "report.md", genes: "shap/shap_genes.csv" },
  },
});
