/** Counts cells of a table by sample and by gene. */

import type { ValueTable } from "./value_table.ts";

/** How many cells of a table are so. */
export interface CellCounts {
  readonly values: number;
  /** How many of them each sample and each gene has. */
  readonly ofSample: Uint32Array;
  readonly ofGene: Uint32Array;
}

/** Only the samples, or genes, that are marked with 1. */
export interface Marks {
  readonly samples?: Uint8Array;
  readonly genes?: Uint8Array;
}

/** Counts the missing or infinite cells, of all samples and genes or of some. */
export function countCells(
  { values, genes }: ValueTable,
  kind: "missing" | "infinite",
  only: Marks = {},
): CellCounts {
  const samples = values.length / genes;
  const [ofSample, ofGene] = [new Uint32Array(samples), new Uint32Array(genes)];
  const missing = kind === "missing";
  let count = 0;
  for (let sample = 0; sample < samples; sample++) {
    if (only.samples?.[sample] === 0) continue;
    const start = sample * genes;
    for (let gene = 0; gene < genes; gene++) {
      const value = values[start + gene];
      if (value - value === 0) continue; // Finite, as nearly all are.
      if (Number.isNaN(value) !== missing || only.genes?.[gene] === 0) continue;
      count++;
      ofSample[sample]++;
      ofGene[gene]++;
    }
  }
  return { values: count, ofSample, ofGene };
}

/** How many samples, or genes, have such cells. */
export function countSome(counts: Uint32Array): number {
  return counts.reduce((total, own) => total + (own > 0 ? 1 : 0), 0);
}
