/** What the study's rule of the cutoff does with two tissues. */

import type { CutoffRule } from "./cutoff.ts";

/** The reason, in one sentence. */
export const ALL_OR_NOTHING =
  "With two tissues the cutoff unique is all or nothing: half of the genes " +
  "listed are repeats only where both lists hold the same genes, so that it " +
  "stops after a few ranks or not at all.";

/** Whether the set was selected by that rule and that few tissues. */
export function isAllOrNothing(
  rule: CutoffRule["rule"],
  rankedTissues: number,
): boolean {
  return rule === "unique" && rankedTissues <= 2;
}
