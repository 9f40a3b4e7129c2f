/** The prepared data, as every later stage reads them. */

import { InputError, rerun } from "../cli/errors.ts";
import { byCodeUnit, quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readNpy } from "../store/npy.ts";
import { unfit } from "../store/unfit.ts";
import { checkDataset } from "./check_dataset.ts";
import { takeImageRows } from "./image_matrix.ts";
import type { GeneFacts } from "./input/expression_matrix.ts";
import * as files from "./outputs.ts";

export type Split = files.Split;

/** A test part and the samples that its networks are trained on. */
export interface Fold {
  /** From 1. */
  readonly fold: number;
  /** Each sample's part in this fold. */
  readonly split: readonly Split[];
}

/** The prepared matrix with its samples, genes and tissues. */
export interface Dataset {
  /** One per row of `values`. */
  readonly sampleIds: readonly string[];
  /** One per column of `values`. */
  readonly genes: readonly string[];
  /** Each gene's name and description, as far as they are known. */
  readonly geneFacts: readonly GeneFacts[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group (study, donor); empty text where there are none. */
  readonly groups: readonly string[];
  /**
   * Each sample's part. Under cross-fitting every sample that some fold tests
   * is a test sample.
   */
  readonly split: readonly Split[];
  /** One, or as many as `--folds` made; each sample is tested in at most one. */
  readonly folds: readonly Fold[];
  /** samples x genes transformed expression values, row after row. */
  readonly values: Float32Array<ArrayBuffer>;
  /** The tissues, sorted by code unit: class c of the network is the c-th. */
  readonly tissueNames: readonly string[];
  /** Each sample's class: the index of its tissue in `tissueNames`. */
  readonly classOf: Int32Array<ArrayBuffer>;
}

/**
 * Reads what the `prepare` stage wrote.
 *
 * @returns The data; rows and columns in the order of the user's file.
 * @throws {InputError} If a file is missing, or the files do not fit together.
 */
export async function readDataset(
  context: Pick<StageContext, "read" | "artifact">,
): Promise<Dataset> {
  const matrixPath = await context.artifact(files.expression.file);
  // The matrix is read by another thread while this one reads the tables.
  const [{ data, shape }, geneRows, samples] = await Promise.all([
    readNpy(matrixPath),
    context.read(files.genes),
    context.read(files.samples),
  ]);
  if (shape[0] !== samples.length || shape[1] !== geneRows.length) {
    throw new InputError(
      `Cannot read the prepared data: ${matrixPath} is ${shape.join(" x ")} ` +
        `and must be ${samples.length} samples x ${geneRows.length} genes`,
      rerun("prepare", { force: true }),
    );
  }
  const sampleIds = samples.map(({ sample_id }) => sample_id);
  const tissues = samples.map(({ tissue }) => tissue);
  const split = samples.map(({ split }) => split);
  const tissueNames = [...new Set(tissues)].sort();
  const classes = new Map(tissueNames.map((name, index) => [name, index]));
  const dataset: Dataset = {
    sampleIds,
    genes: geneRows.map(({ gene }) => gene),
    geneFacts: geneRows.map(({ name, description }) => ({ name, description })),
    tissues,
    groups: samples.map(({ group }) => group),
    split,
    folds: samples.some(({ fold }) => fold !== null)
      ? await readFolds(context, sampleIds)
      : [{ fold: 1, split }],
    values: data,
    tissueNames,
    classOf: Int32Array.from(tissues, (tissue) => classes.get(tissue)!),
  };
  checkDataset(dataset);
  return dataset;
}

/** The rows of the samples of one part, ascending. */
export function rowsOf(
  dataset: Pick<Dataset, "split">,
  split: Split,
): Int32Array<ArrayBuffer> {
  return Int32Array.from(dataset.split.keys())
    .filter((row) => dataset.split[row] === split);
}

/**
 * The rows of the samples of one part in the order of their ids, so that
 * nothing made from them depends on the order of the user's file.
 */
export function rowsById(
  { sampleIds }: Pick<Dataset, "sampleIds">,
  fold: Pick<Fold, "split">,
  split: Split,
): Int32Array<ArrayBuffer> {
  return rowsOf(fold, split).sort((a, b) =>
    byCodeUnit(sampleIds[a], sampleIds[b])
  );
}

/**
 * Copies some rows of the matrix, in the order given.
 *
 * @param rows The rows to take; a row may be there twice.
 * @returns rows x genes numbers, row after row.
 */
export function takeRows(
  dataset: Pick<Dataset, "values" | "genes">,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const { values, genes } = dataset;
  return takeImageRows({ values, columns: genes.length }, rows);
}

/** Reads each sample's part in each fold. */
async function readFolds(
  context: Pick<StageContext, "read">,
  sampleIds: readonly string[],
): Promise<Fold[]> {
  const rowOf = new Map(sampleIds.map((id, row) => [id, row]));
  const folds: (Split | undefined)[][] = [];
  for (const { fold, sample_id, split } of await context.read(files.folds)) {
    const row = rowOf.get(sample_id);
    if (row === undefined || fold < 1 || fold > sampleIds.length) {
      throw unfit(
        files.folds.file,
        `fold ${fold} of sample ${quote(sample_id)} does not belong to ` +
          files.samples.file,
      );
    }
    const parts = folds[fold - 1] ??= [];
    if (parts[row] !== undefined) {
      throw unfit(
        files.folds.file,
        `fold ${fold} must have one part for sample ${quote(sample_id)}`,
      );
    }
    parts[row] = split;
  }
  // A fold without a row is refused with those that lack a sample.
  return Array.from(folds, (split = [], index) => ({
    fold: index + 1,
    split: split as Split[],
  }));
}
