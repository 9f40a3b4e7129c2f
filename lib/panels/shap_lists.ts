/** The SHAP rankings: of training samples, and of the test samples. */

import { byCodeUnit } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { columnFinder, readShapLists } from "../rankings/shap_rankings.ts";
import { foldRanks, testRanks } from "../shap/outputs.ts";
import { unfit } from "../store/unfit.ts";
import {
  type FoldLists,
  type PanelRanking,
  SHAP,
  SHAP_TEST,
} from "./ranked_lists.ts";

const TEST_TITLE = "SHAP on the test samples";

/** A row of either table. */
interface ListedRow {
  readonly tissue: string;
  readonly rank: number;
  readonly gene: string;
  readonly selected: boolean;
}

/**
 * Reads SHAP's rankings: of each fold's training samples, and of the test
 * samples, whose lists are the same in every fold and have seen them all. If
 * the run explained test samples only, there is but the latter.
 *
 * @param folds The numbers of the judged folds.
 * @throws {InputError} If a file names a gene that the matrix lacks, or has no
 * list for a fold.
 */
export async function readShapRankings(
  context: Pick<StageContext, "read" | "has">,
  dataset: Dataset,
  folds: readonly number[],
): Promise<PanelRanking[]> {
  const seenIn = (lists: FoldLists): PanelRanking => ({
    name: SHAP_TEST,
    title: TEST_TITLE,
    seen: true,
    folds: folds.map(() => lists),
  });
  if (!await context.has(foldRanks)) {
    const { rankings: [own], set } = await readShapLists(context, dataset);
    return [seenIn({
      lists: own.lists,
      set: set.map(({ gene }) => gene),
    })];
  }
  const byFold = Map.groupBy(
    await context.read(foldRanks),
    ({ fold }) => fold,
  );
  const shap: PanelRanking = {
    name: SHAP,
    title: "SHAP",
    seen: false,
    folds: folds.map((fold) => {
      const rows = byFold.get(fold);
      if (rows === undefined) {
        throw unfit(foldRanks.file, `it has no ranks for fold ${fold}`);
      }
      return listsOf(rows, foldRanks.file, dataset);
    }),
  };
  return await context.has(testRanks)
    ? [
      shap,
      seenIn(
        listsOf(await context.read(testRanks), testRanks.file, dataset),
      ),
    ]
    : [shap];
}

function listsOf(
  rows: readonly ListedRow[],
  file: string,
  dataset: Dataset,
): FoldLists {
  const columnOf = columnFinder(dataset, file);
  const byTissue = [...Map.groupBy(rows, ({ tissue }) => tissue)]
    .sort(([a], [b]) => byCodeUnit(a, b));
  return {
    lists: new Map(byTissue.map(([tissue, own]) => [
      tissue,
      own.toSorted((a, b) => a.rank - b.rank).map(({ gene }) => columnOf(gene)),
    ])),
    set: rows.filter(({ selected }) => selected)
      .map(({ gene }) => columnOf(gene)),
  };
}
