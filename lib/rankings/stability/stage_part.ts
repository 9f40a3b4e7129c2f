/** What the stage `genesets` does for stability: measure it, write it. */

import type { StageContext } from "../../pipeline/stage.ts";
import type { Dataset } from "../../prepare/dataset.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import type { MeasuredStability } from "./measure_stability.ts";
import * as files from "./outputs.ts";
import { frequencyRows, stabilityData, stabilityRows } from "./rows.ts";
import { measureOverHalves, type RankedMethod } from "./stability.ts";

/**
 * Makes the simple rankings again on the half samples that are asked for.
 *
 * @param first How many of a tissue's first genes are compared.
 * @returns Null if none are asked for, or there is nothing to compare.
 */
export function repeatOnHalves(
  context: Pick<
    StageContext<{ readonly halves: number }>,
    "progress" | "parameters" | "stream"
  >,
  ranked: readonly RankedMethod[],
  input: RankingInput,
  first: number,
): MeasuredStability | null {
  const { halves } = context.parameters;
  if (halves === 0 || first === 0 || ranked.length === 0) return null;
  using progress = context.progress("ranking half samples", halves, "halves");
  return measureOverHalves(ranked, input, {
    halves,
    first,
    stream: (half) => context.stream(`halves/${half}`),
    onHalf: () => progress.advance(),
  });
}

/**
 * Writes the tables and the figure.
 *
 * @param shown The methods of the figure, which has no room for all.
 */
export async function writeStability(
  context: Pick<StageContext, "write" | "draw">,
  measured: MeasuredStability,
  dataset: Pick<Dataset, "genes" | "geneFacts">,
  shown: readonly RankingMethod[],
): Promise<void> {
  await context.write(files.frequencies, frequencyRows(measured, dataset));
  await context.write(files.stability, stabilityRows(measured));
  await context.draw(
    files.stabilityFigure,
    stabilityData({
      ...measured,
      methods: measured.methods.filter(({ method }) => shown.includes(method)),
    }),
  );
}
