/** What the genes of a matched random set share with those of the gene set. */

import type { Dataset } from "../prepare/dataset.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import { stratifyGenes } from "./gene_strata.ts";

/** Numbers a gene by which random genes are matched, none of a difference between tissues. */
export interface GeneStatistics {
  readonly means: Float64Array<ArrayBuffer>;
  /** The share of samples in which it is 0. */
  readonly zeros: Float64Array<ArrayBuffer>;
  /**
   * The standard deviation within tissues, pooled:
   * `sqrt(sum (x - mean of its tissue)^2 / (samples - tissues))`; 0 where every
   * tissue has one sample.
   */
  readonly withinSds: Float64Array<ArrayBuffer>;
}

/**
 * Each gene's mean, share of zeros and standard deviation within tissues over
 * the training samples. Where every sample is tested (folds), over all: a
 * random set has no part in the labels, so its test stays exact.
 *
 * The total standard deviation is left out on purpose: it holds the differences
 * between tissues, which are what is tested.
 */
export function describeWithinTissues(
  { sampleIds, split, genes, values, classOf, tissueNames }: Pick<
    Dataset,
    "sampleIds" | "split" | "genes" | "values" | "classOf" | "tissueNames"
  >,
): GeneStatistics {
  const ordered = rowsInIdOrder(sampleIds);
  const training = ordered.filter((row) => split[row] === "train");
  const rows = training.length > 0 ? training : ordered;
  const width = genes.length;
  const counts = new Int32Array(tissueNames.length);
  const tissueMeans = new Float64Array(tissueNames.length * width);
  const zeros = new Float64Array(width);
  for (const row of rows) {
    const tissue = classOf[row];
    counts[tissue]++;
    for (let gene = 0; gene < width; gene++) {
      const value = values[row * width + gene];
      tissueMeans[tissue * width + gene] += value;
      if (value === 0) zeros[gene]++;
    }
  }
  const means = new Float64Array(width);
  counts.forEach((count, tissue) => {
    for (let gene = 0; gene < width && count > 0; gene++) {
      means[gene] += tissueMeans[tissue * width + gene] / rows.length;
      tissueMeans[tissue * width + gene] /= count;
    }
  });
  const withinSds = new Float64Array(width);
  for (const row of rows) {
    const start = classOf[row] * width;
    for (let gene = 0; gene < width; gene++) {
      withinSds[gene] +=
        (values[row * width + gene] - tissueMeans[start + gene]) ** 2;
    }
  }
  const df = rows.length - counts.filter((count) => count > 0).length;
  for (let gene = 0; gene < width; gene++) {
    withinSds[gene] = df > 0 ? Math.sqrt(withinSds[gene] / df) : 0;
    zeros[gene] /= rows.length;
  }
  return { means, zeros, withinSds };
}

/**
 * Sorts genes into strata of similar mean, within these of similar share of
 * zeros, and within these of similar standard deviation within tissues.
 *
 * @returns Each gene's stratum.
 */
export function matchGenes(
  dataset: Parameters<typeof describeWithinTissues>[0],
): Int32Array<ArrayBuffer> {
  const { means, zeros, withinSds } = describeWithinTissues(dataset);
  return stratifyGenes(means, zeros, withinSds);
}
