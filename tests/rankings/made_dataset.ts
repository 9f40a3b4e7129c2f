/** A dataset of training samples, for the tests of ranking methods. */

import type { Dataset } from "../../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../lib/prepare/tissue_contrasts.ts";
import type { RankingInput } from "../../lib/rankings/ranking_method.ts";
import { noFacts } from "../unnamed_genes.ts";

/** Ids that sort as the samples come. */
const idOf = (row: number) => `s${String(row).padStart(4, "0")}`;

/**
 * What a method is given.
 *
 * @param samples Values of each sample, transformed.
 * @param tissues A number for each sample; tissue 0 is `t0`.
 */
export function inputOf(
  samples: readonly (readonly number[])[],
  tissues: readonly number[],
  toLinear: (value: number) => number = (value) => value,
  groups: readonly string[] = tissues.map(() => ""),
): RankingInput {
  const genes = samples[0].map((_, gene) => `g${gene}`);
  const names = tissues.map((tissue) => `t${tissue}`);
  const tissueNames = [...new Set(names)].sort();
  const split = samples.map(() => "train" as const);
  const dataset: Dataset = {
    sampleIds: samples.map((_, row) => idOf(row)),
    genes,
    geneFacts: noFacts(genes),
    tissues: names,
    groups,
    split,
    folds: [{ fold: 1, split }],
    values: Float32Array.from(samples.flat()),
    tissueNames,
    classOf: Int32Array.from(names, (name) => tissueNames.indexOf(name)),
  };
  return {
    dataset,
    rows: contrastRows(dataset),
    contrasts: tissueContrasts(dataset),
    toLinear,
  };
}
