/** Genes by limma's moderated t of a tissue against the other tissues. */

import { blockCorrelation } from "../ml/limma/block_correlation.ts";
import type { ClassedSamples } from "../ml/limma/design.ts";
import { fitClasses } from "../ml/limma/fit_classes.ts";
import {
  moderate,
  type ModeratedFit,
  twoSidedP,
} from "../ml/limma/moderated.ts";
import { countWholeGroups } from "../prepare/split/half_samples.ts";
import { unitsOf } from "../statistics/units.ts";
import type {
  OwnP,
  RankingInput,
  RankingMethod,
  TissueScores,
} from "./ranking_method.ts";
import { varyingGenes } from "./varying_genes.ts";

/** limma's own p, in whatever ranking. */
export const limmaP: OwnP = {
  name: "limma",
  title: "limma's own p",
  help: "limma's own p: two-sided, for normal values; at least 5e-324",
  caution: "small ones are too small where values are skewed",
};

/** With more values, a correlation of groups is not quick. */
const MOST_VALUES = 1_000_000;

/**
 * The tissue's mean against the mean of the other tissues' means. The variance
 * of a gene is drawn towards what genes of its mean expression have
 * (limma-trend, as limma's authors advise for log-expression). Where samples
 * belong to groups, such as donors, those of a group are taken to be
 * correlated, alike in all genes.
 */
export const limmaRanking: RankingMethod = {
  name: "limma",
  title: "limma",
  family: "t test",
  score: "moderated t (limma-trend) of the tissue's mean against the mean of " +
    "the other tissues' means",
  citation: "limma: Ritchie et al., Nucleic Acids Research 43 (2015); " +
    "moderated t: Smyth, Statistical Applications in Genetics and Molecular " +
    "Biology 3 (2004); correlated groups: Smyth, Michaud and Scott, " +
    "Bioinformatics 21 (2005)",
  hasP: true,
  ownP: limmaP,
  // The correlation of a large matrix takes seconds.
  isQuick: ({ dataset, rows }) =>
    rows.length * dataset.genes.length <= MOST_VALUES ||
    countWholeGroups(dataset, rows) === 0,
  rank: (input) => scoreGenes(input, true),
  statistic: (input) => scoreGenes(input, false),
  forParts: () => (part) => scoreGenes(part, false),
};

/** What limma found that is the same for all tissues. */
export interface LimmaFit {
  readonly fit: ModeratedFit;
  /** The gene columns that were fitted. */
  readonly fitted: readonly number[];
  /** Of two samples of a group; null without groups of several samples. */
  readonly correlation: number | null;
}

const fits = new WeakMap<RankingInput, LimmaFit | null>();

/**
 * Fits all genes, once for each input. Genes that are the same in all samples,
 * mostly 0, are left out: they would bias what is learned of the variance.
 *
 * @returns Null if there is a single tissue, or no tissue has two samples.
 */
export function fitLimma(input: RankingInput): LimmaFit | null {
  const known = fits.get(input);
  if (known !== undefined) return known;
  const { dataset, rows, contrasts } = input;
  const varies = varyingGenes(input);
  const samples: ClassedSamples = {
    values: dataset.values,
    columns: dataset.genes.length,
    rows,
    classes: rows.map((row) =>
      contrasts.findIndex(({ tissue }) => tissue === dataset.tissues[row])
    ),
    fitted: [...dataset.genes.keys()].filter((gene) => varies[gene] === 1),
  };
  let found: LimmaFit | null = null;
  if (contrasts.length > 1 && rows.length > contrasts.length) {
    const blocks = [...unitsOf(rows.map((row) => dataset.groups[row]))];
    const hasBlocks = countWholeGroups(dataset, rows) > 0;
    const correlation = hasBlocks
      ? input.groupCorrelation ?? blockCorrelation(samples, blocks)
      : null;
    const means = fitClasses(
      samples,
      correlation === null ? undefined : { blocks, correlation },
    );
    found = {
      fit: moderate(means, true),
      fitted: samples.fitted,
      correlation,
    };
  }
  fits.set(input, found);
  return found;
}

function scoreGenes(input: RankingInput, withP: boolean): TissueScores[] {
  const found = fitLimma(input);
  if (found === null) return [];
  const { fit, fitted } = found;
  const genes = input.dataset.genes.length;
  const spread = (values: Float64Array) => {
    const all = new Float64Array(genes).fill(NaN);
    fitted.forEach((gene, index) => all[gene] = values[index]);
    return all;
  };
  return input.contrasts.map(({ tissue }, c) => {
    const { t } = fit.contrasts[c];
    return {
      tissue,
      scores: spread(t),
      ...(withP && { ownP: spread(twoSidedP(t, fit.totalDf)) }),
    };
  });
}
