/** Refuses rankings and sets without a gene, and warns of a rule. */

import { rerun, RunError } from "../cli/errors.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import { ALL_OR_NOTHING, isAllOrNothing } from "../selection/two_tissues.ts";
import type { ShapContext } from "./inputs.ts";

/** @throws {RunError} If no tissue's ranking holds a gene. */
export function checkRanked(ranked: readonly TissueRanks[]): void {
  if (ranked.some(({ order }) => order.length > 0)) return;
  throw new RunError(
    "Cannot rank the genes: no gene is higher in a tissue than elsewhere and " +
      "has a median SHAP value above 0 there, and at least one should",
    rerun("shap", { direction: "both" }),
  );
}

/** @throws {RunError} If no gene comes again, or beats its knockoff. */
export function checkSelected(genes: number, rule: CutoffRule): void {
  if (genes > 0) return;
  if (rule.rule === "knockoff") {
    throw new RunError(
      "Cannot select the gene set: in no tissue do enough genes score higher " +
        `than their knockoffs, at least ${Math.ceil(1 / rule.rate)} at a ` +
        `false discovery rate of ${rule.rate}`,
      rerun("shap", { cutoff: "top" }),
    );
  }
  throw new RunError(
    "Cannot select the gene set: no gene is among a tissue's first ones in " +
      "enough halves of the samples, and at least one should",
    rerun("shap", { cutoff: "top" }),
  );
}

/** Warns where the rule can only take all genes of two tissues, or none. */
export function warnOfTwoTissues(
  context: Pick<ShapContext, "warn">,
  { rule }: CutoffRule,
  tissues: number,
): void {
  if (isAllOrNothing(rule, tissues)) {
    context.warn(
      `${ALL_OR_NOTHING} --shap.cutoff top takes a number of ranks.`,
    );
  }
}
