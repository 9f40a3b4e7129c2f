/** The section's tables. */

import { withCommas } from "../../cli/text.ts";
import {
  details,
  escapeText,
  numberColumns,
  table,
} from "../../report/markdown.ts";
import type { EnrichmentSummary } from "../outputs.ts";
import { termCell, termLabel } from "./words.ts";

/** A row per tissue: the best term by each ranking. */
export function topTermTable({ methods }: EnrichmentSummary): string {
  const [first] = methods;
  return table(
    [
      { title: "tissue" },
      ...methods.map(({ title }) => ({ title: `best term by ${title}` })),
    ],
    first.tissues.map(({ tissue }, index) => [
      escapeText(tissue),
      ...methods.map(({ tissues }) => {
        const [best] = tissues[index].best;
        return best === undefined ? "none" : termLabel(best);
      }),
    ]),
  );
}

/** Rows of each ranking and tissue: the best three terms with their numbers. */
export function bestTermsTable({ methods }: EnrichmentSummary): string {
  const rows = methods.flatMap(({ title, tissues }) =>
    tissues.map(({ tissue, annotated, enriched, kept, best }) => [
      escapeText(tissue),
      escapeText(title),
      withCommas(annotated),
      withCommas(enriched),
      withCommas(kept),
      best.length === 0 ? "none" : best.map(termCell).join("<br>"),
    ])
  );
  return details(
    `The best three terms of each tissue (${withCommas(rows.length)} rows)`,
    table(
      [
        { title: "tissue" },
        { title: "ranking" },
        ...numberColumns("annotated genes", "enriched terms", "kept"),
        { title: "best terms (k of n; K of N; fold; adjusted p)" },
      ],
      rows,
    ),
  );
}
