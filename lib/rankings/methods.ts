/**
 * The simple rankings that the SHAP ranking is compared with. A new one is a
 * file of its own and one line here.
 */

import { chooseNamed } from "../cli/named_choices.ts";
import {
  makeConsensus,
  makeMeanRank,
  makeRankAggregation,
} from "./consensus/consensus.ts";
import { MEAN_RANK, RRA } from "./consensus/names.ts";
import { shapVoter } from "./consensus/shap_voter.ts";
import { foldChangeRanking } from "./fold_change.ts";
import { limmaRanking } from "./limma.ts";
import { limmaStudyRanking } from "./limma_study.ts";
import { anovaRanking } from "./per_gene/anova_f.ts";
import { aurocRanking } from "./per_gene/auroc.ts";
import { kruskalRanking } from "./per_gene/kruskal_wallis.ts";
import { mutualInformationRanking } from "./per_gene/mutual_information.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { ridgeRanking } from "./ridge.ts";
import { specificityRankings } from "./specificity/rankings.ts";
import { TREE_GAIN, TREE_SHAP } from "./trees/names.ts";
import { treeGainRanking, treeShapRanking } from "./trees/rankings.ts";
import { welchRanking } from "./welch_t.ts";

/** Those of every run that score genes by expression. */
const scoringMethods: readonly RankingMethod[] = [
  foldChangeRanking,
  welchRanking,
  ridgeRanking,
  limmaRanking,
];

/**
 * Those that may vote beside SHAP, of each family the first. All are quick, so
 * that panels and other cohorts judge the consensus, too; and none is an index
 * of specificity: these do not see how a gene varies, and in a tissue of few
 * samples they put chance first.
 */
export const voters: readonly RankingMethod[] = [
  // Before Welch's t: with few samples its variances are the better ones.
  limmaRanking,
  ...scoringMethods,
];

/**
 * Those that every run makes, in the order of tables and figures: they are in
 * the gene table, make panels, and are judged by another cohort.
 */
export const rankingMethods: readonly RankingMethod[] = [
  ...scoringMethods,
  makeConsensus([shapVoter], voters),
];

/** Those that the stage `genesets` makes beside them, as its flag says. */
export const furtherRankings: readonly RankingMethod[] = [
  aurocRanking,
  anovaRanking,
  kruskalRanking,
  mutualInformationRanking,
  limmaStudyRanking,
  ...specificityRankings,
  treeGainRanking,
  treeShapRanking,
  makeMeanRank(voters),
  makeRankAggregation(voters),
];

/**
 * Those of them that are made by default. TSI, JS, EE and PEM are not among
 * them: within a tissue all of them rank as the gene's share does, and so does
 * tau where it is high; they would be one vote counted five times.
 */
export const DEFAULT_FURTHER: readonly string[] = [
  "auroc",
  "anova_f",
  "kruskal_wallis",
  "mutual_information",
  "limma_study",
  "tau",
  "tau_log",
  "spm",
  "z_score",
  "z_score_log",
  TREE_GAIN,
  TREE_SHAP,
  MEAN_RANK,
  RRA,
];

/** The word for no further ranking. */
export const NO_FURTHER = "none";

/**
 * The further rankings that the flag names, each once and in the order of the
 * list, so that no result depends on the order in which the user names them.
 *
 * @param wanted Names, or `none` alone.
 * @throws {InputError} If one is unknown, or none is named.
 */
export function chooseFurther(
  wanted: readonly string[],
  further: readonly RankingMethod[] = furtherRankings,
): RankingMethod[] {
  return chooseNamed("--genesets.methods", wanted, further, NO_FURTHER);
}
