/** One ranking from several: the consensus with SHAP, and of simple rankings. */

import { joined } from "../../cli/text.ts";
import { rhoScore } from "../../statistics/rank_aggregation.ts";
import type { OwnP, RankingMethod } from "../ranking_method.ts";
import { aggregate, type Rule, type Side } from "./combine.ts";
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

const equalVotes = (members: readonly RankingMethod[]): Side[] => [
  { members, weight: 1 },
];

const titlesOf = (members: readonly RankingMethod[]): string =>
  joined(members.map(({ title }) => title));

/** How much the two sides of the consensus count. */
export interface Parts {
  readonly networks: number;
  readonly simple: number;
}

/** Half of the vote each. */
const HALVES: Parts = { networks: 1, simple: 1 };

/**
 * The mean rank of rankings by networks and of simple ones, each side with its
 * part of the vote: the simple ones rank by the same means and variances, and
 * so are much alike, as are the networks' own. Where a side ranks no gene, the
 * other votes alone.
 *
 * @param ofNetworks Rankings by the networks, as voters.
 * @param methods Simple rankings; of each family the first one votes.
 * @param parts Integers; by default the sides have equal parts, as in every
 * run: others are only compared with it.
 */
export function makeConsensus(
  ofNetworks: readonly RankingMethod[],
  methods: readonly RankingMethod[],
  parts: Parts = HALVES,
): RankingMethod {
  const members = oneOfEachFamily(methods);
  return {
    name: RANK_CONSENSUS,
    title: "consensus of rankings",
    score: `1 - the mean of rank / genes by ${titlesOf(ofNetworks)}, and by ${
      titlesOf(members)
    } together`,
    hasP: false,
    ...aggregate(
      [
        { members: ofNetworks, weight: parts.networks },
        { members, weight: parts.simple },
      ],
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
 * gene needs to be near the top of some rankings, not of all. It has no p from
 * shuffles, as with shuffled samples some gene comes first, too; Kolde's p stands
 * beside.
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
    ownP: koldeP,
    ...aggregate(
      equalVotes(members),
      rhoRule,
      (score, voters) => Math.min(1, voters * 10 ** -score),
    ),
  };
}

const koldeP: OwnP = {
  name: "rra",
  title: "the p of Kolde et al.",
  help: "p of Kolde et al.: rho times the number of rankings, at most 1",
  caution:
    "it takes the rankings to be independent, which rankings of the same " +
    "samples are not, and is too small",
};

const rhoRule: Rule = (ranks) => {
  const own = new Float64Array(ranks.length);
  return ranks[0].map((_, gene) => {
    for (let m = 0; m < own.length; m++) own[m] = ranks[m][gene];
    const rho = rhoScore(own);
    // Not -0, where no ranking has the gene.
    return rho === 1 ? 0 : -Math.log10(rho);
  });
};

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
