/** How many of SHAP's best genes another ranking has among its best. */

import type { Ranking } from "./shap_rankings.ts";

/** Two lists of one tissue. */
export interface TissueOverlap {
  readonly method: string;
  readonly tissue: string;
  /** SHAP's genes that are compared: the first ones, or all if it has fewer. */
  readonly genes: number;
  /** Of them, in the other list down to the same rank. */
  readonly shared: number;
}

/**
 * Compares the first genes of one ranking with those of the others.
 *
 * @param top How many genes; a shorter list of the first ranking is compared
 * as far as it goes.
 */
export function overlapsWith(
  first: Ranking,
  others: readonly Ranking[],
  top: number,
): TissueOverlap[] {
  return others.flatMap(({ name, lists }) =>
    [...first.lists].flatMap(([tissue, list]): TissueOverlap[] => {
      const own = Array.from(list).slice(0, top);
      if (own.length === 0) return [];
      const other = new Set(
        Array.from(lists.get(tissue) ?? []).slice(0, own.length),
      );
      return [{
        method: name,
        tissue,
        genes: own.length,
        shared: own.filter((gene) => other.has(gene)).length,
      }];
    })
  );
}
