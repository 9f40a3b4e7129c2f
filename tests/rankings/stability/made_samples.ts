/** Samples made up for the tests of stability. */

import type { Dataset } from "../../../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../../lib/random.ts";
import { noFacts } from "../../unnamed_genes.ts";

/** A training sample. */
export interface MadeSample {
  readonly id: string;
  readonly tissue: string;
  readonly group?: string;
  readonly values?: readonly number[];
}

/** A dataset of training samples only, in the order given. */
export function madeDataset(samples: readonly MadeSample[]): Dataset {
  const tissues = samples.map(({ tissue }) => tissue);
  const tissueNames = [...new Set(tissues)].sort();
  const split = samples.map(() => "train" as const);
  const genes = (samples[0].values ?? [0]).map((_, gene) => `g${gene}`);
  return {
    sampleIds: samples.map(({ id }) => id),
    genes,
    geneFacts: noFacts(genes),
    tissues,
    groups: samples.map(({ group = "" }) => group),
    split,
    folds: [{ fold: 1, split }],
    values: Float32Array.from(samples.flatMap(({ values = [0] }) => values)),
    tissueNames,
    classOf: Int32Array.from(tissues, (name) => tissueNames.indexOf(name)),
  };
}

/** So many samples of each tissue, without groups. */
export function samplesOf(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([tissue, count]) =>
    Array.from({ length: count }, (_, index): MadeSample => ({
      id: `${tissue}${String(index).padStart(3, "0")}`,
      tissue,
    }))
  );
}

/** Genes of `noisy`. */
export const GENES = 60;

/** Two tissues of noise; gene 0 is far higher in `a`, gene 1 in `b`. */
export function noisy(
  counts: Readonly<Record<string, number>> = { a: 12, b: 9 },
) {
  const stream = new RandomStream(8);
  const dataset = madeDataset(
    samplesOf(counts).map((sample) => ({
      ...sample,
      values: Array.from(
        { length: GENES },
        (_, gene) =>
          stream.uniform() +
          (gene === ["a", "b"].indexOf(sample.tissue) ? 50 : 0),
      ),
    })),
  );
  const rows = contrastRows(dataset);
  return { dataset, rows, contrasts: tissueContrasts(dataset, rows) };
}
