/** Prepares a matrix in memory: samples, split, filter, transform, decoys. */

import { InputError } from "../cli/errors.ts";
import type { Values } from "../cli/parameters.ts";
import { countDecoys, type DecoyGenes, makeDecoys } from "./decoys.ts";
import { type KnockoffGenes, makeKnockoffs } from "./knockoffs.ts";
import type { Preprocessing } from "./describe.ts";
import type { TissueSamples } from "./figures/samples_per_tissue.ts";
import { countZeros } from "./gene_statistics.ts";
import { partition } from "./order.ts";
import type { Split } from "./outputs.ts";
import type { prepareParameters } from "./parameters.ts";
import {
  describePreprocessing,
  filterInput,
  type PreprocessedInput,
} from "./preprocessing.ts";
import type { PreparationInput } from "./input/read_input.ts";
import { refuseNegatives } from "./review/negatives.ts";
import { type RevisedSamples, reviseSamples } from "./review/revise_samples.ts";
import type { Review } from "./review/describe_review.ts";
import { reviewSamples, warnOfReview } from "./review/review_samples.ts";
import { makeSampleSplit, type SampleSplit } from "./split/sample_split.ts";
import { transformExpression } from "./transform.ts";
import { refuseUntested } from "./split/untested.ts";
import { warnOfMixedScales } from "./mixed_scales.ts";
import {
  warnOfDividedLogarithms,
  warnOfFewGenes,
  warnOfFewTests,
  warnOfLargeSums,
  warnOfLogarithms,
  warnOfSilentGenes,
  warnOfSmallLibraries,
} from "./warnings.ts";

/** All that the stage writes. */
export interface PreparedMatrix {
  /** The samples that are used. */
  readonly revised: RevisedSamples;
  readonly parts: SampleSplit;
  /** The genes that are used, with their transformed values. */
  readonly found: PreprocessedInput;
  readonly review: Review;
  /** Samples in which each gene is 0 before the transform. */
  readonly zeros: Int32Array<ArrayBuffer>;
  readonly perTissue: readonly TissueSamples[];
  readonly preprocessing: Preprocessing;
  readonly decoys: DecoyGenes | KnockoffGenes;
  /** What the user should know, each a sentence without a full stop. */
  readonly warnings: readonly string[];
}

/**
 * Prepares a matrix; its values may be overwritten.
 *
 * @param seedOf Gives the seed of a named random stream of the stage.
 * @throws {InputError} If the samples or their values cannot be used.
 */
export function prepareMatrix(
  read: PreparationInput,
  parameters: Values<typeof prepareParameters>,
  seedOf: (name: string) => number,
): PreparedMatrix {
  const revised = reviseSamples(read, parameters);
  const { input } = revised;
  refuseNegatives(input, parameters);
  const parts = makeSampleSplit(input, parameters, seedOf);
  refuseUntested(parts, input, parameters);
  const perTissue = countPerTissue(input.tissues, parts.split);
  const mixture = warnOfMixedScales(input);
  const found = filterInput(input, parameters);
  const { summary, normalization } = found;
  const review = reviewSamples(revised, summary, parts, parameters);
  const { sampleIds, genes, values } = found.filtered;
  const zeros = countZeros(values, genes.length);
  const warnings = [
    ...read.reading?.notes ?? [],
    ...revised.revision.notes,
    ...warnOfReview(review),
    ...parts.notes,
    ...warnOfFewTests(perTissue),
    ...parameters.transform === "log2" ? warnOfLogarithms(summary) : [],
    ...warnOfDividedLogarithms(summary, normalization),
    ...warnOfLargeSums(summary, normalization),
    // Logarithms among counts add up to little, too.
    ...mixture.length > 0 ? mixture : warnOfSmallLibraries(sampleIds, summary),
    ...warnOfFewGenes(genes.length, input.genes.length),
    ...warnOfSilentGenes(zeros, sampleIds.length),
  ];
  const { divisors } = normalization;
  transformExpression(values, { ...parameters, divisors });
  refuseEqual(values, genes.length);
  return {
    revised,
    parts,
    found,
    review,
    zeros,
    perTissue,
    preprocessing: describePreprocessing(input, found, parts),
    decoys: parameters.decoys === "knockoff"
      ? makeKnockoffs({ sampleIds, genes, values, seed: seedOf("decoys") })
      : makeDecoys({
        sampleIds,
        genes,
        tissues: found.filtered.tissues,
        values,
        parts: parts.folds.length > 1 ? [...parts.foldOf] : parts.split,
        count: countDecoys(parameters.decoys, genes.length),
        seed: seedOf("decoys"),
      }),
    warnings,
  };
}

/** @throws {InputError} If all samples have the same values. */
function refuseEqual(values: Float32Array, genes: number): void {
  if (values.some((value, index) => value !== values[index % genes])) return;
  throw new InputError(
    `Cannot use the matrix: ${
      values.every((value) => value === values[0])
        ? "all values are equal"
        : "all samples have the same values"
    } after the transform, and some gene should differ between samples`,
    "Look at the matrix: it may have been written empty",
  );
}

/** How many samples of each tissue are in each part, tissues by name. */
function countPerTissue(
  tissues: readonly string[],
  split: readonly Split[],
): TissueSamples[] {
  const byTissue = partition([...tissues.keys()], tissues);
  return Array.from(byTissue, ([tissue, rows]) => {
    const count = (part: Split) =>
      rows.filter((row) => split[row] === part).length;
    return {
      tissue,
      train: count("train"),
      validation: count("validation"),
      test: count("test"),
    };
  });
}
