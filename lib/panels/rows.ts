/** The rows of the stage's tables. */

import { rowsInIdOrder } from "../prepare/order.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { RowOf } from "../store/table.ts";
import type { ComparedPanel } from "./compare.ts";
import type * as files from "./outputs.ts";
import type { PanelPlan } from "./plan.ts";
import { WHOLE_SET } from "./ranked_lists.ts";
import type { JudgedFold } from "./score_panel.ts";

/** `genes.csv`: each gene at the smallest size whose panel holds it. */
export function geneRows(
  panels: readonly ComparedPanel[],
  folds: readonly JudgedFold[],
  { genes }: Pick<Dataset, "genes">,
): RowOf<typeof files.panelGenes>[] {
  const small = panels.filter(({ size }) => size !== WHOLE_SET);
  return [...Map.groupBy(small, ({ ranking }) => ranking.name)].flatMap((
    [ranking, own],
  ) =>
    folds.flatMap(({ fold }, index) => {
      const listed = new Set<number>();
      return own.flatMap(({ size, columns }) => {
        const added = Array.from(columns[index])
          .filter((column) => !listed.has(column));
        for (const column of added) listed.add(column);
        return added.map((column) => ({
          ranking,
          fold,
          size,
          gene: genes[column],
        }));
      });
    })
  );
}

/** `null.csv`. */
export function nullRows(
  panels: readonly ComparedPanel[],
  { seedsOf }: Pick<PanelPlan, "seedsOf">,
): RowOf<typeof files.nullPanels>[] {
  return panels.flatMap(({ ranking, size, byChance }) =>
    byChance.map((scores, index) => ({
      ranking: ranking.name,
      size,
      random_set: index + 1,
      gene_seed: seedsOf.get(size)![index],
      macro_f1: scores.get("centroid_macro_f1")!,
      ami: scores.get("ami") ?? null,
      v_measure: scores.get("v_measure") ?? null,
    }))
  );
}

/** `predictions.csv`, the samples in the order of their ids. */
export function predictionRows(
  panels: readonly ComparedPanel[],
  folds: readonly JudgedFold[],
  { sampleIds, tissueNames }: Dataset,
): RowOf<typeof files.panelPredictions>[] {
  const place = new Map(
    rowsInIdOrder(sampleIds).map((row, index) => [row, index]),
  );
  const tested = folds.flatMap(({ fold, test }, index) =>
    Array.from(test, (row, sample) => ({ fold, index, row, sample }))
  ).sort((a, b) => place.get(a.row)! - place.get(b.row)!);
  return panels.flatMap(({ ranking, size, judged }) =>
    tested.flatMap(({ fold, index, row, sample }) => {
      const { predictions: { centroid, ridge } } = judged[index];
      const shared = {
        sample_id: sampleIds[row],
        fold,
        ranking: ranking.name,
        size,
      };
      return [
        {
          ...shared,
          classifier: "nearest_centroid" as const,
          predicted: tissueNames[centroid[sample]],
        },
        {
          ...shared,
          classifier: "ridge" as const,
          predicted: tissueNames[ridge[sample]],
        },
      ];
    })
  );
}
