/** What the stage `genesets` does for boosted trees: fit them, with progress. */

import type { StageContext } from "../../pipeline/stage.ts";
import type { RankingWorkers } from "../ranking_workers.ts";

/**
 * Fits the trees in workers, so that the rankings by them find them made.
 *
 * @param fits How many.
 */
export async function fitWithProgress(
  context: Pick<StageContext, "progress">,
  workers: Pick<RankingWorkers, "fitTrees">,
  fits: number,
): Promise<void> {
  using progress = context.progress("boosted trees", fits, "fits");
  await workers.fitTrees(() => progress.advance());
}
