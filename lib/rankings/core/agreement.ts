/** How far each two rankings agree: on the first genes, and on all of them. */

import type { TissueContrast } from "../../prepare/tissue_contrasts.ts";
import { mean } from "../../statistics/describe.ts";
import type { Ranking } from "../shap_rankings.ts";

/** Two rankings; means over the tissues that both rank. */
export interface Agreement {
  readonly a: Pick<Ranking, "name" | "title">;
  readonly b: Pick<Ranking, "name" | "title">;
  readonly tissues: number;
  /** Of a tissue's first genes: shared ones / different ones. */
  readonly jaccard: number;
  /**
   * Spearman's correlation over the genes that are higher in the tissue, where
   * those that a ranking does not list tie at its end; null if some ranking has
   * no order in any tissue.
   */
  readonly spearman: number | null;
}

/**
 * Compares each two rankings.
 *
 * @param depth A tissue's first genes that the Jaccard index looks at.
 */
export function agreements(
  rankings: readonly Ranking[],
  contrasts: readonly TissueContrast[],
  depth: number,
): Agreement[] {
  const pairs = rankings.flatMap((a, index) =>
    rankings.slice(index + 1).map((b) => ({
      a,
      b,
      jaccard: [] as number[],
      spearman: [] as number[],
    }))
  );
  // Tissue by tissue: the ranks of all genes in all tissues need much memory.
  for (const { tissue, log2FoldChange } of contrasts) {
    const up = placesOf(log2FoldChange);
    const ranked = new Map(rankings.map(({ name, lists }) => {
      const list = Array.from(lists.get(tissue) ?? []);
      return [name, {
        first: new Set(list.slice(0, depth)),
        ranks: centeredRanks(list, up.places, up.count),
      }];
    }));
    for (const { a, b, jaccard, spearman } of pairs) {
      const one = ranked.get(a.name)!;
      const two = ranked.get(b.name)!;
      if (one.first.size === 0 || two.first.size === 0) continue;
      const shared = one.first.intersection(two.first).size;
      jaccard.push(shared / (one.first.size + two.first.size - shared));
      if (one.ranks === null || two.ranks === null) continue;
      spearman.push(
        product(one.ranks.doubled, two.ranks.doubled) /
          (one.ranks.length * two.ranks.length),
      );
    }
  }
  return pairs.filter(({ jaccard }) => jaccard.length > 0)
    .map(({ a, b, jaccard, spearman }) => ({
      a: { name: a.name, title: a.title },
      b: { name: b.name, title: b.title },
      tissues: jaccard.length,
      jaccard: mean(jaccard),
      spearman: spearman.length === 0 ? null : mean(spearman),
    }));
}

/** The genes that are higher in the tissue, numbered; -1 for the others. */
function placesOf(log2FoldChange: Float64Array) {
  let count = 0;
  const places = Int32Array.from(
    log2FoldChange,
    (change) => change > 0 ? count++ : -1,
  );
  return { places, count };
}

/** A tissue's ranks by one ranking, less their mean. */
interface CenteredRanks {
  /** Doubled: whole numbers, so that no sum depends on the genes' order. */
  readonly doubled: Float64Array;
  readonly length: number;
}

/** Null if all are equal. */
function centeredRanks(
  list: readonly number[],
  places: Int32Array,
  count: number,
): CenteredRanks | null {
  const listed = list.filter((gene) => places[gene] >= 0);
  // The others share the mean of the ranks after the list.
  const doubled = new Float64Array(count).fill(listed.length);
  listed.forEach((gene, rank) =>
    doubled[places[gene]] = 2 * rank - (count - 1)
  );
  const length = Math.sqrt(product(doubled, doubled));
  return length === 0 ? null : { doubled, length };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
