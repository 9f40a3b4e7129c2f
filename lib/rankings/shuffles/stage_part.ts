/** What the stage `genesets` does for p-values: shuffle, count, adjust. */

import type { StageContext } from "../../pipeline/stage.ts";
import { fitLimma } from "../limma.ts";
import { adjustP } from "../rank_tissues.ts";
import type { RankingInput } from "../ranking_method.ts";
import type { RankingWorkers } from "../ranking_workers.ts";
import type { RankedMethod } from "../stability/stability.ts";
import { pooledPs } from "./null_counts.ts";

/**
 * Gives p-values to the rankings that have them.
 *
 * @param workers What shuffles.
 * @param shuffles How many; with 0 there are no p-values.
 */
export async function testByShuffles(
  context: Pick<StageContext, "progress" | "stream">,
  workers: Pick<RankingWorkers, "countShuffles">,
  rankings: readonly RankedMethod[],
  input: RankingInput,
  shuffles: number,
): Promise<readonly RankedMethod[]> {
  const methods = rankings.map(({ method }) => method)
    .filter(({ hasP }) => hasP);
  const stream = context.stream("shuffles");
  if (shuffles === 0) return rankings;
  // Of all genes, so that shuffles do not change it.
  const correlation = fitLimma(input)?.correlation ?? 0;
  using progress = context.progress("shuffling samples", shuffles, "shuffles");
  const counts = await workers.countShuffles(
    methods,
    Array.from(
      { length: shuffles },
      (_, index) => stream.child(String(index + 1)).seed,
    ),
    correlation,
    () => progress.advance(),
  );
  const byMethod = pooledPs(input.contrasts, counts);
  return rankings.map(({ method, ranked }) => {
    const found = byMethod[methods.indexOf(method)];
    return {
      method,
      ranked: ranked.map((own) => ({
        ...own,
        ...(found && { shuffled: adjustP(found.get(own.tissue)!) }),
      })),
    };
  });
}
