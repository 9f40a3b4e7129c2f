/** The genes that most networks rank high. */

import { binomialCdf } from "../statistics/binomial.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { countCandidates } from "./candidates.ts";
import { CONSENSUS_SHARE, CONSENSUS_TOP } from "./levels.ts";
import { rankGenes, type TissueRanks } from "./ranks.ts";
import type { ComparedScores } from "./tissue_medians.ts";

/** Fewer networks cannot agree. */
const FEWEST_NETWORKS = 2;

/** One tissue's consensus. */
export interface TissueConsensus {
  readonly tissue: string;
  /** Networks that rank its genes by enough samples. */
  readonly networks: number;
  /**
   * The genes, in the order of the tissue's ranking; null if fewer than two
   * networks rank them.
   */
  readonly genes: readonly ConsensusGene[] | null;
  /** How many genes unrelated rankings would agree on, on average. */
  readonly chanceGenes: number;
}

/** A gene that most networks rank high. */
export interface ConsensusGene {
  /** Gene column. */
  readonly gene: number;
  /** Share of the networks that have it among their best genes. */
  readonly share: number;
  /** Rank in the tissue's ranking by all networks together, from 1. */
  readonly shapRank: number;
}

/** What the networks' rankings are made from. */
export interface ConsensusOptions {
  readonly compared: ComparedScores;
  /** Each sample's fold: its networks alone explain it. */
  readonly foldOf: readonly number[];
  /** Samples of a tissue that a network must explain to rank its genes. */
  readonly minSamples: number;
  /** The rankings by all networks together. */
  readonly ranked: readonly TissueRanks[];
  /** Gene ids by column. */
  readonly ids: readonly string[];
}

/** How many of a network's best genes may be in the consensus. */
export function consensusTop(genes: number): number {
  return Math.min(CONSENSUS_TOP, topCount(genes));
}

/**
 * The genes that are among the first 100 of a tissue by at least 80 % of the
 * networks that rank it. A network is one member of the ensemble in one fold;
 * it ranks a tissue by the medians over the samples that it explains, if they
 * are enough.
 */
export function consensusGenes(
  { compared, foldOf, minSamples, ranked, ids }: ConsensusOptions,
): TissueConsensus[] {
  const { scores, columns, tissueOf, tissues, candidates } = compared;
  const top = consensusTop(ids.length);
  const votes = new Map(
    ranked.map(({ tissue }) => [
      tissue,
      { networks: 0, counts: new Uint32Array(ids.length) },
    ]),
  );
  const folds = [...new Set(foldOf)].sort((a, b) => a - b);
  for (let member = 0; member < scores.size.ensemble; member++) {
    const own = scores.ofNetwork(member, columns);
    for (const fold of folds) {
      const inFold = tissueOf.map((tissue, row) =>
        foldOf[row] === fold ? tissue : null
      );
      for (
        const { tissue, samples, order } of rankGenes(
          own,
          inFold,
          tissues,
          ids,
          candidates,
        )
      ) {
        if (samples < minSamples) continue;
        const vote = votes.get(tissue)!;
        vote.networks++;
        for (const gene of order.subarray(0, top)) vote.counts[gene]++;
      }
    }
  }
  return ranked.map(({ tissue, order }) => {
    const { networks, counts } = votes.get(tissue)!;
    if (networks < FEWEST_NETWORKS) {
      return { tissue, networks, genes: null, chanceGenes: 0 };
    }
    const genes = Array.from(order, (gene, index) => ({
      gene,
      share: counts[gene] / networks,
      shapRank: index + 1,
    })).filter(({ share }) => share >= CONSENSUS_SHARE);
    const rankable = countCandidates(candidates, tissue, ids.length);
    return {
      tissue,
      networks,
      genes,
      chanceGenes: agreementByChance(networks, top, rankable),
    };
  });
}

/**
 * How many genes at least 80 % of unrelated rankings would have among their
 * first: genes x P(Bin(networks, top / genes) >= 0.8 networks).
 *
 * @param genes Genes that may be ranked.
 */
function agreementByChance(
  networks: number,
  top: number,
  genes: number,
): number {
  // The least whole number whose share is enough, as it is computed above.
  let enough = 0;
  while (enough / networks < CONSENSUS_SHARE) enough++;
  const share = Math.min(1, top / Math.max(1, genes));
  return genes * (1 - binomialCdf(enough - 1, networks, share));
}
