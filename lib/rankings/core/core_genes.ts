/** The genes that several rankings name alike: core genes. */

import { mergeRankings } from "../../selection/rank_union.ts";
import type { TissueContrast } from "../../prepare/tissue_contrasts.ts";
import { sum } from "../../statistics/sum.ts";
import type { Ranking } from "../shap_rankings.ts";

/** A gene that all rankings have among the first of a tissue. */
export interface CoreGene {
  readonly gene: number;
  /** By ranking, from 1. */
  readonly ranks: readonly number[];
}

/** One tissue's core genes. */
export interface TissueCore {
  readonly tissue: string;
  /** The best first, by their worst rank. */
  readonly genes: readonly CoreGene[];
  /** As many as rankings that know nothing would share, of the genes up there. */
  readonly expected: number;
}

/** Core genes tissue by tissue, and of sets without regard to tissue. */
export interface Core {
  readonly rankings: readonly Ranking[];
  /** A tissue's first genes that count. */
  readonly depth: number;
  readonly tissues: readonly TissueCore[];
  readonly all: {
    /** Genes in the set of each ranking. */
    readonly setSize: number;
    /** In all of the sets, whatever the tissue. */
    readonly genes: readonly number[];
    readonly expected: number;
  };
}

/**
 * Finds the genes that rankings have in common: in a tissue, among as many
 * first genes of each; in all, among sets of one size, for which the lists of
 * all tissues are followed side by side, as for the SHAP set.
 *
 * @param depth A tissue's first genes that count.
 * @param set The SHAP set, which is SHAP's set of genes; its size is that of
 * all sets, or smaller if some ranking lists fewer genes.
 * @param genes Genes of the matrix.
 */
export function findCore(
  rankings: readonly Ranking[],
  contrasts: readonly TissueContrast[],
  depth: number,
  set: readonly number[],
  genes: number,
): Core {
  return {
    rankings,
    depth,
    tissues: contrasts.map(({ tissue, log2FoldChange }) => {
      const lists = rankings.map(({ lists }) =>
        Array.from(lists.get(tissue) ?? []).slice(0, depth)
      );
      const up = log2FoldChange.filter((change) => change > 0).length;
      return {
        tissue,
        genes: inAll(lists).map((gene) => ({
          gene,
          ranks: lists.map((list) => list.indexOf(gene) + 1),
        })).sort((a, b) =>
          Math.max(...a.ranks) - Math.max(...b.ranks) ||
          sum(a.ranks) - sum(b.ranks)
        ),
        expected: expectedShared(lists.map(({ length }) => length), up),
      };
    }),
    all: compareSets(rankings, set, genes),
  };
}

function compareSets(
  rankings: readonly Ranking[],
  set: readonly number[],
  genes: number,
): Core["all"] {
  const unions = rankings.map(({ lists }) =>
    mergeRankings(
      [...lists].map(([tissue, list]) => ({
        tissue,
        order: Uint32Array.from(list),
        // Only the genes matter, not whose they are.
        medians: new Float64Array(genes),
        samples: 0,
      })),
    ).genes.map(({ gene }) => gene)
  );
  const setSize = Math.min(
    set.length,
    ...unions.map(({ length }) => length),
  );
  const sets = unions.map((union) => union.slice(0, setSize));
  return {
    setSize,
    genes: inAll(sets),
    expected: expectedShared(sets.map(({ length }) => length), genes),
  };
}

/** What is in each of the lists, in the order of the first one. */
function inAll(lists: readonly (readonly number[])[]): number[] {
  const [first, ...others] = lists;
  const sets = others.map((list) => new Set(list));
  return first.filter((gene) => sets.every((own) => own.has(gene)));
}

/** Genes in all of several random lists: genes x the product of their shares. */
function expectedShared(lengths: readonly number[], genes: number): number {
  if (genes === 0) return 0;
  return lengths.reduce(
    (expected, length) => expected * Math.min(1, length / genes),
    genes,
  );
}
