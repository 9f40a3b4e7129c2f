/** A small simulated study as a dataset, with true or shuffled labels. */

import type { Dataset, Split } from "../../lib/prepare/dataset.ts";
import { simulate, type Simulation } from "../../lib/simulate/simulate.ts";
import { splitSamples } from "../../lib/prepare/split/split.ts";
import { transformExpression } from "../../lib/prepare/transform.ts";
import { deriveSeed, openStream } from "../../lib/random.ts";
import { STUDY, type StudySize } from "./setup.ts";

/** The choices for the study. */
export interface StudyOptions {
  readonly size: StudySize;
  readonly samples: number;
  /** Whether the labels are shuffled, before everything else. */
  readonly shuffled: boolean;
  /** Whether all samples are tested, or a fifth, as in `prepare`. */
  readonly allTested: boolean;
  /** Master seed of the trial. */
  readonly seed: number;
}

/**
 * Simulates, shuffles the labels on request, splits and transforms.
 */
export function simulateStudy(options: StudyOptions): Dataset {
  return makeDataset(simulateSamples(options), options);
}

/** The simulated samples with their studies and what was planted. */
export function simulateSamples(
  { size, samples, seed }: Pick<StudyOptions, "size" | "samples" | "seed">,
): Simulation {
  const { tissues, studies, genes, planted } = size;
  return simulate({
    ...STUDY,
    tissues,
    studies,
    genes,
    planted,
    samples,
    seed: deriveSeed(seed, "simulate"),
  });
}

/**
 * Samples as a dataset, without groups: shuffles the labels on request, splits
 * and transforms.
 */
export function makeDataset(
  { sampleIds, genes, tissues: real, tpm }: Pick<
    Simulation,
    "sampleIds" | "genes" | "tissues" | "tpm"
  >,
  { shuffled, allTested, seed }: Pick<
    StudyOptions,
    "shuffled" | "allTested" | "seed"
  >,
): Dataset {
  const tissues = shuffled
    ? openStream(seed, "labels").shuffle([...real])
    : real;
  const split = allTested
    ? sampleIds.map((): Split => "test")
    : splitSamples({ sampleIds, tissues, seed: deriveSeed(seed, "split") })
      .split;
  const tissueNames = [...new Set(tissues)].sort();
  return {
    sampleIds,
    genes,
    geneFacts: genes.map(() => ({ name: null, description: null })),
    tissues,
    groups: sampleIds.map(() => ""),
    split,
    folds: [{ fold: 1, split }],
    values: transformExpression(Float32Array.from(tpm), { transform: "log2" }),
    tissueNames,
    classOf: Int32Array.from(tissues, (tissue) => tissueNames.indexOf(tissue)),
  };
}
