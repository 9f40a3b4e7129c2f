/** From a method's scores to each tissue's list of genes. */

import { byCodeUnit } from "../cli/text.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import { benjaminiHochberg } from "../statistics/adjust_p.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import { scoresOf } from "./shared_scores.ts";

/** One tissue's genes by one method. */
export interface RankedTissue {
  readonly tissue: string;
  /** Columns of the genes that are higher in the tissue, best first. */
  readonly order: Uint32Array;
  /** By gene column. */
  readonly scores: Float64Array;
  /** The method's own p-values. */
  readonly own?: AdjustedP;
  /** Those from shuffled residuals; not there before these are made. */
  readonly shuffled?: AdjustedP;
}

/** P-values by gene column; NaN where there is none. */
export interface AdjustedP {
  readonly p: Float64Array;
  /** Those of all genes that have one, by Benjamini and Hochberg. */
  readonly adjusted: Float64Array;
}

/** Adjusts the p-values of a tissue's genes. */
export function adjustP(p: Float64Array): AdjustedP {
  return { p, adjusted: benjaminiHochberg(p) };
}

/**
 * Ranks each tissue's genes by a method's scores: those that are higher in the
 * tissue than elsewhere, largest score first, equal ones in the order of their
 * ids. A gene without a score is not ranked.
 */
export function rankTissues(
  method: RankingMethod,
  input: RankingInput,
): RankedTissue[] {
  const byId = genesById(input.dataset.genes);
  return scoresOf(method, input).map(({ tissue, scores, ownP }) => {
    const { log2FoldChange } = input.contrasts
      .find((contrast) => contrast.tissue === tissue)!;
    return {
      tissue,
      scores,
      order: sortByScore(rankable(byId, scores, log2FoldChange), scores),
      ...(ownP && { own: adjustP(ownP) }),
    };
  });
}

/**
 * The first genes of the order that `rankTissues` gives, without sorting the
 * others: many parts of the samples are ranked.
 *
 * @param byId All genes in the order of their ids, by `genesById`.
 * @param count How many; fewer if fewer can be ranked.
 */
export function firstGenes(
  byId: Uint32Array,
  scores: Float64Array,
  log2FoldChange: Float64Array,
  count: number,
): Uint32Array {
  const genes = rankable(byId, scores, log2FoldChange);
  if (genes.length <= count) return sortByScore(genes, scores);
  const own = new Float64Array(genes.length);
  for (let at = 0; at < own.length; at++) own[at] = scores[genes[at]];
  const least = own.slice().sort()[genes.length - count];
  let kept = 0;
  for (let at = 0; at < own.length; at++) {
    if (own[at] >= least) genes[kept++] = genes[at];
  }
  return sortByScore(genes.subarray(0, kept), scores).slice(0, count);
}

/** The columns in the order of the genes' ids. */
export function genesById(genes: readonly string[]): Uint32Array {
  return Uint32Array.from(genes.keys())
    .sort((a, b) => byCodeUnit(genes[a], genes[b]));
}

function rankable(
  byId: Uint32Array,
  scores: Float64Array,
  log2FoldChange: Float64Array,
): Uint32Array {
  const kept = new Uint32Array(byId.length);
  let count = 0;
  for (let at = 0; at < byId.length; at++) {
    const gene = byId[at];
    if (log2FoldChange[gene] > 0 && !Number.isNaN(scores[gene])) {
      kept[count++] = gene;
    }
  }
  return kept.slice(0, count);
}

/** Sorts in place; equal scores stay in their order, for the sort is stable. */
function sortByScore(genes: Uint32Array, scores: Float64Array): Uint32Array {
  return genes.sort((a, b) => scores[b] - scores[a]);
}

/** As the SHAP set's selection takes them, with the scores for medians. */
export function asTissueRanks(
  { tissue, order, scores }: RankedTissue,
): TissueRanks {
  return { tissue, order, medians: scores, samples: 0 };
}
