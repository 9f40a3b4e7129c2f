/**
 * Factor knockoffs: a partner of every gene that keeps what the gene shares
 * with others and has new noise. It is made without the tissues, so that, given
 * the genes, it holds no information on them.
 */

import { randomNormal } from "d3-random";
import { findFactors } from "../ml/pca/factor_model.ts";
import { openStream } from "../random.ts";
import { type Decoy, type DecoyGenes, freePrefix } from "./decoys.ts";
import { rowsInIdOrder } from "./order.ts";

/** What knockoffs are made from. */
export interface KnockoffOptions {
  readonly sampleIds: readonly string[];
  readonly genes: readonly string[];
  /** samples x genes, row after row. */
  readonly values: Float32Array;
  readonly seed: number;
}

/** Knockoffs, hidden among the genes like decoys. */
export interface KnockoffGenes extends DecoyGenes {
  /** Factors that a gene and its knockoff have in common. */
  readonly factors: number;
}

/**
 * Makes a knockoff of every gene (IPAD: Fan, Lv, Sharifvaghefi and Uematsu
 * 2020, doi:10.1080/01621459.2019.1654878): the gene's mean, its part that
 * follows the factors of all genes, and noise from a normal distribution with
 * the variance of what is left over of the gene. Genes are divided by their
 * standard deviations before the factors are sought. All samples have a share in
 * this, also those that test networks: only their tissues do not.
 *
 * @param options The order of the rows does not change which value a sample
 * gets.
 * @returns In the order of their columns, which are random, and so is the
 * order of the sources.
 */
export function makeKnockoffs(options: KnockoffOptions): KnockoffGenes {
  const { sampleIds, genes, values, seed } = options;
  const count = genes.length;
  const samples = sampleIds.length;
  const rows = rowsInIdOrder(sampleIds);
  const mean = new Float64Array(count);
  const squares = new Float64Array(count);
  for (const row of rows) {
    for (let gene = 0; gene < count; gene++) {
      mean[gene] += values[row * count + gene] / samples;
    }
  }
  for (const row of rows) {
    for (let gene = 0; gene < count; gene++) {
      squares[gene] += (values[row * count + gene] - mean[gene]) ** 2;
    }
  }
  const scaled = new Float32Array(values.length);
  rows.forEach((row, index) => {
    for (let gene = 0; gene < count; gene++) {
      const centered = values[row * count + gene] - mean[gene];
      scaled[index * count + gene] = squares[gene] > 0
        ? centered / Math.sqrt(squares[gene] / samples)
        : 0;
    }
  });
  const { count: factors, scores } = findFactors(scaled, samples);

  const sources = openStream(seed, "sources").sample(count, count);
  const prefix = freePrefix(genes, "knockoff_");
  const knockoffs = new Float32Array(values.length);
  const own = new Float64Array(samples);
  const common = new Float64Array(samples);
  sources.forEach((source, knockoff) => {
    rows.forEach((row, index) =>
      own[index] = values[row * count + source] - mean[source]
    );
    common.fill(0);
    for (let k = 0; k < factors; k++) {
      const score = scores.subarray(k * samples, (k + 1) * samples);
      const loading = score.reduce((sum, s, index) => sum + s * own[index], 0);
      score.forEach((s, index) => common[index] += loading * s);
    }
    const left = own.reduce(
      (sum, value, index) => sum + (value - common[index]) ** 2,
      0,
    );
    const noise = randomNormal.source(
      openStream(seed, `knockoff/${source + 1}`).uniform,
    )(0, Math.sqrt(left / samples));
    rows.forEach((row, index) =>
      knockoffs[row * count + knockoff] = mean[source] + common[index] + noise()
    );
  });
  return {
    decoys: Array.from(sources, (source): Decoy => ({
      name: prefix + genes[source],
      source,
      kind: "knockoff",
    })),
    values: knockoffs,
    columns: openStream(seed, "columns").sample(2 * count, count).sort(),
    factors,
  };
}
