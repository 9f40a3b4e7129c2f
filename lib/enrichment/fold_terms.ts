/** Folds terms into one another that rest on the same genes. */

import type { TestedTerm } from "./test_terms.ts";

/**
 * Folds terms greedily: in the order given, a term is folded into the first
 * earlier one that was kept, is of its namespace, and shares enough of the
 * list's genes with it: Jaccard's index |A and B| / |A or B| of the genes of
 * the list that belong to each.
 *
 * @param terms The best ones first.
 * @param share Jaccard's index from which terms count as the same, above 0.
 * @returns For each term the index of the one that it is folded into; null if
 * it is kept.
 */
export function foldTerms(
  terms: readonly Pick<TestedTerm, "namespace" | "genes">[],
  share: number,
): (number | null)[] {
  const kept: { readonly index: number; readonly genes: Set<number> }[] = [];
  return terms.map(({ namespace, genes }, index) => {
    const own = new Set(genes);
    const into = kept.find((other) =>
      terms[other.index].namespace === namespace &&
      jaccard(own, other.genes) >= share
    );
    if (into !== undefined) return into.index;
    kept.push({ index, genes: own });
    return null;
  });
}

function jaccard(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let shared = 0;
  for (const gene of one) if (other.has(gene)) shared++;
  return shared / (one.size + other.size - shared);
}
