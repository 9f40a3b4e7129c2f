/** The prepared data, as every later stage reads them. */

import { InputError } from "../cli/errors.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readNpy } from "../store/npy.ts";
import { readColumns } from "./input/table_columns.ts";

/** The parts that the samples are split into, once for the whole run. */
export const splits = ["train", "validation", "test"] as const;

/** The part that a sample belongs to. */
export type Split = typeof splits[number];

/** A test part with the samples that its networks are trained on. */
export interface Fold {
  /** From 1. */
  readonly fold: number;
  /** Each sample's part in this fold. */
  readonly split: readonly Split[];
}

/** The prepared matrix with what is known about its rows and columns. */
export interface Dataset {
  /** One a row of `values`. */
  readonly sampleIds: readonly string[];
  /** One a column of `values`. */
  readonly genes: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group (study, donor); empty text where there are none. */
  readonly groups: readonly string[];
  /**
   * Each sample's part. Under cross-fitting every sample that some fold tests
   * is a test sample.
   */
  readonly split: readonly Split[];
  /** One, or as many as `--folds` made; each sample is tested in one at most. */
  readonly folds: readonly Fold[];
  /** samples x genes transformed expression values, row after row. */
  readonly values: Float32Array<ArrayBuffer>;
  /** The tissues, sorted by code unit: class c of the network is the c-th. */
  readonly tissueNames: readonly string[];
  /** Each sample's class: the place of its tissue in `tissueNames`. */
  readonly classOf: Int32Array<ArrayBuffer>;
}

/**
 * Reads what the `prepare` stage wrote.
 *
 * @param context The stage's context, or anything that finds artifacts.
 * @returns The data; rows and columns in the order of the user's file.
 * @throws {InputError} If a file is missing, or the files do not fit together.
 */
export async function readDataset(
  context: Pick<StageContext, "artifact">,
): Promise<Dataset> {
  const samplesPath = await context.artifact("prepare/samples.csv");
  const genesPath = await context.artifact("prepare/genes.csv");
  const matrixPath = await context.artifact("prepare/expression.npy");
  // The matrix is read by another thread while this one reads the tables.
  const [{ data, shape }, { gene: genes }, samples] = await Promise.all([
    readNpy(matrixPath),
    readColumns(genesPath, ["gene"]),
    readColumns(
      samplesPath,
      ["sample_id", "tissue", "group", "split"],
      ["fold"],
    ),
  ]);
  const { sample_id: sampleIds, tissue: tissues } = samples;
  if (shape[0] !== sampleIds.length || shape[1] !== genes.length) {
    throw new InputError(
      `Cannot read the prepared data: ${matrixPath} is ${shape.join(" x ")} ` +
        `and must be ${sampleIds.length} samples x ${genes.length} genes`,
      "deno task prepare --force",
    );
  }
  const tissueNames = [...new Set(tissues)].sort();
  const classes = new Map(tissueNames.map((name, index) => [name, index]));
  const split = samples.split.map((part) => readSplit(part, samplesPath));
  return {
    sampleIds,
    genes,
    tissues,
    groups: samples.group,
    split,
    folds: samples.fold.some((fold) => fold !== "")
      ? await readFolds(
        await context.artifact("prepare/folds.csv"),
        sampleIds,
      )
      : [{ fold: 1, split }],
    values: data,
    tissueNames,
    classOf: Int32Array.from(tissues, (tissue) => classes.get(tissue)!),
  };
}

/**
 * The rows of the samples of one part, ascending.
 *
 * @param dataset The data, or just its `split`.
 * @param split The part.
 */
export function rowsOf(
  dataset: Pick<Dataset, "split">,
  split: Split,
): Int32Array<ArrayBuffer> {
  const rows: number[] = [];
  dataset.split.forEach((part, row) => {
    if (part === split) rows.push(row);
  });
  return Int32Array.from(rows);
}

/**
 * The rows of the samples of one part in the order of their ids, so that
 * nothing made from them depends on the order of the user's file.
 *
 * @param dataset The data, or just its `sampleIds`.
 * @param fold Each sample's part.
 * @param split The part.
 */
export function rowsById(
  { sampleIds }: Pick<Dataset, "sampleIds">,
  fold: Pick<Fold, "split">,
  split: Split,
): Int32Array<ArrayBuffer> {
  return rowsOf(fold, split).sort((a, b) =>
    sampleIds[a] < sampleIds[b] ? -1 : sampleIds[a] > sampleIds[b] ? 1 : a - b
  );
}

/**
 * Copies some rows of the matrix, in the order given.
 *
 * @param dataset The data, or just its `values` and `genes`.
 * @param rows The rows to take; a row may come twice.
 * @returns rows x genes numbers, row after row.
 */
export function takeRows(
  dataset: Pick<Dataset, "values" | "genes">,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const width = dataset.genes.length;
  const taken = new Float32Array(rows.length * width);
  for (let place = 0; place < rows.length; place++) {
    const start = rows[place] * width;
    taken.set(dataset.values.subarray(start, start + width), place * width);
  }
  return taken;
}

/** Reads `folds.csv`: a row a sample in each fold. */
async function readFolds(
  path: string,
  sampleIds: readonly string[],
): Promise<Fold[]> {
  const rowOf = new Map(sampleIds.map((id, row) => [id, row]));
  const folds: Split[][] = [];
  const rows = await readColumns(path, ["fold", "sample_id", "split"]);
  rows.sample_id.forEach((id, at) => {
    const sample = rowOf.get(id);
    const fold = Number(rows.fold[at]);
    if (sample === undefined || !(fold >= 1)) {
      throw new InputError(
        `Cannot read ${path}: fold ${rows.fold[at]} of sample ${id} ` +
          "does not belong to prepare/samples.csv",
        "deno task prepare --force",
      );
    }
    (folds[fold - 1] ??= [])[sample] = readSplit(rows.split[at], path);
  });
  return folds.map((split, index) => ({ fold: index + 1, split }));
}

function readSplit(text: string, path: string): Split {
  const split = splits.find((part) => part === text);
  if (split === undefined) {
    throw new InputError(
      `Cannot read ${path}: a split is '${text}' and must be one of ` +
        splits.join(", "),
      "deno task prepare --force",
    );
  }
  return split;
}
