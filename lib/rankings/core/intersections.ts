/** Which rankings each listed gene is in, counted by combination. */

import type { Ranking } from "../shap_rankings.ts";

/** Genes that are in the lists of these rankings and of no others. */
export interface Intersection {
  /** Places of the rankings, ascending. */
  readonly members: readonly number[];
  /** Pairs of a gene and a tissue. */
  readonly genes: number;
}

/**
 * Counts pairs of a gene and a tissue by the rankings that list the gene among
 * the tissue's first ones.
 *
 * @returns The largest first; of equal ones, those of more rankings.
 */
export function intersectionsOf(
  rankings: readonly Ranking[],
  tissues: readonly string[],
  depth: number,
): Intersection[] {
  const counts = new Map<string, { members: number[]; genes: number }>();
  for (const tissue of tissues) {
    const membersOf = new Map<number, number[]>();
    rankings.forEach(({ lists }, place) => {
      for (const gene of Array.from(lists.get(tissue) ?? []).slice(0, depth)) {
        const members = membersOf.get(gene);
        if (members === undefined) membersOf.set(gene, [place]);
        else members.push(place);
      }
    });
    for (const members of membersOf.values()) {
      const key = members.join();
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { members, genes: 1 });
      else known.genes++;
    }
  }
  return [...counts.values()].sort((a, b) =>
    b.genes - a.genes || b.members.length - a.members.length ||
    compare(a.members, b.members)
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}
