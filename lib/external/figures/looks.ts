/** The lines of the rankings, which differ in color and in dashes. */

import type { KeyEntry } from "../../report/figures/keys.ts";
import { HUES } from "../../report/figures/palette.ts";

const DASHES = [undefined, "7,3", "2,3", "9,3,2,3", "4,2"];
const COLORS = [HUES[0], HUES[3], HUES[2], HUES[7], HUES[5], HUES[6]];

/** @param index Of the ranking among those of the figure; SHAP is the first. */
export function lookOf(label: string, index: number): KeyEntry {
  return {
    label,
    color: COLORS[index % COLORS.length],
    dashes: DASHES[index % DASHES.length],
    symbol: "line",
  };
}
