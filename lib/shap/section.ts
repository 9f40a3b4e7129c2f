/** The stage's part of the report: the explanation, and the gene set. */

import { paragraphs } from "../report/markdown.ts";
import { defineSection } from "../report/section.ts";
import { networksPart } from "../selection/section/networks.ts";
import { knockoffPart } from "../selection/section/knockoffs.ts";
import { noisePart } from "../selection/section/noise.ts";
import { drawsPart } from "./section/draws.ts";
import { errorsPart } from "./section/errors.ts";
import { explanationPart } from "./section/explanation.ts";
import { readShapFindings, summarizeShap } from "./section/findings.ts";
import {
  noiseClause,
  ROBUSTNESS,
  shapDetails,
  shapOpening,
  shapWarning,
} from "./section/verdict.ts";

export const shapSection = defineSection({
  title: "Explanation",
  read: readShapFindings,
  summarize: summarizeShap,
  opening: shapOpening,
  warning: shapWarning,
  points: (found) => ({ genes: noiseClause(found) }),
  details: shapDetails,
  write: (found, run) =>
    paragraphs(
      explanationPart(found, run),
      `## ${ROBUSTNESS}`,
      "A gene can be in the set because it has a part in a tissue, or for " +
        "another reason: by noise, by the random draws of the explanation, " +
        "or by the random numbers of the training. Each part below looks at " +
        "one of these. The sanity checks and the test against random gene " +
        "sets, in sections of their own, ask whether the scores depend on " +
        "what the network learned, and whether expression levels alone " +
        "explain the result.",
      found.summary.knockoffs
        ? knockoffPart(found.summary.knockoffs)
        : noisePart(found),
      drawsPart(found),
      errorsPart(found),
      networksPart(found),
    ),
  citations: ({ decoys, summary }) => [
    "expected gradients: Erion et al., Nature Machine Intelligence 3 (2021); " +
    "SHAP: Lundberg and Lee, NeurIPS 2017",
    ...(summary.knockoffs
      ? [
        "factor knockoffs: Fan, Lv, Sharifvaghefi and Uematsu, Journal of the " +
        "American Statistical Association 115 (2020); knockoff+: Barber and " +
        "Candes, The Annals of Statistics 43 (2015)",
      ]
      : []),
    ...(decoys
      ? [
        "decoys: Elias and Gygi, Nature Methods 4 (2007); one decoy more on " +
        "both sides: Bates et al., The Annals of Statistics 51 (2023)",
        "the interval of a share: Clopper and Pearson, Biometrika 26 (1934)",
      ]
      : []),
  ],
});
