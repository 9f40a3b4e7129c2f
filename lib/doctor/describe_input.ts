/** Reads and prepares the input as `prepare` does, and writes nothing. */

import { InputError } from "../cli/errors.ts";
import { silentProgress } from "../cli/progress.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { makeDecoys } from "../prepare/decoys.ts";
import type { Preprocessing } from "../prepare/describe.ts";
import { countZeros } from "../prepare/gene_statistics.ts";
import { type ImageMatrix, placeDecoys } from "../prepare/image_matrix.ts";
import { checkInputFlags, readInput } from "../prepare/input/read_input.ts";
import type { prepareParameters } from "../prepare/parameters.ts";
import {
  describePreprocessing,
  filterInput,
} from "../prepare/preprocessing.ts";
import type {
  ArrangedInput,
  ReadingFacts,
} from "../prepare/review/arranged_input.ts";
import { refuseNegatives } from "../prepare/review/negatives.ts";
import {
  reviewSamples,
  warnOfReview,
} from "../prepare/review/review_samples.ts";
import { reviseSamples } from "../prepare/review/revise_samples.ts";
import {
  makeSampleSplit,
  type SampleSplit,
} from "../prepare/split/sample_split.ts";
import { transformExpression } from "../prepare/transform.ts";
import * as warnings from "../prepare/warnings.ts";
import type { Values } from "../cli/parameters.ts";
import { hashFile } from "../store/hash.ts";
import { partition } from "../prepare/order.ts";
import { deriveSeed } from "../random.ts";

type PrepareValues = Values<typeof prepareParameters>;

/** The input as the later stages will see it. */
export interface DescribedInput {
  /** Samples and genes in the file. */
  readonly read: { readonly samples: number; readonly genes: number };
  /** Format, side of the genes and label, as far as the reader tells. */
  readonly reading?: ReadingFacts;
  readonly preprocessing: Preprocessing;
  readonly parts: SampleSplit;
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** Whether a sample sheet names groups. */
  readonly isGrouped: boolean;
  /** What `prepare` would say and warn of, a sentence each. */
  readonly notes: readonly string[];
  readonly seconds: {
    /** From the file to a checked matrix. */
    readonly reading: number;
    /** From there to the prepared matrix in memory. */
    readonly preparing: number;
    /** To put the decoys among the genes, as each stage does. */
    readonly placing: number;
  };
  /** Bytes of this process at the end of reading and of preparing. */
  readonly peakBytes: number;
}

/** Where the doctor reads from. */
export interface InputSource {
  readonly values: PrepareValues;
  /** The master seed, which decides which samples are tested. */
  readonly seed: number;
  readonly progress?: StageContext["progress"];
}

/**
 * Reads the input with the reader of `prepare`, and splits, filters and
 * transforms it in memory.
 *
 * @throws {InputError} Whatever `prepare` would refuse.
 */
export async function describeInput(
  { values, seed, progress = silentProgress }: InputSource,
): Promise<DescribedInput> {
  const notes: string[] = [];
  const memory = watchMemory();
  const start = performance.now();
  checkInputFlags(values);
  const input: ArrangedInput = await readInput(
    readingContext(values, memory.watched(progress), notes),
  );
  const read = performance.now();
  memory.look();
  const prepared = prepareInMemory(input, values, seed);
  memory.look();
  const done = performance.now();
  const matrix = placeDecoys(prepared.dataset, prepared.decoys);
  memory.look();
  return {
    read: { samples: input.sampleIds.length, genes: input.genes.length },
    reading: input.reading,
    preprocessing: prepared.preprocessing,
    parts: prepared.parts,
    dataset: prepared.dataset,
    matrix,
    isGrouped: input.groups !== undefined,
    notes: [...notes, ...prepared.notes],
    seconds: {
      reading: (read - start) / 1000,
      preparing: (done - read) / 1000,
      placing: (performance.now() - done) / 1000,
    },
    peakBytes: memory.peak(),
  };
}

/** The part of a stage's context that reading takes. */
function readingContext(
  parameters: PrepareValues,
  progress: StageContext["progress"],
  notes: string[],
): StageContext<PrepareValues> {
  const context: Partial<StageContext<PrepareValues>> = {
    parameters,
    progress,
    // It is not recorded, but takes its time in `prepare`.
    userInput: async (path) => void await hashFile(path),
    say: (message) => void notes.push(message),
    warn: (message) => void notes.push(message),
  };
  return context as StageContext<PrepareValues>;
}

/** What `prepare` does between reading and writing. */
function prepareInMemory(
  read: ArrangedInput,
  values: PrepareValues,
  seed: number,
) {
  const seedOf = (name: string) => deriveSeed(seed, `prepare/${name}`);
  const revised = reviseSamples(read, values);
  const { input } = revised;
  refuseNegatives(input, values.transform);
  const parts = makeSampleSplit(input, values, seedOf);
  refuseUntested(parts);
  const found = filterInput(input, values);
  const review = reviewSamples(revised, found.summary, parts, values);
  const { sampleIds, genes, tissues, values: numbers } = found.filtered;
  const zeros = countZeros(numbers, genes.length);
  const notes = [
    ...read.reading?.notes ?? [],
    ...revised.revision.notes,
    ...warnOfReview(review),
    ...parts.notes,
    ...warnings.warnOfFewTests(testsPerTissue(tissues, parts)),
    ...values.transform === "log2"
      ? warnings.warnOfLogarithms(found.summary)
      : [],
    ...warnings.warnOfDividedLogarithms(found.summary, found.normalization),
    ...warnings.warnOfLargeSums(found.summary, found.normalization),
    ...warnings.warnOfSmallLibraries(sampleIds, found.summary),
    ...warnings.warnOfFewGenes(genes.length, input.genes.length),
    ...warnings.warnOfSilentGenes(zeros, sampleIds.length),
  ];
  const { divisors } = found.normalization;
  transformExpression(numbers, { ...values, divisors });
  const tissueNames = [...new Set(tissues)].sort();
  const classes = new Map(tissueNames.map((name, index) => [name, index]));
  const dataset: Dataset = {
    sampleIds,
    genes,
    tissues,
    groups: input.groups ?? tissues.map(() => ""),
    split: parts.split,
    folds: parts.folds,
    values: numbers,
    tissueNames,
    classOf: Int32Array.from(tissues, (tissue) => classes.get(tissue)!),
  };
  const decoys = makeDecoys({
    sampleIds,
    genes,
    values: numbers,
    parts: parts.folds.length > 1 ? [...parts.foldOf] : parts.split,
    count: Math.round(values.decoys * genes.length),
    seed: seedOf("decoys"),
  });
  const preprocessing = describePreprocessing(input, found, parts);
  return { parts, notes, dataset, decoys, preprocessing };
}

/** @throws {InputError} If nothing can be tested or nothing trained. */
function refuseUntested({ split, folds }: SampleSplit): void {
  if (
    split.includes("test") &&
    folds.every(({ split }) => split.includes("train"))
  ) return;
  throw new InputError(
    "Cannot split the samples: no tissue has two samples, or groups of " +
      "samples, so none can be both trained and tested",
    "Name the column of tissues with --label, or another one with --group",
  );
}

/** How many samples of each tissue are in each part. */
function testsPerTissue(
  tissues: readonly string[],
  { split }: SampleSplit,
) {
  const byTissue = partition([...tissues.keys()], tissues);
  return Array.from(byTissue, ([tissue, rows]) => {
    const count = (part: typeof split[number]) =>
      rows.filter((row) => split[row] === part).length;
    return {
      tissue,
      train: count("train"),
      validation: count("validation"),
      test: count("test"),
    };
  });
}

/** Looks how much memory this process holds, whenever there is time to. */
function watchMemory() {
  let most = 0;
  const look = () => {
    most = Math.max(most, Deno.memoryUsage().rss);
  };
  return {
    look,
    peak: () => most,
    watched:
      (progress: StageContext["progress"]): StageContext["progress"] =>
      (...job) => {
        const shown = progress(...job);
        return {
          ...shown,
          advance: (...step) => {
            look();
            shown.advance(...step);
          },
        };
      },
  };
}
