/** Finding a panel's row of a score, and what it says. */

import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import type { PanelRow } from "./outputs.ts";
import type { ScoreName } from "./scores.ts";

/** The row of a ranking, size and score. */
export function find(
  rows: readonly PanelRow[],
  ranking: string,
  size: number,
  score: ScoreName,
): PanelRow | undefined {
  return rows.find((row) =>
    row.ranking === ranking && row.size === size && row.score === score
  );
}

/** Whether a panel is better than random genes by a tested score. */
export function isBetter(row: PanelRow | undefined): boolean {
  return (row?.adjusted_p ?? 1) < SIGNIFICANCE_LEVEL;
}
