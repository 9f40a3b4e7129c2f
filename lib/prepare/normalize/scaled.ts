/** Recognizes values that are centered at 0, as z-scores are. */

/** A mean is at 0 if it is no more standard deviations away. */
const CENTERED = 0.25;
/** The standard deviation of z-scores is 1 within this. */
const UNIT = 0.25;

/**
 * Whether most genes have a mean near 0, or most samples a mean near 0 and a
 * standard deviation near 1. Of logarithms with negative values the genes'
 * means lie far apart. Genes and samples that do not vary are left out.
 *
 * @param values samples x genes numbers, row after row.
 */
export function areScaled(values: Float32Array, genes: number): boolean {
  const samples = values.length / genes;
  const byGene = spreads(values, genes, genes, (_, gene) => gene);
  if (isMost(byGene, ({ mean, sd }) => Math.abs(mean) <= CENTERED * sd)) {
    return true;
  }
  return isMost(
    spreads(values, genes, samples, (row) => row),
    ({ mean, sd }) =>
      Math.abs(mean) <= CENTERED * sd && Math.abs(sd - 1) <= UNIT,
  );
}

interface Spread {
  readonly mean: number;
  readonly sd: number;
}

/** Mean and standard deviation of the values of each part, in two passes. */
function spreads(
  values: Float32Array,
  genes: number,
  parts: number,
  partOf: (row: number, gene: number) => number,
): Spread[] {
  const samples = values.length / genes;
  const count = values.length / parts;
  const means = new Float64Array(parts);
  const squares = new Float64Array(parts);
  for (let row = 0; row < samples; row++) {
    for (let gene = 0; gene < genes; gene++) {
      means[partOf(row, gene)] += values[row * genes + gene] / count;
    }
  }
  for (let row = 0; row < samples; row++) {
    for (let gene = 0; gene < genes; gene++) {
      const part = partOf(row, gene);
      squares[part] += (values[row * genes + gene] - means[part]) ** 2;
    }
  }
  return Array.from(means, (mean, part) => ({
    mean,
    sd: Math.sqrt(squares[part] / Math.max(1, count - 1)),
  }));
}

function isMost(
  spreads: readonly Spread[],
  isSo: (spread: Spread) => boolean,
): boolean {
  const varying = spreads.filter(({ sd }) => sd > 0);
  return 2 * varying.filter(isSo).length > varying.length;
}
