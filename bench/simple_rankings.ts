/**
 * Ranks the genes of a prepared run by all simple methods and prints, for each,
 * the seconds it takes and the known genes among a tissue's first genes.
 *
 *     deno run --allow-read --allow-env bench/simple_rankings.ts RUN KNOWN.csv
 */

import { readDataset } from "../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../lib/prepare/tissue_contrasts.ts";
import { undoTransform } from "../lib/prepare/undo_transform.ts";
import { furtherRankings, rankingMethods } from "../lib/rankings/methods.ts";
import { rankTissues } from "../lib/rankings/rank_tissues.ts";
import type { RankingInput } from "../lib/rankings/ranking_method.ts";
import { matchTruth } from "../lib/rankings/truth.ts";
import { readTruthFile } from "../lib/rankings/truth_file.ts";
import { mean } from "../lib/statistics/describe.ts";
import { runReader } from "./run_reader.ts";

const DEPTHS = [10, 50];

const [run, truthFile] = Deno.args;
const dataset = await readDataset(runReader(run));
const { parameters: { transform, pseudocount, shift } } = JSON.parse(
  await Deno.readTextFile(
    `${run}/prepare/stage.json`,
  ),
);
const truth = matchTruth(
  await readTruthFile(truthFile),
  dataset,
  [],
  truthFile,
).tissues;
/** Of one's own for each method, so that none finds what another computed. */
const makeInput = (): RankingInput => ({
  dataset,
  rows: contrastRows(dataset),
  contrasts: tissueContrasts(dataset),
  toLinear: undoTransform({ transform, pseudocount, shift }),
});
console.log(
  `${makeInput().rows.length} training samples, ${dataset.genes.length} ` +
    `genes, ${truth.length} tissues with known genes`,
);
console.log(["ranking", ...DEPTHS.map((k) => `P@${k}`), "s"].join("\t"));
for (const method of [...rankingMethods, ...furtherRankings]) {
  const input = makeInput();
  const start = performance.now();
  const ranked = rankTissues(method, input);
  const seconds = (performance.now() - start) / 1000;
  const precision = DEPTHS.map((k) =>
    mean(truth.map(({ tissue, columns }) => {
      const order = ranked.find((each) => each.tissue === tissue)?.order ??
        new Uint32Array();
      return order.subarray(0, k).filter((gene) => columns.has(gene)).length /
        k;
    }))
  );
  console.log(
    [
      method.name,
      ...precision.map((each) => each.toFixed(3)),
      seconds.toFixed(2),
    ].join("\t"),
  );
}
