/** The stage that reads the matrix, splits the samples and transforms values. */

import { InputError } from "../cli/errors.ts";
import { countOf, quote, withCommas } from "../cli/text.ts";
import type { Values } from "../cli/parameters.ts";
import {
  defineStage,
  type StageContext,
  type StageOutcome,
} from "../pipeline/stage.ts";
import { makeDecoys } from "./decoys.ts";
import {
  formatFilter,
  formatFoldsReason,
  formatNormalization,
  formatValues,
  type Preprocessing,
} from "./describe.ts";
import type { TissueSamples } from "./figures/samples_per_tissue.ts";
import { countZeros } from "./gene_statistics.ts";
import { checkInputFlags, readInput } from "./input/read_input.ts";
import { partition } from "./order.ts";
import * as files from "./outputs.ts";
import { prepareParameters, readingParameters } from "./parameters.ts";
import {
  describePreprocessing,
  filterInput,
  writePreprocessing,
} from "./preprocessing.ts";
import type { ArrangedInput } from "./review/arranged_input.ts";
import { refuseNegatives } from "./review/negatives.ts";
import { reviseSamples } from "./review/revise_samples.ts";
import { reviewSamples, warnOfReview } from "./review/review_samples.ts";
import { describeReading } from "./review/describe_reading.ts";
import { makeSampleSplit, type SampleSplit } from "./split/sample_split.ts";
import { transformExpression } from "./transform.ts";
import {
  warnOfDividedLogarithms,
  warnOfFewGenes,
  warnOfFewTests,
  warnOfLargeSums,
  warnOfLogarithms,
  warnOfSilentGenes,
  warnOfSmallLibraries,
} from "./warnings.ts";
import { writeDecoys, writeGenes, writeSamples } from "./write_prepared.ts";

/** Reads the user's matrix, or the simulated one; splits and transforms it. */
export const prepareStage = defineStage({
  module: import.meta.url,
  name: "prepare",
  summary:
    "reads the matrix, splits the samples, filters genes and transforms values",
  needs: ["simulate"],
  parameters: prepareParameters,
  outputs: files.outputs,
  plainFlags: Object.keys(readingParameters),
  check: (values) => checkInputFlags(values),
  async run(context) {
    checkInputFlags(context.parameters);
    return await prepareInput(context, await readInput(context));
  },
});

/** Prepares a matrix that was read, and writes all files of the stage. */
export async function prepareInput(
  context: StageContext<Values<typeof prepareParameters>>,
  read: ArrangedInput,
): Promise<StageOutcome> {
  const { parameters } = context;
  const revised = reviseSamples(read, parameters);
  const { input } = revised;
  refuseNegatives(input, parameters.transform);
  const parts = makeSampleSplit(
    input,
    parameters,
    (name) => context.seedOf(name),
  );
  refuseUntested(parts, input);
  const perTissue = countPerTissue(input.tissues, parts.split);
  const found = filterInput(input, parameters);
  const review = reviewSamples(revised, found.summary, parts, parameters);
  const { sampleIds, genes, values } = found.filtered;
  const zeros = countZeros(values, genes.length);
  const warnings = [
    ...read.reading?.notes ?? [],
    ...revised.revision.notes,
    ...warnOfReview(review),
    ...parts.notes,
    ...warnOfFewTests(perTissue),
    ...parameters.transform === "log2" ? warnOfLogarithms(found.summary) : [],
    ...warnOfDividedLogarithms(found.summary, found.normalization),
    ...warnOfLargeSums(found.summary, found.normalization),
    ...warnOfSmallLibraries(sampleIds, found.summary),
    ...warnOfFewGenes(genes.length, input.genes.length),
    ...warnOfSilentGenes(zeros, sampleIds.length),
  ];
  warnings.forEach((warning) => context.warn(warning));

  const { divisors } = found.normalization;
  transformExpression(values, { ...parameters, divisors });
  refuseEqual(values, genes.length);
  await context.write(files.input, describeReading(read, revised));
  await context.write(files.review, review);
  await writeSamples(context, input, parts);
  await writeGenes(context, found.filtered, zeros);
  const preprocessing = describePreprocessing(input, found, parts);
  await writePreprocessing(context, input, found, preprocessing);
  await context.draw(files.samplesPerTissue, { rows: perTissue });
  const decoys = Math.round(parameters.decoys * genes.length);
  if (decoys > 0) {
    const made = makeDecoys({
      sampleIds,
      genes,
      values,
      parts: parts.folds.length > 1 ? [...parts.foldOf] : parts.split,
      count: decoys,
      seed: context.seedOf("decoys"),
    });
    await writeDecoys(context, found.filtered, made);
  }
  return { verdict: describe(found.filtered, parts, preprocessing) };
}

/** @throws {InputError} If nothing can be tested or nothing trained. */
function refuseUntested(
  { split, folds }: SampleSplit,
  { groups }: ArrangedInput,
): void {
  if (
    split.includes("test") &&
    folds.every(({ split }) => split.includes("train"))
  ) return;
  throw new InputError(
    `Cannot split the samples: no tissue has two ${
      groups === undefined ? "samples" : "groups of samples"
    }, so none can be both trained and tested`,
    groups === undefined
      ? "Name the column of tissues with --label"
      : "Name another column of groups with --group",
  );
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
  split: readonly files.Split[],
): TissueSamples[] {
  const byTissue = partition([...tissues.keys()], tissues);
  return Array.from(byTissue, ([tissue, rows]) => {
    const count = (part: files.Split) =>
      rows.filter((row) => split[row] === part).length;
    return {
      tissue,
      train: count("train"),
      validation: count("validation"),
      test: count("test"),
    };
  });
}

/** The lines for the terminal. */
function describe(
  input: ArrangedInput,
  parts: SampleSplit,
  preprocessing: Preprocessing,
): string {
  const folds = parts.folds.length;
  return [
    describeSamples(input, parts),
    `${formatValues(preprocessing)}; ${formatNormalization(preprocessing)}`,
    formatFilter(preprocessing),
    formatFoldsReason(preprocessing, folds, quote),
  ].filter((line) => line !== "").join("\n");
}

function describeSamples(
  { sampleIds, genes, tissues, groups }: ArrangedInput,
  { split, folds }: SampleSplit,
): string {
  const count = (part: files.Split) =>
    withCommas(split.filter((own) => own === part).length);
  return `${countOf(sampleIds.length, "sample")} x ` +
    `${countOf(genes.length, "gene")}, ` +
    `${countOf(new Set(tissues).size, "tissue")}` +
    (groups === undefined
      ? ""
      : ` in ${countOf(new Set(groups).size, "group")} kept whole`) +
    (folds.length > 1
      ? `; ${count("test")} tested in ${folds.length} folds`
      : `; ${count("train")} train, ${count("validation")} validation, ` +
        `${count("test")} test`);
}
