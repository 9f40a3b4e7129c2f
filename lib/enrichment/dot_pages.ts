/** Chooses the terms of the dot plot, and breaks them into pages. */

import type { DotGroup, DotRows } from "./figures/dots.ts";
import { NAMED_TERMS } from "./levels.ts";
import { type JudgedRanking, keptTerms } from "./rows.ts";

/** Rows of a page, unless a single tissue has more. */
const MOST_ROWS = 40;

/** A page without what all pages share. */
export type DotPage = Pick<DotRows, "rankings" | "groups">;

/**
 * The best terms of each tissue by any ranking, each with all rankings that
 * have genes of it. A tissue without an enriched term has no row.
 *
 * @returns No page if no tissue has one.
 */
export function dotPages(found: readonly JudgedRanking[]): DotPage[] {
  const tissues = found[0]?.tissues.map(({ tissue }) => tissue) ?? [];
  const groups = tissues.map((tissue, index): DotGroup => {
    const lists = found.map(({ tissues }) => tissues[index].terms);
    const best = lists.flatMap((terms) =>
      keptTerms(terms).slice(0, NAMED_TERMS)
    ).sort((a, b) => a.tested.adjusted - b.tested.adjusted);
    const keys = [...new Map(best.map((each) => [keyOf(each), each])).values()];
    return {
      tissue,
      terms: keys.map((each) => ({
        label: each.term.name ?? each.term.id,
        dots: lists.map((terms) => {
          const own = terms.find((other) => keyOf(other) === keyOf(each));
          return own === undefined
            ? null
            : { k: own.tested.k, adjusted: own.tested.adjusted };
        }),
      })),
    };
  }).filter(({ terms }) => terms.length > 0);
  const pages: DotGroup[][] = [];
  let rows = Infinity;
  for (const group of groups) {
    if (rows + group.terms.length > MOST_ROWS) {
      pages.push([]);
      rows = 0;
    }
    pages.at(-1)!.push(group);
    rows += group.terms.length;
  }
  return pages.map((groups) => ({
    rankings: found.map(({ ranking }) => ranking.title),
    groups,
  }));
}

function keyOf(
  { tested, term }: ReturnType<typeof keptTerms>[number],
): string {
  return `${tested.namespace}\t${term.id}`;
}
