/** Genes with similar expression: strata by one statistic within another. */

/** Bins of each statistic, where there are genes enough. */
const BINS = 10;

/** Genes of a stratum on average, at least. */
const GENES_A_STRATUM = 20;

/**
 * The quantile bin of each of some values: bin b holds those that lie above a
 * share of b / bins of all of them and not above (b + 1) / bins. Equal values
 * share a bin, however many there are.
 */
function binByQuantile(values: Float64Array, bins: number): Int32Array {
  const sorted = values.toSorted();
  const below = new Map<number, number>();
  sorted.forEach((value, index) => {
    if (!below.has(value)) below.set(value, index);
  });
  return Int32Array.from(
    values,
    (value) => Math.floor(bins * below.get(value)! / values.length),
  );
}

/**
 * Sorts genes into strata: quantile bins by the first statistic, within each of
 * them quantile bins by the second, and so on. A part of n genes that k
 * statistics are left for gets `floor((n / 20)^(1 / k))` bins, at most 10, so
 * that a stratum holds about 20 genes at least; where a statistic cannot tell
 * genes apart, the next one has more bins. Genes with equal numbers share a
 * stratum, such as the genes that no sample expresses.
 *
 * @param statistics At least one, each with a number a gene.
 * @returns Each gene's stratum; some numbers may have no gene.
 */
export function stratifyGenes(
  ...statistics: readonly ArrayLike<number>[]
): Int32Array<ArrayBuffer> {
  const strata = new Int32Array(statistics[0].length);
  split([...strata.keys()], statistics, 0, strata);
  return strata;
}

/** Numbers the strata of some genes, each from that of the part on. */
function split(
  genes: readonly number[],
  [statistic, ...others]: readonly ArrayLike<number>[],
  first: number,
  strata: Int32Array,
): void {
  const fitting = (genes.length / GENES_A_STRATUM) ** (1 / (1 + others.length));
  // A root of a power, such as 100^(1/2), may come out a little too small.
  const count = Math.max(1, Math.min(BINS, Math.floor(fitting + 1e-9)));
  const bins = binByQuantile(
    Float64Array.from(genes, (gene) => statistic[gene]),
    count,
  );
  const members = Map.groupBy(genes.keys(), (index) => bins[index]);
  for (const [bin, indices] of members) {
    const own = [...indices].map((index) => genes[index]);
    const stratum = first + bin * BINS ** others.length;
    if (others.length === 0) { for (const gene of own) strata[gene] = stratum; }
    else split(own, others, stratum, strata);
  }
}
