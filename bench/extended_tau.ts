/**
 * Prints how often two rules name the tissues that a specific gene is known to
 * belong to: extended tau, and the widest gap of its sorted log2(mean + 1).
 *
 *     deno run --allow-read --allow-env bench/extended_tau.ts RUN [KNOWN.csv]
 *
 * Without a file the known genes are those planted in the demo. A gene counts
 * if it has a row for one to three tissues.
 */

import { readDataset } from "../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../lib/prepare/tissue_contrasts.ts";
import { undoTransform } from "../lib/prepare/undo_transform.ts";
import {
  type GeneSpecificity,
  measureSpecificity,
} from "../lib/rankings/specificity/rows.ts";
import { matchTruth } from "../lib/rankings/truth.ts";
import { readTruthFile } from "../lib/rankings/truth_file.ts";
import { isTrueUp, truth as planted } from "../lib/simulate/outputs.ts";
import { runReader } from "./run_reader.ts";

const rules: readonly (readonly [
  string,
  (gene: GeneSpecificity) => readonly number[],
])[] = [
  ["widest gap", ({ tauTissues }) => tauTissues],
  ["extended tau", ({ extendedTauTissues }) => extendedTauTissues],
];

const [run, truthFile] = Deno.args;
const reader = runReader(run);
const dataset = await readDataset(reader);
const { parameters: { transform, pseudocount, shift } } = JSON.parse(
  await Deno.readTextFile(`${run}/prepare/stage.json`),
);
const contrasts = tissueContrasts(dataset);
const measured = measureSpecificity({
  dataset,
  rows: contrastRows(dataset),
  contrasts,
  toLinear: undoTransform({ transform, pseudocount, shift }),
});
const known = matchTruth(
  truthFile === undefined
    ? (await reader.read(planted)).filter(isTrueUp)
    : await readTruthFile(truthFile),
  dataset,
  [],
  truthFile ?? planted.file,
).tissues;
const placesOf = new Map<number, number[]>();
contrasts.forEach(({ tissue }, place) => {
  const columns = known.find((each) => each.tissue === tissue)?.columns ?? [];
  for (const gene of columns) {
    placesOf.set(gene, [...placesOf.get(gene) ?? [], place]);
  }
});

console.log("tissues\tknown genes\trule\twith tissues\texact\ta wrong one");
for (const size of [1, 2, 3]) {
  const genes = [...placesOf].filter(([gene, places]) =>
    places.length === size && measured[gene] !== null
  );
  for (const [name, tissuesOf] of rules) {
    const named = genes.map(([gene, places]) => ({
      found: tissuesOf(measured[gene]!),
      places,
    })).filter(({ found }) => found.length > 0);
    const exact = named.filter(({ found, places }) =>
      found.join() === places.join()
    );
    const wrong = named.filter(({ found, places }) =>
      found.some((place) => !places.includes(place))
    );
    console.log(
      [size, genes.length, name, named.length, exact.length, wrong.length]
        .join("\t"),
    );
  }
}
