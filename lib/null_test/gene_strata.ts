/** Genes with similar expression: strata by mean, and within each by sd. */

/** Bins of each of the two statistics, where there are genes enough. */
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
 * Sorts genes into strata: quantile bins by mean expression, and within each
 * of them quantile bins by standard deviation, 10 x 10 where there are 2,000
 * genes or more and fewer below, so that a stratum holds about 20 genes at
 * least. Genes with equal numbers share a stratum, such as the genes that no
 * sample expresses.
 *
 * @returns Each gene's stratum; some numbers may have no gene.
 */
export function stratifyGenes(
  means: ArrayLike<number>,
  sds: ArrayLike<number>,
): Int32Array<ArrayBuffer> {
  const fitting = Math.floor(Math.sqrt(means.length / GENES_A_STRATUM));
  const bins = Math.max(1, Math.min(BINS, fitting));
  const meanBins = binByQuantile(Float64Array.from(means), bins);
  const strata = new Int32Array(means.length);
  const binned = Map.groupBy(meanBins.keys(), (gene) => meanBins[gene]);
  for (const [bin, members] of binned) {
    const sdBins = binByQuantile(
      Float64Array.from(members, (gene) => sds[gene]),
      bins,
    );
    members.forEach((gene, index) => strata[gene] = bin * bins + sdBins[index]);
  }
  return strata;
}
