/** How each ranking's line looks in the figures of panels. */

import { HUES } from "../../report/figures/palette.ts";

/** A line's color, and its dashes unless it is drawn through. */
export interface Look {
  readonly color: string;
  readonly dashes?: string;
}

const LOOKS: Readonly<Record<string, Look>> = {
  shap: { color: HUES[0] },
  shap_test: { color: HUES[4], dashes: "5,3" },
  fold_change: { color: HUES[3], dashes: "7,3" },
  welch_t: { color: HUES[2], dashes: "2,3" },
  ridge: { color: HUES[7], dashes: "9,3,2,3" },
};
const OTHER: Look = { color: HUES[5], dashes: "4,2" };

/** A ranking's look, which does not depend on which others there are. */
export function lookOf(ranking: string): Look {
  return LOOKS[ranking] ?? OTHER;
}
