/** Gene sets as columns of the expression matrix. */

import { InputError } from "../cli/errors.ts";
import { RandomStream } from "../random.ts";
import { readTable } from "../store/csv.ts";

/** A named set of genes. */
export interface GeneSet {
  readonly name: string;
  /** Its genes' columns, ascending. */
  readonly columns: Uint32Array;
  /** Genes of it that the matrix does not hold. */
  readonly unknown: readonly string[];
  /** The seed that drew it; `null` unless it is random. */
  readonly geneSeed: number | null;
}

/**
 * Finds the columns of genes; a gene named twice counts once.
 *
 * @param wanted Gene ids.
 * @param genes The ids of the columns, in their order.
 */
export function locateGenes(
  name: string,
  wanted: Iterable<string>,
  genes: readonly string[],
): GeneSet {
  const columnOf = new Map(genes.map((gene, column) => [gene, column]));
  const columns: number[] = [];
  const unknown: string[] = [];
  for (const gene of new Set(wanted)) {
    const column = columnOf.get(gene);
    if (column === undefined) unknown.push(gene);
    else columns.push(column);
  }
  return {
    name,
    columns: Uint32Array.from(columns).sort(),
    unknown,
    geneSeed: null,
  };
}

/**
 * The SHAP set: the column `gene` of `shap/shap_genes.csv`.
 *
 * @param text The table.
 * @param genes The ids of the matrix's columns.
 * @throws {InputError} If the set is empty or holds a gene that the matrix
 * does not.
 */
export function readShapSet(text: string, genes: readonly string[]): GeneSet {
  const set = locateGenes(
    "shap",
    readTable(text).map((row) => row.gene),
    genes,
  );
  if (set.unknown.length > 0) {
    throw new InputError(
      `Cannot use the SHAP genes: ${
        set.unknown[0]
      } is not among the ${genes.length} genes of the matrix`,
      "deno task shap --force",
    );
  }
  if (set.columns.length === 0) {
    throw new InputError(
      "Cannot use the SHAP genes: shap/shap_genes.csv lists none and should list at least one",
      "deno task shap --force",
    );
  }
  return set;
}

/**
 * Draws a random gene set without replacement.
 *
 * @param total Genes to draw from.
 * @param size Genes to draw.
 * @param seed Seed of the draw.
 */
export function drawGeneSet(
  name: string,
  total: number,
  size: number,
  seed: number,
): GeneSet {
  return {
    name,
    columns: new RandomStream(seed).sample(total, size).sort(),
    unknown: [],
    geneSeed: seed,
  };
}
