/** How often halves of the samples have a gene among a tissue's first genes. */

import type { Candidates } from "./candidates.ts";
import { isRankable } from "./candidates.ts";
import type { TissueRanks } from "./ranks.ts";
import type { ExplainedScores } from "./select_gene_set.ts";
import { tissueMedians } from "./tissue_medians.ts";

/** One tissue's ranking by a half; plain data. */
export interface HalfList {
  readonly tissue: string;
  /** Gene columns, best first. */
  readonly genes: Uint32Array;
  /**
   * By decoy: 1 + the ranked genes of a larger median; 0 if it has no rank.
   * Empty with knockoffs, which are as many as the genes and no noise.
   */
  readonly decoys: Uint32Array;
}

/** A half's rankings; a tissue of too few samples is left out. */
export type HalfLists = readonly HalfList[];

/** Adds to a half's rankings where each decoy would stand. */
export function listDecoys(
  ranked: readonly TissueRanks[],
  { decoys, tissueOf, decoyCandidates = null, knockoffOf }: ExplainedScores,
  tissues: readonly string[],
): HalfLists {
  const medians = new Map(
    tissueMedians(knockoffOf ? new Float32Array() : decoys, tissueOf, tissues)
      .map(({ tissue, medians }) => [tissue, medians]),
  );
  return ranked.map(({ tissue, order, medians: ofGenes }) => {
    const rankable = isRankable(decoyCandidates, tissue);
    return {
      tissue,
      genes: order,
      decoys: Uint32Array.from(
        medians.get(tissue) ?? [],
        (median, decoy) =>
          rankable(decoy, median)
            ? 1 + order.filter((gene) => ofGenes[gene] > median).length
            : 0,
      ),
    };
  });
}

/** What is selected because it comes again. */
export interface StableRule {
  /** Ranks of a tissue that a half counts. */
  readonly ranks: number;
  /** Share of the halves that must have it there. */
  readonly frequency: number;
}

/**
 * The genes, and the decoys, that enough halves have among a tissue's first
 * ones (stability selection: Meinshausen and Buhlmann, Journal of the Royal
 * Statistical Society B 72, 2010). A half that does not rank a tissue counts as
 * one that has none of its genes.
 *
 * @param candidates What the ranking of all samples may hold: of these only
 * those that are stable.
 */
export function stableCandidates(
  halves: readonly HalfLists[],
  tissues: readonly string[],
  { genes, decoys, ranks, frequency }: StableRule & {
    /** Genes of the matrix. */
    readonly genes: number;
    readonly decoys: number;
  },
  candidates: {
    readonly candidates?: Candidates;
    readonly decoyCandidates?: Candidates;
  },
): { readonly candidates: Candidates; readonly decoyCandidates: Candidates } {
  const stable = (
    count: number,
    among: Candidates | undefined,
    isListed: (list: HalfList, mark: (item: number) => void) => void,
  ): Candidates =>
    new Map(tissues.map((tissue) => {
      const times = new Uint32Array(count);
      for (const lists of halves) {
        const own = lists.find((list) => list.tissue === tissue);
        if (own !== undefined) isListed(own, (item) => times[item]++);
      }
      const may = among?.get(tissue);
      return [
        tissue,
        Uint8Array.from(times, (number, item) =>
          number / halves.length >= frequency &&
            (among == null || may?.[item] === 1)
            ? 1
            : 0),
      ];
    }));
  return {
    candidates: stable(
      genes,
      candidates.candidates,
      (list, mark) => list.genes.subarray(0, ranks).forEach(mark),
    ),
    decoyCandidates: stable(
      decoys,
      candidates.decoyCandidates,
      (list, mark) =>
        list.decoys.forEach((rank, decoy) => {
          if (rank > 0 && rank <= ranks) mark(decoy);
        }),
    ),
  };
}
