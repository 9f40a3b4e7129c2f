/** The simple rankings, made again on halves of the samples. */

import { tissueContrasts } from "../../prepare/tissue_contrasts.ts";
import { firstGenes, genesById } from "../rank_tissues.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import { partScorer } from "../shared_scores.ts";

/** A method's first genes in each tissue. */
export interface RepeatedRanking {
  readonly method: RankingMethod;
  /**
   * By tissue, for each half its first gene columns, best first; none in a half
   * in which the method does not rank the tissue.
   */
  readonly selections: ReadonlyMap<string, readonly Uint32Array[]>;
}

/** Of each method, in their order: by tissue its first genes in a half. */
export type HalfLists = readonly ReadonlyMap<string, Uint32Array>[];

/**
 * Ranks the genes by each method on each half.
 *
 * @param input All samples, of which each half has some.
 * @param halves Rows, in the order of the samples' ids.
 * @param first How many of a tissue's first genes are kept.
 * @param onHalf Is called after each half.
 */
export function repeatRankings(
  methods: readonly RankingMethod[],
  input: RankingInput,
  halves: readonly (readonly number[])[],
  first: number,
  onHalf: () => void,
): RepeatedRanking[] {
  const rank = rankerOfHalves(methods, input, first);
  return collectHalves(
    methods,
    input,
    halves.map((rows) => {
      const lists = rank(rows);
      onHalf();
      return lists;
    }),
  );
}

/** Ranks a half by each method; what the halves share is computed once. */
export function rankerOfHalves(
  methods: readonly RankingMethod[],
  input: RankingInput,
  first: number,
): (rows: readonly number[]) => HalfLists {
  const { dataset, toLinear } = input;
  const byId = genesById(dataset.genes);
  const scorers = methods.map((method) => partScorer(method, input));
  return (rows) => {
    const contrasts = tissueContrasts(dataset, rows);
    // One for all methods: some share what they compute of it.
    const part = { dataset, rows, contrasts, toLinear };
    const changes = new Map(
      contrasts.map(({ tissue, log2FoldChange }) => [tissue, log2FoldChange]),
    );
    return scorers.map((score) =>
      new Map(
        score(part).map(({ tissue, scores }) => [
          tissue,
          firstGenes(byId, scores, changes.get(tissue)!, first),
        ]),
      )
    );
  };
}

/** Sorts the lists of all halves by method and tissue. */
export function collectHalves(
  methods: readonly RankingMethod[],
  { contrasts }: Pick<RankingInput, "contrasts">,
  halves: readonly HalfLists[],
): RepeatedRanking[] {
  return methods.map((method, index) => ({
    method,
    selections: new Map(
      contrasts.map(({ tissue }) => [
        tissue,
        halves.map((lists) => lists[index].get(tissue) ?? new Uint32Array()),
      ]),
    ),
  }));
}
