/** One ranking from several: by robust rank aggregation, and by mean rank. */

import { joined } from "../../cli/text.ts";
import {
  correctRho,
  normalizedRanks,
  rhoScore,
} from "../../statistics/rank_aggregation.ts";
import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "../ranking_method.ts";
import { once, partScorer, scoresOf } from "../shared_scores.ts";

/** The name of the ranking by robust rank aggregation. */
export const RRA = "consensus";
/** The name of the ranking by mean rank. */
export const MEAN_RANK = "mean_rank";

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

/**
 * Robust rank aggregation (Kolde et al. 2012): the score is -log10 of rho. A
 * gene needs to be near the top of some rankings, not of all.
 *
 * @param methods Of each family the first one votes.
 */
export function makeConsensus(
  methods: readonly RankingMethod[],
): RankingMethod {
  const members = oneOfEachFamily(methods);
  return {
    name: RRA,
    title: "consensus of rankings",
    score: `-log10 of rho, the robust rank aggregation of ${
      joined(members.map(({ title }) => title))
    }`,
    citation: "robust rank aggregation: Kolde et al., Bioinformatics 28 (2012)",
    hasP: true,
    pHelp: "rho x rankings: as if these were independent, which rankings of " +
      "the same samples are not, so it is too small",
    ...aggregate(members, (ranks, withP) => {
      const genes = ranks[0].length;
      const scores = new Float64Array(genes);
      const p = withP ? new Float64Array(genes) : undefined;
      const own = new Float64Array(ranks.length);
      for (let gene = 0; gene < genes; gene++) {
        for (let m = 0; m < own.length; m++) own[m] = ranks[m][gene];
        const rho = rhoScore(own);
        // Not -0, where no ranking has the gene.
        scores[gene] = rho === 1 ? 0 : -Math.log10(rho);
        if (p) p[gene] = correctRho(rho, own.length);
      }
      return { scores, ...(p && { p }) };
    }),
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
    score: `1 - mean over ${
      joined(members.map(({ title }) => title))
    } of rank / genes`,
    hasP: false,
    ...aggregate(members, (ranks) => ({
      scores: ranks[0].map((_, gene) => {
        let sum = 0;
        for (const own of ranks) sum += own[gene];
        return 1 - sum / ranks.length;
      }),
    })),
  };
}

type Rule = (
  ranks: readonly Float64Array[],
  withP: boolean,
) => Omit<TissueScores, "tissue">;

/**
 * What a ranking of rankings does. In a tissue a member that ranks no gene does
 * not count, and fewer than two are no consensus.
 */
function aggregate(
  members: readonly RankingMethod[],
  rule: Rule,
): Pick<RankingMethod, "isQuick" | "rank" | "forParts"> {
  return {
    isQuick: (input) =>
      members.every((member) => member.isQuick?.(input) ?? true),
    rank: (input) =>
      combine(
        input,
        members.map((member) =>
          ranksOf(member, input, () => scoresOf(member, input))
        ),
        (ranks) => rule(ranks, true),
      ),
    forParts(input) {
      const scorers = members.map((member) => ({
        member,
        scorer: partScorer(member, input),
      }));
      return (part) =>
        combine(
          part,
          scorers.map(({ member, scorer }) =>
            ranksOf(member, part, () => scorer(part))
          ),
          (ranks) => rule(ranks, false),
        );
    },
  };
}

/** A member's ranks by tissue; without the tissues in which it ranks no gene. */
type MemberRanks = ReadonlyMap<string, Float64Array>;

const known = new WeakMap<RankingInput, Map<RankingMethod, MemberRanks>>();

/** Computed once: both consensus rankings ask for them. */
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
  members: readonly MemberRanks[],
  rule: (ranks: readonly Float64Array[]) => Omit<TissueScores, "tissue">,
): TissueScores[] {
  return contrasts.flatMap(({ tissue }): TissueScores[] => {
    const ranks = members.flatMap((own) => own.get(tissue) ?? []);
    if (ranks.length < 2) return [];
    const { scores, ...rest } = rule(ranks);
    // A gene that no member ranks is not ranked.
    return [{
      tissue,
      ...rest,
      scores: scores.map((score, gene) =>
        ranks.some((own) => own[gene] < 1) ? score : NaN
      ),
    }];
  });
}
