/** One ranking from several: the consensus with SHAP, and of simple rankings. */

import { joined } from "../../cli/text.ts";
import {
  normalizedRanks,
  rhoScore,
} from "../../statistics/rank_aggregation.ts";
import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "../ranking_method.ts";
import { once, partScorer, scoresOf } from "../shared_scores.ts";
import { MEAN_RANK, RANK_CONSENSUS, RRA } from "./names.ts";

/**
 * The first method of each family: methods of one family are one opinion, and
 * a method without a family has no vote.
 */
export function oneOfEachFamily(
  methods: readonly RankingMethod[],
): RankingMethod[] {
  return [
    ...Map.groupBy(
      methods.filter(({ family }) => family !== undefined),
      ({ family }) => family,
    ).values(),
  ].map(([first]) => first);
}

/** A ranking that votes, and how much its ranks count in a mean. */
interface Vote {
  readonly member: RankingMethod;
  readonly weight: number;
}

const equalVotes = (members: readonly RankingMethod[]): Vote[] =>
  members.map((member) => ({ member, weight: 1 }));

const titlesOf = (members: readonly RankingMethod[]): string =>
  joined(members.map(({ title }) => title));

/**
 * The mean rank of a ranking by networks and the simple ones, which have half
 * of the vote each: the simple ones rank by the same means and variances, and
 * so are much alike. Where the networks rank no gene, the simple ones vote
 * alone.
 *
 * @param ofNetworks SHAP's ranking as a voter.
 * @param methods Simple rankings; of each family the first one votes.
 */
export function makeConsensus(
  ofNetworks: RankingMethod,
  methods: readonly RankingMethod[],
): RankingMethod {
  const members = oneOfEachFamily(methods);
  return {
    name: RANK_CONSENSUS,
    title: "consensus of rankings",
    score: `1 - the mean of rank / genes by ${ofNetworks.title}, and by ${
      titlesOf(members)
    } together`,
    hasP: false,
    ...aggregate(
      [{ member: ofNetworks, weight: members.length }, ...equalVotes(members)],
      meanRule,
    ),
  };
}

/**
 * The mean of the ranks divided by the number of genes, taken from 1.
 *
 * @param methods Of each family the first one votes.
 */
export function makeMeanRank(
  methods: readonly RankingMethod[],
): RankingMethod {
  const members = oneOfEachFamily(methods);
  return {
    name: MEAN_RANK,
    title: "mean rank",
    score: `1 - mean over ${titlesOf(members)} of rank / genes`,
    hasP: false,
    ...aggregate(equalVotes(members), meanRule),
  };
}

/**
 * Robust rank aggregation (Kolde et al. 2012): the score is -log10 of rho. A
 * gene needs to be near the top of some rankings, not of all. It has no p: Kolde's
 * takes the rankings to be independent, which rankings of the same samples are
 * not, and with shuffled samples some gene comes first, too.
 *
 * @param methods Of each family the first one votes.
 */
export function makeRankAggregation(
  methods: readonly RankingMethod[],
): RankingMethod {
  const members = oneOfEachFamily(methods);
  return {
    name: RRA,
    title: "robust rank aggregation",
    score: `-log10 of rho of ${titlesOf(members)}`,
    citation: "robust rank aggregation: Kolde et al., Bioinformatics 28 (2012)",
    hasP: false,
    ...aggregate(equalVotes(members), (ranks) => {
      const genes = ranks[0].length;
      const scores = new Float64Array(genes);
      const own = new Float64Array(ranks.length);
      for (let gene = 0; gene < genes; gene++) {
        for (let m = 0; m < own.length; m++) own[m] = ranks[m][gene];
        const rho = rhoScore(own);
        // Not -0, where no ranking has the gene.
        scores[gene] = rho === 1 ? 0 : -Math.log10(rho);
      }
      return scores;
    }),
  };
}

/**
 * @param ranks Of each voter, by gene.
 * @param weights Of each voter.
 */
type Rule = (
  ranks: readonly Float64Array[],
  weights: readonly number[],
) => Float64Array;

const meanRule: Rule = (ranks, weights) => {
  const votes = weights.reduce((sum, weight) => sum + weight, 0);
  return ranks[0].map((_, gene) => {
    let sum = 0;
    for (let m = 0; m < ranks.length; m++) {
      sum += weights[m] * ranks[m][gene];
    }
    return 1 - sum / votes;
  });
};

/**
 * What a ranking of rankings does. In a tissue a member that ranks no gene does
 * not count, and fewer than two are no consensus.
 */
function aggregate(
  votes: readonly Vote[],
  rule: Rule,
): Pick<RankingMethod, "isQuick" | "rank" | "forParts"> {
  return {
    isQuick: (input) =>
      votes.every(({ member }) => member.isQuick?.(input) ?? true),
    rank: (input) =>
      combine(
        input,
        votes.map(({ member, weight }) => ({
          weight,
          ranks: ranksOf(member, input, () => scoresOf(member, input)),
        })),
        rule,
      ),
    forParts(input) {
      const scorers = votes.map((vote) => ({
        ...vote,
        scorer: partScorer(vote.member, input),
      }));
      return (part) =>
        combine(
          part,
          scorers.map(({ member, weight, scorer }) => ({
            weight,
            ranks: ranksOf(member, part, () => scorer(part)),
          })),
          rule,
        );
    },
  };
}

/** A member's ranks by tissue; without the tissues in which it ranks no gene. */
type MemberRanks = ReadonlyMap<string, Float64Array>;

const known = new WeakMap<RankingInput, Map<RankingMethod, MemberRanks>>();

/** Computed once: all rankings of this file ask for them. */
function ranksOf(
  member: RankingMethod,
  input: RankingInput,
  scores: () => readonly TissueScores[],
): MemberRanks {
  return once(known, input, member, () => {
    const changes = new Map(
      input.contrasts.map(({ tissue, log2FoldChange }) => [
        tissue,
        log2FoldChange,
      ]),
    );
    return new Map(
      scores().flatMap(({ tissue, scores }) => {
        // As in every list: only genes that are higher in the tissue.
        const change = changes.get(tissue)!;
        const ranked = new Float64Array(scores.length).fill(NaN);
        let hasRanks = false;
        for (let gene = 0; gene < ranked.length; gene++) {
          if (!(change[gene] > 0) || Number.isNaN(scores[gene])) continue;
          ranked[gene] = scores[gene];
          hasRanks = true;
        }
        return !hasRanks ? [] : [[tissue, normalizedRanks(ranked)] as const];
      }),
    );
  });
}

function combine(
  { contrasts }: RankingInput,
  votes: readonly { readonly weight: number; readonly ranks: MemberRanks }[],
  rule: Rule,
): TissueScores[] {
  return contrasts.flatMap(({ tissue }): TissueScores[] => {
    const own = votes.flatMap(({ weight, ranks }) => {
      const found = ranks.get(tissue);
      return found === undefined ? [] : [{ weight, ranks: found }];
    });
    if (own.length < 2) return [];
    const scores = rule(
      own.map(({ ranks }) => ranks),
      own.map(({ weight }) => weight),
    );
    // A gene that no member ranks is not ranked.
    return [{
      tissue,
      scores: scores.map((score, gene) =>
        own.some(({ ranks }) => ranks[gene] < 1) ? score : NaN
      ),
    }];
  });
}
