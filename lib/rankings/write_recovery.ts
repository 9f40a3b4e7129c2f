/** What the stage `genesets` does with known genes: score, write and draw. */

import type { StageContext } from "../pipeline/stage.ts";
import type { RandomStream } from "../random.ts";
import type { readKnownGenes } from "./known_genes.ts";
import * as files from "./outputs.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { DEPTHS, measureRecovery } from "./recovery.ts";
import * as rows from "./rows.ts";
import { measureSets } from "./set_recovery.ts";
import type { Ranking, readShapLists } from "./shap_rankings.ts";
import { withBest } from "./shown_rankings.ts";
import type { RankedMethod } from "./stability/stability.ts";
import { describeMismatch, type matchTruth } from "./truth.ts";

/** Known genes, and what is compared with them. */
export interface KnownComparison {
  readonly known: NonNullable<Awaited<ReturnType<typeof readKnownGenes>>>;
  readonly truth: ReturnType<typeof matchTruth>;
  /** SHAP's and all others. */
  readonly rankings: readonly Ranking[];
  readonly rivals: readonly RankedMethod[];
  readonly shap: Awaited<ReturnType<typeof readShapLists>>;
  /** The simple rankings that every run makes. */
  readonly methods: readonly RankingMethod[];
}

/**
 * Writes how many known genes each ranking finds, and warns of those that the
 * matrix lacks.
 *
 * @param genes How many the matrix has.
 * @param stream Draws tissues for the intervals.
 */
export async function writeRecovery(
  context: Pick<StageContext, "write" | "draw" | "warn">,
  { known, truth, rankings, rivals, shap, methods }: KnownComparison,
  genes: number,
  stream: RandomStream,
): Promise<files.TruthSummary> {
  for (const line of describeMismatch(truth, known.name)) context.warn(line);
  const depths = [...new Set([...DEPTHS, shap.setRanks])]
    .filter((k) => k > 0).sort((a, b) => a - b);
  const measured = measureRecovery(
    rankings,
    truth.tissues,
    genes,
    depths,
    stream,
  );
  await context.write(files.recovery, rows.recoveryRows(measured, genes));
  await context.write(files.recoveryCurves, rows.curveRows(measured));
  await context.draw(
    files.recoveryFigure,
    rows.curveData(withBest(measured, methods), truth.tissues, genes),
  );
  return rows.summarizeTruth(
    known.source,
    truth,
    measured,
    measureSets(
      shap,
      rivals.map(({ method: { name }, ranked }) => ({ name, ranked })),
      truth.tissues,
    ),
    genes,
  );
}
