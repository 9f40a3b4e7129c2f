/** The genes that most networks rank high: the consensus. */

import { binomialCdf } from "../statistics/binomial.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { countCandidates } from "./candidates.ts";
import { CONSENSUS_SHARE } from "./levels.ts";
import { rankGenes, type TissueRanks } from "./ranks.ts";
import type { ComparedScores } from "./tissue_medians.ts";

/** Fewer voters cannot agree. */
const FEWEST_VOTERS = 2;

/** One tissue's consensus. */
export interface TissueConsensus {
  readonly tissue: string;
  /** Voters that rank its genes by enough samples. */
  readonly voters: number;
  /**
   * The genes, in the order of the tissue's ranking; null if fewer than two
   * voters rank them.
   */
  readonly genes: readonly ConsensusGene[] | null;
  /** How many genes unrelated rankings would agree on, on average. */
  readonly chanceGenes: number;
}

/** A gene that most voters rank high. */
export interface ConsensusGene {
  /** Gene column. */
  readonly gene: number;
  /** Share of the voters that have it among their best genes. */
  readonly share: number;
  /** Rank in the tissue's ranking by all networks together, from 1. */
  readonly shapRank: number;
}

/** What the networks' rankings are made from. */
export interface ConsensusOptions {
  readonly compared: ComparedScores;
  /** Each sample's fold: its networks alone explain it. */
  readonly foldOf: readonly number[];
  /** Samples of a tissue that a voter must explain to rank its genes. */
  readonly minSamples: number;
  /** The rankings by all networks together. */
  readonly ranked: readonly TissueRanks[];
  /** Gene ids by column. */
  readonly ids: readonly string[];
  /** How many of its best genes a voter names; see {@linkcode consensusDepth}. */
  readonly top: number;
}

/** Who votes: which samples are explained by which networks. */
interface Voter {
  /** Of the ensemble, from 0. */
  readonly member: number;
  /** Whether it explains a sample of the fold. */
  explains(fold: number): boolean;
}

/**
 * The members of the ensemble, each with its networks of all folds, so that
 * each ranks a tissue by all of its samples; with one member, the networks of
 * the folds.
 *
 * @param foldOf Each sample's fold.
 */
export function votersOf(ensemble: number, foldOf: readonly number[]): Voter[] {
  if (ensemble > 1) {
    return Array.from(
      { length: ensemble },
      (_, member) => ({ member, explains: () => true }),
    );
  }
  const folds = [...new Set(foldOf)].sort((a, b) => a - b);
  return folds.map((own) => ({
    member: 0,
    explains: (fold) => fold === own,
  }));
}

/**
 * How many of its best genes a voter names: no more than the lists hold, for a
 * longer list would not be the surer one.
 *
 * @param genes Genes in the matrix.
 * @param ranks The last rank of the gene set.
 */
export function consensusDepth(genes: number, ranks: number): number {
  return Math.min(topCount(genes), Math.max(1, ranks));
}

/**
 * The genes that are among the first of a tissue by at least 80 % of the voters
 * that rank it. A voter ranks a tissue by the medians over the
 * samples that it explains, if they are enough.
 */
export function consensusGenes(
  { compared, foldOf, minSamples, ranked, ids, top }: ConsensusOptions,
): TissueConsensus[] {
  const { scores, columns, tissueOf, tissues, candidates } = compared;
  const votes = new Map(
    ranked.map(({ tissue }) => [
      tissue,
      { voters: 0, counts: new Uint32Array(ids.length) },
    ]),
  );
  for (const { member, explains } of votersOf(scores.size.ensemble, foldOf)) {
    const rankings = rankGenes(
      scores.ofNetwork(member, columns),
      tissueOf.map((tissue, row) => explains(foldOf[row]) ? tissue : null),
      tissues,
      ids,
      candidates,
    );
    for (const { tissue, samples, order } of rankings) {
      if (samples < minSamples) continue;
      const vote = votes.get(tissue)!;
      vote.voters++;
      for (const gene of order.subarray(0, top)) vote.counts[gene]++;
    }
  }
  return ranked.map(({ tissue, order }) => {
    const { voters, counts } = votes.get(tissue)!;
    if (voters < FEWEST_VOTERS) {
      return { tissue, voters, genes: null, chanceGenes: 0 };
    }
    const genes = Array.from(order, (gene, index) => ({
      gene,
      share: counts[gene] / voters,
      shapRank: index + 1,
    })).filter(({ share }) => share >= CONSENSUS_SHARE);
    const rankable = countCandidates(candidates, tissue, ids.length);
    return {
      tissue,
      voters,
      genes,
      chanceGenes: agreementByChance(voters, top, rankable),
    };
  });
}

/**
 * How many genes at least 80 % of unrelated rankings would have among their
 * first: genes x P(Bin(voters, top / genes) >= 0.8 voters).
 *
 * @param genes Genes that may be ranked.
 */
function agreementByChance(
  voters: number,
  top: number,
  genes: number,
): number {
  // The least whole number whose share is enough, as it is computed above.
  let enough = 0;
  while (enough / voters < CONSENSUS_SHARE) enough++;
  const share = Math.min(1, top / Math.max(1, genes));
  return genes * (1 - binomialCdf(enough - 1, voters, share));
}
