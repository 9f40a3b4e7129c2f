/** Which genes vary among the samples that are learned from. */

import type { RankingInput } from "./ranking_method.ts";

/** By gene column: 1 if it varies, 0 if all samples have the same value. */
export function varyingGenes(
  { dataset: { values, genes }, rows }: Pick<RankingInput, "dataset" | "rows">,
): Uint8Array {
  const count = genes.length;
  const varies = new Uint8Array(count);
  const first = values.subarray(rows[0] * count, (rows[0] + 1) * count);
  for (const row of rows) {
    const own = values.subarray(row * count, (row + 1) * count);
    for (let gene = 0; gene < count; gene++) {
      if (own[gene] !== first[gene]) varies[gene] = 1;
    }
  }
  return varies;
}
