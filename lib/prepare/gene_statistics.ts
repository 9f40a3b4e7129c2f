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
 * @returns A number per gene in each; the sd of a single sample is 0.
 */
export function describeGenes(
  values: Float32Array,
  genes: number,
): { mean: Float64Array<ArrayBuffer>; sd: Float64Array<ArrayBuffer> } {
  const samples = values.length / genes;
  const mean = new Float64Array(genes);
  for (let start = 0; start < values.length; start += genes) {
    for (let gene = 0; gene < genes; gene++) mean[gene] += values[start + gene];
  }
  for (let gene = 0; gene < genes; gene++) mean[gene] /= samples;
  const sd = new Float64Array(genes);
  for (let start = 0; start < values.length; start += genes) {
    for (let gene = 0; gene < genes; gene++) {
      sd[gene] += (values[start + gene] - mean[gene]) ** 2;
    }
  }
  for (let gene = 0; gene < genes; gene++) {
    sd[gene] = Math.sqrt(sd[gene] / Math.max(1, samples - 1));
  }
  return { mean, sd };
}
