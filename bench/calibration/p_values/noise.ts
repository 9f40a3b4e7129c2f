/** How often the interval of the noise rate is wrong where all is noise. */

import { countDecoys, makeDecoys } from "../../../lib/prepare/decoys.ts";
import {
  placeDecoys,
  takeImageRows,
} from "../../../lib/prepare/image_matrix.ts";
import { rowsOf } from "../../../lib/prepare/dataset.ts";
import { noiseInterval } from "../../../lib/selection/noise_rates.ts";
import { selectGeneSet } from "../../../lib/selection/select_gene_set.ts";
import { deriveSeed } from "../../../lib/random.ts";
import { type KnownStudy, shuffleLabels } from "./known_study.ts";
import type { Measured } from "./measured.ts";

/** Ranks of each tissue in the set. */
const RANKS = 30;

/**
 * Genes and decoys ranked by shuffled labels: a gene's score in a sample is its
 * value less its mean over the training samples, in place of SHAP's.
 */
export function testNoiseRate(study: KnownStudy, seed: number): Measured {
  const dataset = shuffleLabels(study.dataset, seed);
  const { sampleIds, genes, tissues, values, split } = dataset;
  const matrix = placeDecoys(
    dataset,
    makeDecoys({
      sampleIds,
      genes,
      tissues,
      values,
      parts: split,
      count: countDecoys("auto", genes.length),
      seed: deriveSeed(seed, "decoys"),
    }),
  );
  const rows = rowsOf(dataset, "train");
  const scores = takeImageRows(matrix, rows);
  for (let column = 0; column < matrix.columns; column++) {
    let sum = 0;
    for (let at = column; at < scores.length; at += matrix.columns) {
      sum += scores[at];
    }
    const mean = sum / rows.length;
    for (let at = column; at < scores.length; at += matrix.columns) {
      scores[at] -= mean;
    }
  }
  const take = (columns: Uint32Array) =>
    Float32Array.from(
      { length: rows.length * columns.length },
      (_, at) =>
        scores[
          Math.floor(at / columns.length) * matrix.columns +
          columns[at % columns.length]
        ],
    );
  const { rates, selected } = selectGeneSet(
    {
      genes: take(matrix.geneColumns),
      decoys: take(matrix.decoyColumns),
      tissueOf: Array.from(rows, (row) => tissues[row]),
    },
    dataset.tissueNames,
    genes,
    { rule: "top", ranks: RANKS },
  );
  const { noise_rate_high } = noiseInterval(
    rates![selected.ranks - 1].selected,
    matrix.decoyColumns.length,
    genes.length,
    selected.chosen.length,
  );
  return { row: "noise", value: noise_rate_high < 1 ? 1 : 0 };
}
