/** What the stage `genesets` does for stability: measure it, write it. */

import type { StageContext } from "../../pipeline/stage.ts";
import type { Dataset } from "../../prepare/dataset.ts";
import {
  countWholeGroups,
  drawHalf,
} from "../../prepare/split/half_samples.ts";
import { halfRanks, halves as halvesFile } from "../../shap/outputs.ts";
import { mean } from "../../statistics/describe.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import type { RankingWorkers } from "../ranking_workers.ts";
import { columnFinder, SHAP } from "../shap_rankings.ts";
import {
  countHalves,
  type MeasuredStability,
  measureStability,
} from "./measure_stability.ts";
import * as files from "./outputs.ts";
import { frequencyRows, stabilityData, stabilityRows } from "./rows.ts";
import { measureOverHalves, type RankedMethod } from "./stability.ts";

/**
 * Makes the simple rankings again on the half samples that are asked for.
 *
 * @param workers What ranks the halves.
 * @param first How many of a tissue's first genes are compared.
 * @returns Null if none are asked for, or there is nothing to compare.
 */
export async function repeatOnHalves(
  context: Pick<
    StageContext<{ readonly halves: number }>,
    "progress" | "parameters" | "stream"
  >,
  workers: Pick<RankingWorkers, "rankHalves">,
  ranked: readonly RankedMethod[],
  input: RankingInput,
  first: number,
): Promise<MeasuredStability | null> {
  const { halves } = context.parameters;
  if (halves === 0 || first === 0 || ranked.length === 0) return null;
  using progress = context.progress("ranking half samples", halves, "halves");
  return await measureOverHalves(ranked, input, {
    halves,
    first,
    stream: (half) => context.stream(`halves/${half}`),
    repeat: (methods, halves) =>
      workers.rankHalves(methods, halves, first, () => progress.advance()),
  });
}

/**
 * Puts SHAP's own stability before that of the simple rankings, if networks
 * were trained on halves.
 *
 * @param simple Of the simple rankings; null if they were not made again.
 * @param lists SHAP's lists on all samples, by tissue.
 * @param first How many of a tissue's first genes are compared.
 * @throws {InputError} If the halves name a gene that the matrix lacks.
 */
export async function addShap(
  context: Pick<StageContext, "read" | "has" | "stream">,
  simple: MeasuredStability | null,
  lists: ReadonlyMap<string, ArrayLike<number>>,
  input: RankingInput,
  first: number,
): Promise<MeasuredStability | null> {
  if (first === 0 || !await context.has(halfRanks)) return simple;
  const { dataset, rows, contrasts } = input;
  const { halves: count } = await context.read(halvesFile);
  const columnOf = columnFinder(dataset, halfRanks.file);
  const byTissue = Map.groupBy(
    await context.read(halfRanks),
    ({ tissue }) => tissue,
  );
  // Those of the stage `shap`, drawn once more to count their samples.
  const halves = Array.from(
    { length: count },
    (_, half) => drawHalf(dataset, rows, context.stream(`halves/${half + 1}`)),
  );
  const names = contrasts.map(({ tissue }) => tissue);
  const tissues = countHalves(dataset.tissues, rows, halves, names);
  const selections = new Map(names.map((tissue) => {
    const byHalf = Map.groupBy(
      (byTissue.get(tissue) ?? []).filter(({ rank }) => rank <= first),
      ({ half }) => half,
    );
    return [
      tissue,
      halves.map((_, half) =>
        Uint32Array.from(
          (byHalf.get(half + 1) ?? []).toSorted((a, b) => a.rank - b.rank),
          ({ gene }) => columnOf(gene),
        )
      ),
    ];
  }));
  const own = measureStability(
    { method: { name: SHAP, title: "SHAP" }, selections },
    [...lists].map(([tissue, list]) => ({
      tissue,
      order: Uint32Array.from(list),
    })),
    tissues,
    first,
    dataset.genes.length,
  );
  return {
    ...simple ?? {
      halves: count,
      differentHalves: new Set(halves.map((rows) => rows.join())).size,
      samplesInHalf: mean(halves.map(({ length }) => length)),
      wholeGroups: countWholeGroups(dataset, rows),
      first,
      tissues,
    },
    methods: [own, ...simple?.methods ?? []],
    shapHalves: count,
  };
}

/**
 * Writes the tables and the figure.
 *
 * @param shown The simple rankings of the figure, which has no room for all;
 * SHAP is always there.
 */
export async function writeStability(
  context: Pick<StageContext, "write" | "draw">,
  measured: MeasuredStability,
  dataset: Pick<Dataset, "genes" | "geneFacts">,
  shown: readonly RankingMethod[],
): Promise<void> {
  await context.write(files.frequencies, frequencyRows(measured, dataset));
  await context.write(files.stability, stabilityRows(measured));
  const names = [SHAP, ...shown.map(({ name }) => name)];
  await context.draw(
    files.stabilityFigure,
    stabilityData({
      ...measured,
      methods: measured.methods.filter(({ method: { name } }) =>
        names.includes(name)
      ),
    }),
  );
}
