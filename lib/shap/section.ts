/** The stage's part of the report: the explanation, and the gene set. */

import { defineSection } from "../report/section.ts";
import { explanationPart } from "./section/explanation.ts";
import { readShapFindings, summarizeShap } from "./section/findings.ts";
import { robustnessPart } from "./section/robustness.ts";
import { shapHeadline, shapVerdict } from "./section/verdict.ts";
import { paragraphs } from "../report/markdown.ts";

export const shapSection = defineSection({
  title: "Explanation",
  read: readShapFindings,
  summarize: summarizeShap,
  headline: shapHeadline,
  verdict: shapVerdict,
  write: (found, run) =>
    paragraphs(explanationPart(found, run), robustnessPart(found)),
  citations: ({ decoys }) => [
    "expected gradients: Erion et al., Nature Machine Intelligence 3 (2021); " +
    "SHAP: Lundberg and Lee, NeurIPS 2017",
    ...(decoys
      ? [
        "decoys: Elias and Gygi, Nature Methods 4 (2007); one decoy more than " +
        "was selected: Barber and Candès, The Annals of Statistics 43 (2015)",
      ]
      : []),
  ],
});
