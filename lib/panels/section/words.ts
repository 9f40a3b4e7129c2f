/** Sizes and scores of panels in words. */

import { countOf, withCommas } from "../../cli/text.ts";
import { formatP } from "../../statistics/format_p.ts";
import type { PanelRow } from "../outputs.ts";
import { WHOLE_SET } from "../ranked_lists.ts";

/** As in "with 2 genes a tissue (12 genes)". */
export function panelPhrase({ size, genes }: PanelRow): string {
  return size === WHOLE_SET
    ? `the whole set (${geneCount(genes)})`
    : `${countOf(size, "gene")} a tissue (${geneCount(genes)})`;
}

/** Different genes; a mean over folds need not be whole. */
export function geneCount(genes: number): string {
  return Number.isInteger(genes)
    ? countOf(genes, "gene")
    : `about ${withCommas(Math.round(genes))} genes`;
}

/** A size as a table's cell. */
export function sizeCell(size: number): string {
  return size === WHOLE_SET ? "the set" : withCommas(size);
}

/** `2`, `2 and 5` or `2, 5 and the set`. */
export function sizeList(sizes: readonly number[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" })
    .format(sizes.map(sizeCell));
}

/** As in "p = 0.035" without the p, for a table. */
export function pCell(p: number | null): string {
  return formatP(p).replace(/^= /, "").replace("<", "&lt;")
    .replace(">", "&gt;");
}
