/** Reads and prepares the input as `prepare` does, and writes nothing. */

import { silentProgress } from "../cli/progress.ts";
import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { UserFiles } from "../pipeline/user_files.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { Preprocessing } from "../prepare/describe.ts";
import { type ImageMatrix, placeDecoys } from "../prepare/image_matrix.ts";
import { checkInputFlags } from "../prepare/input/check_input_flags.ts";
import { readInput } from "../prepare/input/read_input.ts";
import type { prepareParameters } from "../prepare/parameters.ts";
import { prepareMatrix } from "../prepare/prepare_matrix.ts";
import type { Reading } from "../prepare/arrange/reading.ts";
import type { PreparationInput } from "../prepare/input/read_input.ts";
import type { SampleSplit } from "../prepare/split/sample_split.ts";
import { deriveSeed } from "../random.ts";

type PrepareValues = Values<typeof prepareParameters>;

/** The input as the later stages will see it. */
export interface DescribedInput {
  /** Samples and genes in the file. */
  readonly read: { readonly samples: number; readonly genes: number };
  /** Format, side of the genes and label, as far as the reader tells. */
  readonly reading?: Reading;
  readonly preprocessing: Preprocessing;
  readonly parts: SampleSplit;
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** Different texts in the column of batches, else of groups; 0 without. */
  readonly studies: number;
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
  const input: PreparationInput = await readInput(
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
    studies: new Set(prepared.studies).size,
    isGrouped: input.groups !== undefined,
    notes: [...notes, ...prepared.warnings],
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
  const files = new UserFiles("prepare");
  const context: Partial<StageContext<PrepareValues>> = {
    parameters,
    progress,
    // It is not recorded, but takes its time in `prepare`.
    async userInput(path) {
      await files.note(path);
    },
    say: () => {}, // The lines of the input say the same.
    warn: (message) => void notes.push(message),
  };
  return context as StageContext<PrepareValues>;
}

/** What `prepare` computes between reading and writing. */
function prepareInMemory(
  read: PreparationInput,
  values: PrepareValues,
  seed: number,
) {
  const { revised, parts, found, decoys, ...prepared } = prepareMatrix(
    read,
    values,
    (name) => deriveSeed(seed, `prepare/${name}`),
  );
  const { sampleIds, genes, geneFacts, tissues, values: numbers } =
    found.filtered;
  const tissueNames = [...new Set(tissues)].sort();
  const classes = new Map(tissueNames.map((name, index) => [name, index]));
  const dataset: Dataset = {
    sampleIds,
    genes,
    geneFacts,
    tissues,
    groups: revised.input.groups ?? tissues.map(() => ""),
    split: parts.split,
    folds: parts.folds,
    values: numbers,
    tissueNames,
    classOf: Int32Array.from(tissues, (tissue) => classes.get(tissue)!),
  };
  const { batches, groups = [] } = revised.input;
  return { ...prepared, parts, dataset, decoys, studies: batches ?? groups };
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
