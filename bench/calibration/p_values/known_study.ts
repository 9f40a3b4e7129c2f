/** A simulated study with what was planted, and its labels shuffled on request. */

import type { Dataset, Split } from "../../../lib/prepare/dataset.ts";
import {
  filterGenes,
  filterRule,
  takeColumns,
} from "../../../lib/prepare/filter.ts";
import { splitSamples } from "../../../lib/prepare/split/split.ts";
import { deriveSeed, RandomStream } from "../../../lib/random.ts";
import type { PlantedGene } from "../../../lib/simulate/outputs.ts";
import { REAL } from "../setup.ts";
import { makeDataset, simulateSamples } from "../study.ts";

/** A study as `prepare` would give it, without groups. */
export interface KnownStudy {
  readonly dataset: Dataset;
  /** Each sample's study. */
  readonly studies: readonly string[];
  readonly truth: readonly PlantedGene[];
}

/** Simulates a study of the demo's size and filters its genes by default. */
export function simulateKnown(seed: number): KnownStudy {
  const made = simulateSamples({
    size: REAL,
    samples: REAL.pipelineSamples,
    seed,
  });
  const { genes, tissues, tpm, studies, truth } = made;
  const divisors = new Float64Array(tissues.length).fill(1);
  const values = Float32Array.from(tpm);
  const { kept } = filterGenes(
    values,
    genes.length,
    divisors,
    filterRule(
      {
        "min-expression": "auto",
        "expressing-samples": "auto",
        transform: "log2",
      },
      tissues,
      { kind: "per million" },
      { method: "none", divisors },
    ),
  );
  const dataset = makeDataset({
    ...made,
    genes: Array.from(kept, (column) => genes[column]),
    tpm: Float64Array.from(takeColumns(values, genes.length, kept)),
  }, { shuffled: false, allTested: false, seed });
  return { dataset, studies, truth };
}

/** The same samples with their labels shuffled, split again. */
export function shuffleLabels(dataset: Dataset, seed: number): Dataset {
  const tissues = new RandomStream(deriveSeed(seed, "labels"))
    .shuffle([...dataset.tissues]);
  return relabel(dataset, tissues, deriveSeed(seed, "split"));
}

/** The same samples and labels, split again. */
export function splitAgain(dataset: Dataset, seed: number): Dataset {
  return relabel(dataset, dataset.tissues, deriveSeed(seed, "split"));
}

/** Some of the samples, all in one part. */
export function takeSamples(
  dataset: Dataset,
  rows: readonly number[],
  part: Split,
): Dataset {
  const { genes, values, tissues, classOf } = dataset;
  const split = rows.map(() => part);
  const taken = new Float32Array(rows.length * genes.length);
  rows.forEach((row, index) =>
    taken.set(
      values.subarray(row * genes.length, (row + 1) * genes.length),
      index * genes.length,
    )
  );
  return {
    ...dataset,
    sampleIds: rows.map((row) => dataset.sampleIds[row]),
    tissues: rows.map((row) => tissues[row]),
    groups: rows.map(() => ""),
    split,
    folds: [{ fold: 1, split }],
    values: taken,
    classOf: Int32Array.from(rows, (row) => classOf[row]),
  };
}

/** Divides rows into parts at random, tissue by tissue. */
export function divide(
  { tissues }: Pick<Dataset, "tissues">,
  rows: readonly number[],
  parts: number,
  stream: RandomStream,
): number[][] {
  const divided = Array.from({ length: parts }, (): number[] => []);
  let next = 0;
  for (
    const own of Map.groupBy(stream.shuffle([...rows]), (row) => tissues[row])
      .values()
  ) {
    for (const row of own) divided[next++ % parts].push(row);
  }
  return divided.map((own) => own.sort((a, b) => a - b));
}

/** Study labels shuffled among the samples of each tissue. */
export function shuffleStudies(
  { dataset: { tissues }, studies }: KnownStudy,
  stream: RandomStream,
): string[] {
  const shuffled = [...studies];
  for (
    const own of Map.groupBy(tissues.keys(), (row) => tissues[row]).values()
  ) {
    const labels = stream.shuffle(own.map((row) => studies[row]));
    own.forEach((row, index) => shuffled[row] = labels[index]);
  }
  return shuffled;
}

function relabel(
  dataset: Dataset,
  tissues: readonly string[],
  seed: number,
): Dataset {
  const { sampleIds, tissueNames } = dataset;
  const { split } = splitSamples({ sampleIds, tissues, seed });
  return {
    ...dataset,
    tissues,
    split,
    folds: [{ fold: 1, split }],
    classOf: Int32Array.from(tissues, (tissue) => tissueNames.indexOf(tissue)),
  };
}
