/** What the network sees of the samples: the genes with the decoys among them. */

import { InputError, rerun } from "../cli/errors.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readNpy } from "../store/npy.ts";
import type { Dataset } from "./dataset.ts";
import type { Decoy } from "./decoys.ts";
import { decoys as decoysTable, decoyValues } from "./outputs.ts";

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
 * @param context Finds the stage's files.
 * @param dataset The prepared data.
 * @throws {InputError} If the files do not fit together.
 */
export async function readImageMatrix(
  context: Pick<StageContext, "read" | "has" | "artifact">,
  dataset: Dataset,
): Promise<ImageMatrix> {
  const genes = dataset.genes.length;
  if (!await context.has(decoysTable)) {
    return {
      values: dataset.values,
      columns: genes,
      geneColumns: Uint32Array.from({ length: genes }, (_, gene) => gene),
      decoyColumns: new Uint32Array(),
      decoys: [],
    };
  }
  const rows = await context.read(decoysTable);
  const { data, shape } = await readNpy(
    await context.artifact(decoyValues.file),
  );
  const samples = dataset.sampleIds.length;
  if (shape[0] !== samples || shape[1] !== rows.length) {
    throw new InputError(
      `Cannot read the decoys: ${decoyValues.file} is ${shape.join(" x ")} ` +
        `and must be ${samples} samples x ${rows.length} decoys`,
      rerun("prepare", { force: true }),
    );
  }
  const columnOf = new Map(dataset.genes.map((gene, column) => [gene, column]));
  return placeDecoys(dataset, {
    decoys: rows.map(({ decoy, source }) => ({
      name: decoy,
      source: columnOf.get(source)!,
    })),
    values: data,
    columns: Uint32Array.from(rows, ({ column }) => column),
  });
}

/**
 * Puts decoys among the genes, which keep their order.
 */
export function placeDecoys(
  { genes, values, sampleIds }: Pick<
    Dataset,
    "genes" | "values" | "sampleIds"
  >,
  hidden: {
    readonly decoys: readonly Decoy[];
    readonly values: Float32Array;
    readonly columns: Uint32Array;
  },
): ImageMatrix {
  const columns = genes.length + hidden.decoys.length;
  const isDecoy = new Uint8Array(columns);
  for (const column of hidden.columns) isDecoy[column] = 1;
  const geneColumns = new Uint32Array(genes.length);
  let gene = 0;
  isDecoy.forEach((decoy, column) => {
    if (!decoy) geneColumns[gene++] = column;
  });
  const placed = new Float32Array(sampleIds.length * columns);
  for (let row = 0; row < sampleIds.length; row++) {
    const start = row * columns;
    scatter(values, row * genes.length, geneColumns, placed, start);
    scatter(
      hidden.values,
      row * hidden.columns.length,
      hidden.columns,
      placed,
      start,
    );
  }
  return {
    values: placed,
    columns,
    geneColumns,
    decoyColumns: Uint32Array.from(hidden.columns),
    decoys: hidden.decoys,
  };
}

/** Copies consecutive numbers, from `first` on, into the columns of a row. */
function scatter(
  numbers: Float32Array,
  first: number,
  columns: Uint32Array,
  to: Float32Array,
  start: number,
): void {
  for (let index = 0; index < columns.length; index++) {
    to[start + columns[index]] = numbers[first + index];
  }
}

/**
 * Copies some rows, in the order given.
 *
 * @returns rows x columns numbers, row after row.
 */
export function takeImageRows(
  { values, columns }: Pick<ImageMatrix, "values" | "columns">,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const taken = new Float32Array(rows.length * columns);
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index] * columns;
    taken.set(values.subarray(start, start + columns), index * columns);
  }
  return taken;
}
