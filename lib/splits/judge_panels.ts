/** Panels of one split: ranked on its training samples, judged on the others. */

import { byCodeUnit } from "../cli/text.ts";
import { judgedFolds, supportOf } from "../panels/judged_folds.ts";
import { judgeInWorkers } from "../panels/panel_worker.ts";
import { planPanels } from "../panels/plan.ts";
import { type PanelRanking, SHAP, WHOLE_SET } from "../panels/ranked_lists.ts";
import type { JudgeSetup } from "../panels/score_panel.ts";
import { pooledScores } from "../panels/scores.ts";
import { rankSimply } from "../panels/simple_lists.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { RankingMethod } from "../rankings/ranking_method.ts";
import { genesOfSet, type PartLists } from "../shap/part_lists.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import type { SplitPanelRow } from "./outputs.ts";

/** A panel of a ranking, by name. */
export interface NamedPanel {
  readonly ranking: string;
  readonly size: number;
}

/** What is judged, and how. */
export interface PanelsOfSplit {
  readonly split: number;
  /** With the split as its only fold. */
  readonly dataset: Dataset;
  /** The matrix in memory that threads share. */
  readonly values: Float32Array;
  /** SHAP's lists of the split's training samples. */
  readonly lists: PartLists;
  readonly methods: readonly RankingMethod[];
  /** Genes a tissue, ascending; the whole set is judged, too. */
  readonly sizes: readonly number[];
  /** K-means runs a panel. */
  readonly repeats: number;
  readonly seedOf: (stream: string) => number;
  readonly checkpoints: CheckpointStore;
}

/**
 * Ranks by the simple methods, makes the panels of all rankings, and judges
 * them as the stage `panels` does, without random panels.
 *
 * @returns A row a panel, SHAP's first, and the panels without a gene.
 */
export async function judgeSplit(
  { progress, settings }: Pick<StageContext, "progress" | "settings">,
  { split, dataset, values, lists, methods, ...how }: PanelsOfSplit,
): Promise<
  { readonly rows: SplitPanelRow[]; readonly empty: readonly NamedPanel[] }
> {
  const { genes, classOf, tissueNames } = dataset;
  const folds = judgedFolds(dataset, how.repeats, how.seedOf);
  if (folds.length === 0) return { rows: [], empty: [] };
  const shap = shapRanking(lists);
  const rankings = [shap, ...rankSimply(methods, dataset, folds, shap)];
  const setup: JudgeSetup = {
    values,
    genes: genes.length,
    classOf,
    classes: tissueNames.length,
    byId: Uint32Array.from(genes.keys())
      .sort((a, b) => byCodeUnit(genes[a], genes[b])),
    folds,
  };
  // No random panel, and so no seed is used.
  const plan = planPanels(
    rankings,
    [...how.sizes, WHOLE_SET],
    setup,
    0,
    settings.seed,
  );
  const results = await judgeInWorkers(
    { checkpoints: () => Promise.resolve(how.checkpoints), progress, settings },
    setup,
    plan.ranked,
  );
  const support = supportOf(dataset, folds);
  const rows = plan.panels.map(({ ranking, size, columns: [own] }, index) => {
    const result = results[index];
    if (result.kind !== "ranked") throw new TypeError("Not a panel");
    const scores = pooledScores(
      [{ samples: folds[0].test.length, scores: result.judged }],
      support,
    );
    return {
      split,
      ranking: ranking.name,
      size,
      genes: own.length,
      macro_f1: scores.get("centroid_macro_f1")!,
      ridge_macro_f1: scores.get("ridge_macro_f1")!,
      ami: scores.get("ami") ?? null,
    };
  });
  return { rows, empty: plan.empty };
}

/** SHAP's lists with the set that they give. */
function shapRanking(lists: PartLists): PanelRanking {
  return {
    name: SHAP,
    title: "SHAP",
    seen: false,
    folds: [{
      lists: new Map(
        lists.ranked.map(({ tissue, order }) => [tissue, order]),
      ),
      set: genesOfSet(lists),
    }],
  };
}
