/** How the rankings' small panels do, beside other measures of rankings. */

import type { Standing } from "../../report/standings.ts";
import { find } from "../find_rows.ts";
import { WHOLE_SET } from "../ranked_lists.ts";
import type { PanelsFindings } from "./findings.ts";

/** Panels of more genes a tissue are not small. */
const SMALL = 10;

/** Macro F1 of the smallest panels, and of the largest of the small ones. */
export function panelsStandings(
  { rows, summary: { sizes, rankings } }: PanelsFindings,
): Standing[] {
  const small = sizes.filter((size) => size !== WHOLE_SET && size <= SMALL)
    .toSorted((a, b) => a - b);
  const shown = new Set([...small.slice(0, 1), ...small.slice(-1)]);
  return [...shown].flatMap((size): Standing[] => {
    const values = rankings.flatMap(({ ranking }): [string, number][] => {
      const row = find(rows, ranking, size, "centroid_macro_f1");
      return row === undefined ? [] : [[ranking, row.value]];
    });
    const genes = `${size} ${size === 1 ? "gene" : "genes"} a tissue`;
    return values.length === 0 ? [] : [{
      measure: `macro F1 of ${genes}`,
      best_at: `telling unseen samples apart by ${genes}`,
      digits: 3,
      values: new Map(values),
    }];
  });
}
