/** Each gene's mean, standard deviation and zeros over the samples. */

/**
 * How many samples each gene is zero in.
 *
 * @param values samples x genes numbers, row after row.
 */
export function countZeros(
  values: Float32Array,
  genes: number,
): Int32Array<ArrayBuffer> {
  const zeros = new Int32Array(genes);
  for (let start = 0; start < values.length; start += genes) {
    for (let gene = 0; gene < genes; gene++) {
      if (values[start + gene] === 0) zeros[gene]++;
    }
  }
  return zeros;
}

/**
 * Each gene's mean and standard deviation (n - 1), in float64 and in two
 * passes.
 *
 * @param values samples x genes numbers, row after row; at least one sample.
 * @param order The samples' rows in the order in which they are added up, which
 * decides over the last digit; default that of the matrix.
 * @returns A number per gene in each; the sd of a single sample is 0.
 */
export function describeGenes(
  values: Float32Array,
  genes: number,
  order: Iterable<number> = Array(values.length / genes).keys(),
): { mean: Float64Array<ArrayBuffer>; sd: Float64Array<ArrayBuffer> } {
  const samples = values.length / genes;
  const starts = Array.from(order, (row) => row * genes);
  const mean = new Float64Array(genes);
  for (const start of starts) {
    for (let gene = 0; gene < genes; gene++) mean[gene] += values[start + gene];
  }
  for (let gene = 0; gene < genes; gene++) mean[gene] /= samples;
  const sd = new Float64Array(genes);
  for (const start of starts) {
    for (let gene = 0; gene < genes; gene++) {
      sd[gene] += (values[start + gene] - mean[gene]) ** 2;
    }
  }
  for (let gene = 0; gene < genes; gene++) {
    sd[gene] = Math.sqrt(sd[gene] / Math.max(1, samples - 1));
  }
  return { mean, sd };
}
