/** The prepared data that are classified, with the genes that are known. */

import { type Dataset, readDataset } from "../../lib/prepare/dataset.ts";
import {
  type ImageMatrix,
  readImageMatrix,
} from "../../lib/prepare/image_matrix.ts";
import { readTruthFile } from "../../lib/rankings/truth_file.ts";
import { isTrueUp, truth as planted } from "../../lib/simulate/outputs.ts";
import { runReader } from "../run_reader.ts";

/** A matrix with its known genes. */
export interface AblationStudy {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** By tissue: the ids of its known genes that the matrix has. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads a run with a finished `prepare`.
 *
 * @param truth A file of known genes; empty for those planted in the demo.
 */
export async function readStudy(
  run: string,
  truth: string,
): Promise<AblationStudy> {
  const reader = runReader(run);
  const dataset = await readDataset(reader);
  const rows = truth === ""
    ? (await reader.read(planted)).filter(isTrueUp)
    : await readTruthFile(truth);
  const genes = new Set(dataset.genes);
  const known = new Map<string, Set<string>>();
  for (const { gene, tissue } of rows) {
    if (!genes.has(gene) || !dataset.tissueNames.includes(tissue)) continue;
    known.set(tissue, (known.get(tissue) ?? new Set()).add(gene));
  }
  return { dataset, matrix: await readImageMatrix(reader, dataset), known };
}

/** The same with each column scaled by the training samples' deviation. */
export function standardizeMatrix(
  matrix: ImageMatrix,
  trainRows: ArrayLike<number>,
): ImageMatrix {
  const { columns } = matrix;
  const values = matrix.values.slice();
  for (let column = 0; column < columns; column++) {
    let [sum, squares] = [0, 0];
    for (let index = 0; index < trainRows.length; index++) {
      sum += values[trainRows[index] * columns + column];
    }
    const mean = sum / trainRows.length;
    for (let index = 0; index < trainRows.length; index++) {
      squares += (values[trainRows[index] * columns + column] - mean) ** 2;
    }
    // A column that is constant there says nothing.
    const deviation = Math.sqrt(squares / trainRows.length) || Infinity;
    for (let at = column; at < values.length; at += columns) {
      values[at] = (values[at] - mean) / deviation;
    }
  }
  return { ...matrix, values };
}
