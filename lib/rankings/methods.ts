/**
 * The simple rankings that the SHAP ranking is compared with. A new one is a
 * file of its own and one line here.
 */

import { foldChangeRanking } from "./fold_change.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { ridgeRanking } from "./ridge.ts";
import { treeGainRanking, treeShapRanking } from "./trees/rankings.ts";
import { welchRanking } from "./welch_t.ts";

/** In the order of tables and figures. */
export const rankingMethods: readonly RankingMethod[] = [
  foldChangeRanking,
  welchRanking,
  ridgeRanking,
];

/** The simple rankings and those that take longer, which are made once a run. */
export const allRankings: readonly RankingMethod[] = [
  ...rankingMethods,
  treeGainRanking,
  treeShapRanking,
];
