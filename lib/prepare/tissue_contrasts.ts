/** How each gene differs between a tissue and the other tissues. */

import type { Dataset, Fold } from "./dataset.ts";
import { partition, rowsInIdOrder } from "./order.ts";

/** A tissue against the others, by gene column. */
export interface TissueContrast {
  readonly tissue: string;
  /** Mean of the transformed values in the tissue. */
  readonly meanInTissue: Float64Array;
  /** Mean of the other tissues' means: each tissue counts the same. */
  readonly meanElsewhere: Float64Array;
  /**
   * The first less the second: a log2 fold change where the values are log2.
   */
  readonly log2FoldChange: Float64Array;
}

/**
 * The samples that genes are ranked by without a network, in the order of
 * their ids: training and validation samples; with folds all samples, for each
 * is a training sample of some fold.
 */
export function contrastRows({ sampleIds, folds, split }: Dataset): number[] {
  return rowsInIdOrder(sampleIds)
    .filter((row) => folds.length > 1 || split[row] !== "test");
}

/**
 * A fold's training and validation samples, in the order of their ids: what
 * may be learned from where its test samples judge.
 */
export function learningRows(
  { sampleIds }: Pick<Dataset, "sampleIds">,
  { split }: Pick<Fold, "split">,
): number[] {
  return rowsInIdOrder(sampleIds)
    .filter((row) => split[row] === "train" || split[row] === "validation");
}

/**
 * Compares the mean of each tissue with those of the others.
 *
 * @param rows The samples to compare, in the order of their ids, so that no sum
 * depends on the order of the file; by default those of `contrastRows`.
 * @returns In the order of the dataset's tissues. A tissue without such
 * samples is left out. In a single tissue, the means elsewhere are NaN.
 */
export function tissueContrasts(
  dataset: Dataset,
  rows: readonly number[] = contrastRows(dataset),
): TissueContrast[] {
  const { genes, values, tissues, tissueNames } = dataset;
  const count = genes.length;
  const rowsOf = partition(rows, tissues);
  const total = new Float64Array(count);
  const means = tissueNames.flatMap((tissue) => {
    const own = rowsOf.get(tissue) ?? [];
    if (own.length === 0) return [];
    const mean = new Float64Array(count);
    for (const row of own) {
      for (let gene = 0; gene < count; gene++) {
        mean[gene] += values[row * count + gene];
      }
    }
    for (let gene = 0; gene < count; gene++) {
      mean[gene] /= own.length;
      total[gene] += mean[gene];
    }
    return [{ tissue, mean }];
  });
  return means.map(({ tissue, mean }) => {
    const elsewhere = total.map((sum, gene) =>
      (sum - mean[gene]) / (means.length - 1)
    );
    return {
      tissue,
      meanInTissue: mean,
      meanElsewhere: elsewhere,
      log2FoldChange: mean.map((value, gene) => value - elsewhere[gene]),
    };
  });
}

/**
 * Tau of each gene, from 0 (the same in all tissues) to 1 (in one only):
 * sum(1 - x_t / max x) / (tissues - 1), x_t the mean of the transformed values
 * in tissue t (Yanai et al. 2005, doi:10.1093/bioinformatics/bti042).
 *
 * @returns By gene column; NaN where tau is not defined: a gene that is 0
 * everywhere or below 0 somewhere, or a single tissue.
 */
export function tauOfGenes(contrasts: readonly TissueContrast[]): Float64Array {
  const genes = contrasts[0]?.meanInTissue.length ?? 0;
  return Float64Array.from({ length: genes }, (_, gene) => {
    const means = contrasts.map(({ meanInTissue }) => meanInTissue[gene]);
    const largest = Math.max(...means);
    if (!(largest > 0) || Math.min(...means) < 0) return NaN;
    const sum = means.reduce((sum, mean) => sum + 1 - mean / largest, 0);
    return sum / (means.length - 1);
  });
}
