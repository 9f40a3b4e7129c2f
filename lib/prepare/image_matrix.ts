/** What the network sees of the samples: the genes with the decoys among them. */

import { InputError, rerun } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readNpy } from "../store/npy.ts";
import { unfit } from "../store/unfit.ts";
import type { Dataset } from "./dataset.ts";
import type { Decoy, DecoyGenes } from "./decoys.ts";
import * as files from "./outputs.ts";

/** The samples as the network sees them, before they become images. */
export interface ImageMatrix {
  /** samples x columns transformed values, row after row. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Genes and decoys together. */
  readonly columns: number;
  /** Each gene's column. */
  readonly geneColumns: Uint32Array<ArrayBuffer>;
  /** Each decoy's column; none without decoys. */
  readonly decoyColumns: Uint32Array<ArrayBuffer>;
  readonly decoys: readonly Decoy[];
}

/**
 * Reads the decoys that the `prepare` stage made and puts them among the
 * genes. Without decoys it is the dataset's own matrix.
 *
 * @throws {InputError} If the files do not fit together.
 */
export async function readImageMatrix(
  context: Pick<StageContext, "read" | "has" | "artifact">,
  dataset: Dataset,
): Promise<ImageMatrix> {
  const genes = dataset.genes.length;
  if (!await context.has(files.decoys)) {
    return {
      values: dataset.values,
      columns: genes,
      geneColumns: Uint32Array.from({ length: genes }, (_, gene) => gene),
      decoyColumns: new Uint32Array(),
      decoys: [],
    };
  }
  const rows = await context.read(files.decoys);
  const path = await context.artifact(files.decoyValues.file);
  const { data, shape } = await readNpy(path);
  const samples = dataset.sampleIds.length;
  if (shape[0] !== samples || shape[1] !== rows.length) {
    throw new InputError(
      `Cannot read the decoys: ${files.decoyValues.file} is ${
        shape.join(" x ")
      } ` +
        `and must be ${samples} samples x ${rows.length} decoys`,
      rerun("prepare", { force: true }),
    );
  }
  if (!data.every(Number.isFinite)) {
    throw unfit(files.decoyValues.file, "every value must be a finite number");
  }
  const columns = new Set(rows.map(({ column }) => column));
  const width = genes + rows.length;
  const columnOf = new Map(dataset.genes.map((gene, column) => [gene, column]));
  for (const { decoy, source, column } of rows) {
    if (
      columns.size < rows.length || column < 0 || column >= width ||
      !columnOf.has(source)
    ) {
      throw unfit(
        files.decoys.file,
        `decoy ${quote(decoy)} must have a gene of the matrix and a column ` +
          `of its own below ${width}, and has ${quote(source)} and ${column}`,
      );
    }
  }
  return placeDecoys(dataset, {
    decoys: rows.map(({ decoy, source, kind }) => ({
      name: decoy,
      source: columnOf.get(source)!,
      kind,
    })),
    values: data,
    columns: Uint32Array.from(rows, ({ column }) => column),
  });
}

/** Puts decoys among the genes, which keep their order. */
export function placeDecoys(
  dataset: Pick<Dataset, "genes" | "values" | "sampleIds">,
  hidden: DecoyGenes,
): ImageMatrix {
  const genes = dataset.genes.length;
  const columns = genes + hidden.decoys.length;
  const isDecoy = new Uint8Array(columns);
  for (const column of hidden.columns) isDecoy[column] = 1;
  const geneColumns = Uint32Array.from(isDecoy.keys())
    .filter((column) => isDecoy[column] === 0);
  const values = new Float32Array(dataset.sampleIds.length * columns);
  const place = (numbers: Float32Array, to: Uint32Array) => {
    let index = 0;
    for (let start = 0; start < values.length; start += columns) {
      for (const column of to) values[start + column] = numbers[index++];
    }
  };
  place(dataset.values, geneColumns);
  place(hidden.values, hidden.columns);
  return {
    values,
    columns,
    geneColumns,
    decoyColumns: Uint32Array.from(hidden.columns),
    decoys: hidden.decoys,
  };
}

/** Rows to take from; threads may share them. */
export interface ImageRows {
  /** rows x columns transformed values, row after row. */
  readonly values: Float32Array;
  readonly columns: number;
}

/** Copies some rows, in the order given, one after another. */
export function takeImageRows(
  { values, columns }: ImageRows,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const taken = new Float32Array(rows.length * columns);
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index] * columns;
    taken.set(values.subarray(start, start + columns), index * columns);
  }
  return taken;
}
