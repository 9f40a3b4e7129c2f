/** Gene sets as columns of the expression matrix. */

import { RandomStream } from "../random.ts";

export interface GeneSet {
  readonly name: string;
  /** Its genes' columns, ascending. */
  readonly columns: Uint32Array;
  /** Genes of it that are not in the matrix. */
  readonly notInMatrix: readonly string[];
  /** The seed that drew it; null unless it is random. */
  readonly geneSeed: number | null;
}

/**
 * Finds the columns of genes; a gene named twice counts once.
 *
 * @param genes The ids of the columns, in their order.
 */
export function locateGenes(
  name: string,
  wanted: Iterable<string>,
  genes: readonly string[],
): GeneSet {
  const columnOf = new Map(genes.map((gene, column) => [gene, column]));
  const columns: number[] = [];
  const notInMatrix: string[] = [];
  for (const gene of new Set(wanted)) {
    const column = columnOf.get(gene);
    if (column === undefined) notInMatrix.push(gene);
    else columns.push(column);
  }
  return {
    name,
    columns: Uint32Array.from(columns).sort(),
    notInMatrix,
    geneSeed: null,
  };
}

/** Draws columns of genes without replacement, ascending. */
export function drawGenes(
  total: number,
  size: number,
  seed: number,
): Uint32Array {
  return new RandomStream(seed).sample(total, size).sort();
}
