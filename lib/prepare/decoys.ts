/**
 * Decoy genes: real genes' values, shuffled among the samples. The network
 * cannot learn a tissue from them, so the share of them that enters the gene
 * set says how many real genes enter it by chance.
 */

import { openStream } from "../random.ts";

/** One decoy gene. */
export interface Decoy {
  /** Its id, which no real gene bears. */
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
  /** Each sample's part; values are shuffled within a part alone. */
  readonly parts: readonly (string | number)[];
  /** Decoys to make, at most one a gene. */
  readonly count: number;
  readonly seed: number;
}

/**
 * Makes decoys from genes drawn without replacement, and hides them at random
 * places among the genes, which keep their order.
 *
 * Values stay within their part (training, validation, test), so that a decoy
 * is as different between the parts as a real gene is. The idea is that of
 * target-decoy searches in proteomics (Elias and Gygi 2007) and of permuted
 * "shadow" features (Kursa and Rudnicki 2010).
 *
 * @param options The matrix and its parts. The order of its rows does not
 * matter to which value goes to which sample.
 * @returns The decoys in the order of their columns.
 * @throws {RangeError} If more decoys than genes are asked for.
 */
export function makeDecoys(options: DecoyOptions): DecoyGenes {
  const { sampleIds, genes, values, count, seed } = options;
  const sources = openStream(seed, "sources").sample(genes.length, count);
  const columns = openStream(seed, "columns")
    .sample(genes.length + count, count).sort();
  const prefix = freePrefix(genes);
  const parts = rowsOfParts(options);
  const decoyValues = new Float32Array(sampleIds.length * count);
  sources.forEach((source, decoy) => {
    const stream = openStream(seed, `decoy/${decoy + 1}`);
    for (const rows of parts) {
      const from = stream.shuffle(rows.slice());
      rows.forEach((row, place) => {
        decoyValues[row * count + decoy] =
          values[from[place] * genes.length + source];
      });
    }
  });
  return {
    decoys: Array.from(
      sources,
      (source, decoy) => ({ name: `${prefix}${decoy + 1}`, source }),
    ),
    values: decoyValues,
    columns,
  };
}

/** The rows of each part by the samples' ids, the parts by name. */
function rowsOfParts({ sampleIds, parts }: DecoyOptions): number[][] {
  const rows = new Map<string, number[]>();
  const sorted = Array.from(sampleIds.keys()).sort((a, b) =>
    sampleIds[a] < sampleIds[b] ? -1 : 1
  );
  for (const row of sorted) {
    const part = String(parts[row]);
    rows.set(part, [...(rows.get(part) ?? []), row]);
  }
  return [...rows.keys()].sort().map((part) => rows.get(part)!);
}

/** `decoy_`, with more underscores where a gene's id starts so, too. */
function freePrefix(genes: readonly string[]): string {
  let prefix = "decoy_";
  while (genes.some((gene) => gene.startsWith(prefix))) prefix += "_";
  return prefix;
}
