/** Genes by boosted trees: by the gain of their splits, and by SHAP values. */

import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "../ranking_method.ts";
import { fitTrees, type TreeScores } from "./fit.ts";
import { TREE_GAIN, TREE_SHAP } from "./names.ts";

const BOOSTING = "boosted trees: Friedman, Annals of Statistics 29 (2001); " +
  "grown as by LightGBM: Ke and others, Advances in Neural Information " +
  "Processing Systems 30 (2017)";

/**
 * By the gain of the splits that give a tissue's samples, the higher the gene,
 * the larger output, less that of the splits the other way around.
 */
export const treeGainRanking: RankingMethod = {
  name: TREE_GAIN,
  title: "boosted trees, gain",
  family: "trees",
  score: "gain of the gene's splits in the tissue's trees where more of the " +
    "gene speaks for the tissue, less the others; equal splits share it; mean " +
    "over fits to half samples",
  citation: BOOSTING,
  hasP: false,
  isQuick: () => false,
  rank: (input) => rankBy(input, "gains"),
};

/** By the mean SHAP value of the gene for the tissue, over its samples. */
export const treeShapRanking: RankingMethod = {
  name: TREE_SHAP,
  title: "boosted trees, SHAP",
  family: "trees",
  score: "SHAP value of the gene for the tissue's output, mean over the " +
    "tissue's samples and over fits to half samples; equal splits share it",
  citation: "SHAP values of trees: Lundberg, Erion and Lee, arXiv:1802.03888 " +
    "(2018)",
  hasP: false,
  isQuick: () => false,
  rank: (input) => rankBy(input, "shap"),
};

/** A gene that no tree names, or that speaks against the tissue, has no rank. */
function rankBy(
  input: RankingInput,
  which: keyof TreeScores,
): TissueScores[] {
  const { genes, tissueNames } = input.dataset;
  if (input.contrasts.length === 0) return [];
  const scores = fitTrees(input)[which];
  return input.contrasts.map(({ tissue }) => {
    const from = tissueNames.indexOf(tissue) * genes.length;
    return {
      tissue,
      scores: scores.slice(from, from + genes.length)
        .map((score) => score > 0 ? score : NaN),
    };
  });
}
