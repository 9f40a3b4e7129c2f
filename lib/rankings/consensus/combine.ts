/** How several rankings are combined: who votes in a tissue, and how much. */

import { normalizedRanks } from "../../statistics/rank_aggregation.ts";
import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "../ranking_method.ts";
import { once, partScorer, scoresOf } from "../shared_scores.ts";

/** Rankings that have a part of the vote together, in equal shares. */
export interface Side {
  readonly members: readonly RankingMethod[];
  /** The part, relative to those of the other sides; an integer. */
  readonly weight: number;
}

/**
 * @param ranks Of each voter, by gene.
 * @param weights Of each voter.
 */
export type Rule = (
  ranks: readonly Float64Array[],
  weights: readonly number[],
) => Float64Array;

/**
 * What a ranking of rankings does. In a tissue a member that ranks no gene does
 * not count, and fewer than two are no consensus.
 *
 * @param ownP The p of a score by so many voters; none by default.
 */
export function aggregate(
  sides: readonly Side[],
  rule: Rule,
  ownP?: (score: number, voters: number) => number,
): Pick<RankingMethod, "isQuick" | "rank" | "forParts"> {
  const votes = sides.flatMap((side) =>
    side.members.map((member) => ({ member, side }))
  );
  return {
    isQuick: (input) =>
      votes.every(({ member }) => member.isQuick?.(input) ?? true),
    rank: (input) =>
      combine(
        input,
        votes.map(({ member, side }) => ({
          side,
          ranks: ranksOf(member, input, () => scoresOf(member, input)),
        })),
        rule,
        ownP,
      ),
    forParts(input) {
      const scorers = votes.map((vote) => ({
        ...vote,
        scorer: partScorer(vote.member, input),
      }));
      return (part) =>
        combine(
          part,
          scorers.map(({ member, side, scorer }) => ({
            side,
            ranks: ranksOf(member, part, () => scorer(part)),
          })),
          rule,
        );
    },
  };
}

/**
 * What each vote counts: a side's weight is divided among those of it that
 * vote. All are integers, so that equal votes give equal sums.
 */
function weightsOf(sides: readonly Side[]): number[] {
  const sizes = Map.groupBy(sides, (side) => side);
  return sides.map((own) =>
    [...sizes].reduce(
      (product, [side, { length }]) =>
        side === own ? product : product * length,
      own.weight,
    )
  );
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
  votes: readonly { readonly side: Side; readonly ranks: MemberRanks }[],
  rule: Rule,
  ownP?: (score: number, voters: number) => number,
): TissueScores[] {
  return contrasts.flatMap(({ tissue }): TissueScores[] => {
    const own = votes.flatMap(({ side, ranks }) => {
      const found = ranks.get(tissue);
      return found === undefined ? [] : [{ side, ranks: found }];
    });
    if (own.length < 2) return [];
    const scores = rule(
      own.map(({ ranks }) => ranks),
      weightsOf(own.map(({ side }) => side)),
    );
    return [{
      tissue,
      // A gene that no member ranks is not ranked, but it has been tested.
      scores: scores.map((score, gene) =>
        own.some(({ ranks }) => ranks[gene] < 1) ? score : NaN
      ),
      ...(ownP && { ownP: scores.map((score) => ownP(score, own.length)) }),
    }];
  });
}
