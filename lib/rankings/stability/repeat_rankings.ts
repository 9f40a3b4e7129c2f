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
  const { dataset, contrasts, toLinear } = input;
  const byId = genesById(dataset.genes);
  const prepared = methods.map((method) => ({
    method,
    rank: partScorer(method, input),
    selections: new Map(
      contrasts.map(({ tissue }): [string, Uint32Array[]] => [
        tissue,
        halves.map(() => new Uint32Array()),
      ]),
    ),
  }));
  halves.forEach((rows, half) => {
    const contrasts = tissueContrasts(dataset, rows);
    // One for all methods: some share what they compute of it.
    const part = { dataset, rows, contrasts, toLinear };
    const changes = new Map(
      contrasts.map(({ tissue, log2FoldChange }) => [tissue, log2FoldChange]),
    );
    for (const { rank, selections } of prepared) {
      for (const { tissue, scores } of rank(part)) {
        selections.get(tissue)![half] = firstGenes(
          byId,
          scores,
          changes.get(tissue)!,
          first,
        );
      }
    }
    onHalf();
  });
  return prepared.map(({ method, selections }) => ({ method, selections }));
}
