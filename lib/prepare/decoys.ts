/**
 * Decoy genes: the mean of a real gene and its noise within the tissues,
 * shuffled among the samples. No tissue can be learned from them, so how high
 * they rank shows how noisy the ranking is.
 */

import { openStream } from "../random.ts";
import { partition, rowsInIdOrder } from "./order.ts";
import type { DecoyKind } from "./outputs.ts";

/** One decoy gene. */
export interface Decoy {
  /** Its id, which no real gene has. */
  readonly name: string;
  /** Column of the real gene whose mean and noise it has. */
  readonly source: number;
  /** `noise`: its source's residuals, shuffled; or its source's knockoff. */
  readonly kind: DecoyKind;
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
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** samples x genes, row after row. */
  readonly values: Float32Array;
  /** Each sample's part; values are shuffled within a part only. */
  readonly parts: readonly (string | number)[];
  /** Decoys to make, at most one per gene. */
  readonly count: number;
  readonly seed: number;
}

/** So many decoys are made if there are twice as many genes. */
const ENOUGH_DECOYS = 400;
/** The share of the genes, where that is more. */
const USUAL_SHARE = 0.1;

/**
 * How many decoys to make. `auto`: a tenth of the genes, but at least 400,
 * or half of the genes if these are fewer: a rate of few decoys is uncertain.
 *
 * @param asked The share of the genes, or `auto`.
 */
export function countDecoys(asked: number | "auto", genes: number): number {
  return asked === "auto"
    ? Math.min(
      Math.floor(genes / 2),
      Math.max(ENOUGH_DECOYS, Math.round(USUAL_SHARE * genes)),
    )
    : Math.round(asked * genes);
}

/**
 * Makes decoys from genes drawn without replacement, and hides them at random
 * positions among the genes, which keep their order.
 *
 * A decoy's values are its source's mean over all samples plus the residuals
 * from the tissues' means, shuffled: it has the variance of a gene that does
 * not differ between tissues, and not what its source varies between them. A
 * residual is multiplied by sqrt(n / (n - 1)), n the samples of its tissue, as
 * a mean that was estimated from them lies too near to them.
 *
 * Residuals stay within their part (training, validation, test), so that a
 * decoy differs between the parts as much as a real gene does. The idea comes
 * from target-decoy searches in proteomics (Elias and Gygi 2007) and permuted
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
  const prefix = freePrefix(genes, "decoy_");
  const rows = rowsInIdOrder(sampleIds);
  const parts = partition(rows, options.parts.map(String));
  const tissues = partition(rows, options.tissues);
  const noise = new Float64Array(sampleIds.length);
  const decoyValues = new Float32Array(sampleIds.length * count);
  sources.forEach((source, decoy) => {
    const stream = openStream(seed, `decoy/${decoy + 1}`);
    const valueOf = (row: number) => values[row * genes.length + source];
    const mean = meanOf(rows, valueOf);
    for (const own of tissues.values()) {
      const center = meanOf(own, valueOf);
      const widen = own.length > 1
        ? Math.sqrt(own.length / (own.length - 1))
        : 1;
      for (const row of own) noise[row] = widen * (valueOf(row) - center);
    }
    for (const rows of parts.values()) {
      const from = stream.shuffle(rows.slice());
      rows.forEach((row, index) =>
        decoyValues[row * count + decoy] = mean + noise[from[index]]
      );
    }
  });
  const decoys = Array.from(
    sources,
    (source, decoy): Decoy => ({
      name: `${prefix}${decoy + 1}`,
      source,
      kind: "noise",
    }),
  );
  return { decoys, values: decoyValues, columns };
}

function meanOf(
  rows: readonly number[],
  valueOf: (row: number) => number,
): number {
  let sum = 0;
  for (const row of rows) sum += valueOf(row);
  return sum / rows.length;
}

/** The prefix, with more underscores if a gene's id starts like that. */
export function freePrefix(genes: readonly string[], start: string): string {
  let prefix = start;
  while (genes.some((gene) => gene.startsWith(prefix))) prefix += "_";
  return prefix;
}
