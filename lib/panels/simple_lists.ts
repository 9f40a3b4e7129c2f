/** The rankings beside SHAP's, each fold's from its own training samples. */

import type { Dataset } from "../prepare/dataset.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { asTissueRanks, rankTissues } from "../rankings/rank_tissues.ts";
import type {
  RankingInput,
  RankingMethod,
} from "../rankings/ranking_method.ts";
import { mergeRankings } from "../selection/rank_union.ts";
import type { FoldLists, PanelRanking } from "./ranked_lists.ts";
import type { JudgedFold } from "./score_panel.ts";

/**
 * Ranks the genes by simple methods, and by their consensus with SHAP, on each
 * fold's training and validation samples. A method's set is as large as the one
 * it is compared with: the lists of all tissues are followed side by side, rank
 * by rank.
 *
 * @param shap SHAP's lists. They vote in the consensus, unless they have seen
 * the samples that judge it.
 * @param onRanked Called after each method and fold.
 */
export function rankSimply(
  methods: readonly RankingMethod[],
  dataset: Dataset,
  folds: readonly JudgedFold[],
  shap: PanelRanking,
  onRanked: () => void = () => {},
): PanelRanking[] {
  const byFold = folds.map(({ train }, index): FoldLists[] => {
    const rows = Array.from(train);
    const own = shap.folds[index];
    const setSize = new Set(own.set).size;
    const input: RankingInput = {
      dataset,
      rows,
      contrasts: tissueContrasts(dataset, rows),
      ...(!shap.seen && { shap: own.lists }),
    };
    return methods.map((method) => {
      const ranked = rankTissues(method, input);
      onRanked();
      return {
        lists: new Map(ranked.map(({ tissue, order }) => [tissue, order])),
        set: mergeRankings(ranked.map(asTissueRanks)).genes
          .slice(0, setSize).map(({ gene }) => gene),
      };
    });
  });
  return methods.map(({ name, title }, index) => ({
    name,
    title,
    seen: false,
    folds: byFold.map((lists) => lists[index]),
  }));
}
