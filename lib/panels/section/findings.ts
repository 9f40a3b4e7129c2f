/** What the panels show, for the report. */

import type { SectionReader } from "../../report/section.ts";
import {
  type PanelRow,
  panels,
  type PanelsSummary,
  summary,
} from "../outputs.ts";
import { bestRival, type Rival } from "../rivals.ts";

/** What the stage found. */
export interface PanelsFindings {
  readonly summary: PanelsSummary;
  readonly rows: readonly PanelRow[];
  /** The ranking that the sentences are on: SHAP, if it can be judged. */
  readonly main: PanelsSummary["rankings"][number];
  /**
   * Its smallest panel that is better than random genes; if none is, the one
   * with the smallest p. Null if nothing was judged.
   */
  readonly shown: PanelRow | null;
  /** The best of the simple rankings at the same size. */
  readonly rival: Rival | null;
  /** The same for AMI; null if no fold is clustered. */
  readonly shownAmi: PanelRow | null;
}

/** Reads what the stage wrote. */
export async function readFindings(
  { read }: SectionReader,
): Promise<PanelsFindings> {
  const numbers = await read(summary);
  const rows = await read(panels);
  const [main] = numbers.rankings;
  const own = (score: PanelRow["score"], size: number | null) => {
    const all = rows.filter((row) =>
      row.ranking === main.ranking && row.score === score
    );
    return all.find((row) => row.size === size) ??
      all.toSorted((a, b) => a.p! - b.p!)[0] ?? null;
  };
  const shown = own("centroid_macro_f1", main.smallest_macro_f1);
  return {
    summary: numbers,
    rows,
    main,
    shown,
    rival: shown && bestRival(rows, numbers, shown),
    shownAmi: own("ami", main.smallest_ami),
  };
}

/** The numbers for `report/summary.json`. */
export function summarizeFindings(
  { summary, main, shown, rival, shownAmi }: PanelsFindings,
) {
  return {
    ...summary,
    main: main.ranking,
    macro_f1: shown,
    best_simple_ranking: rival,
    ami: shownAmi,
  };
}
