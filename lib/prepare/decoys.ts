/**
 * Decoy genes: values of real genes, shuffled among the samples. The network
 * cannot learn a tissue from them, so the share of them in the gene set shows
 * how many real genes enter it by chance.
 */

import { openStream } from "../random.ts";
import { partition, rowsInIdOrder } from "./order.ts";

/** One decoy gene. */
export interface Decoy {
  /** Its id, which no real gene has. */
  readonly name: string;
  /** Column of the real gene whose values it holds in another order. */
  readonly source: number;
}

/** The decoys of a matrix. */
export interface DecoyGenes {
  readonly decoys: readonly Decoy[];
  /** samples x decoys, row after row. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Each decoy's column among genes and decoys, ascending. */
  readonly columns: Uint32Array;
}

/** What decoys are made from. */
export interface DecoyOptions {
  readonly sampleIds: readonly string[];
  readonly genes: readonly string[];
  /** samples x genes, row after row. */
  readonly values: Float32Array;
  /** Each sample's part; values are shuffled within a part only. */
  readonly parts: readonly (string | number)[];
  /** Decoys to make, at most one per gene. */
  readonly count: number;
  readonly seed: number;
}

/**
 * Makes decoys from genes drawn without replacement, and hides them at random
 * positions among the genes, which keep their order.
 *
 * Values stay within their part (training, validation, test), so that a decoy
 * differs between the parts as much as a real gene does. The idea comes from
 * target-decoy searches in proteomics (Elias and Gygi 2007) and permuted
 * "shadow" features (Kursa and Rudnicki 2010).
 *
 * @param options The order of the rows does not change which value a sample
 * gets.
 * @returns The decoys in the order of their columns.
 * @throws {RangeError} If more decoys than genes are asked for.
 */
export function makeDecoys(options: DecoyOptions): DecoyGenes {
  const { sampleIds, genes, values, count, seed } = options;
  const sources = openStream(seed, "sources").sample(genes.length, count);
  const columns = openStream(seed, "columns")
    .sample(genes.length + count, count).sort();
  const prefix = freePrefix(genes);
  const parts = partition(rowsInIdOrder(sampleIds), options.parts.map(String));
  const decoyValues = new Float32Array(sampleIds.length * count);
  sources.forEach((source, decoy) => {
    const stream = openStream(seed, `decoy/${decoy + 1}`);
    for (const rows of parts.values()) {
      const from = stream.shuffle(rows.slice());
      rows.forEach((row, index) => {
        const value = values[from[index] * genes.length + source];
        decoyValues[row * count + decoy] = value;
      });
    }
  });
  const decoys = Array.from(
    sources,
    (source, decoy) => ({ name: `${prefix}${decoy + 1}`, source }),
  );
  return { decoys, values: decoyValues, columns };
}

/** `decoy_`, with more underscores if a gene's id starts like that. */
function freePrefix(genes: readonly string[]): string {
  let prefix = "decoy_";
  while (genes.some((gene) => gene.startsWith(prefix))) prefix += "_";
  return prefix;
}
