/** What a test by groups adds to a sentence on McNemar's test. */

import { withCommas } from "../../cli/text.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { type ByGroups, isShownToDiffer } from "../by_groups.ts";

/**
 * Follows McNemar's p, with a semicolon: the p by groups, or, if there are too
 * few groups and a difference is claimed all the same, why it is uncertain.
 * Empty without groups of several samples.
 */
export function groupClause(
  test: {
    readonly adjusted_p: number;
    readonly by_groups: ByGroups | null;
  },
): string {
  const { by_groups } = test;
  if (by_groups === null) return "";
  const { groups, adjusted_p, least_adjusted_p } = by_groups;
  if (least_adjusted_p < SIGNIFICANCE_LEVEL) {
    return `; by ${withCommas(groups)} groups p ${formatP(adjusted_p)}`;
  }
  return isShownToDiffer(test) ? `; ${tooFewGroups(by_groups)}` : "";
}

/** Follows a claim that has no room for {@linkcode groupClause}. */
export function ifIndependent(
  { by_groups }: { readonly by_groups: ByGroups | null },
): string {
  return by_groups !== null && by_groups.least_adjusted_p >= SIGNIFICANCE_LEVEL
    ? ", if samples of a group are independent"
    : "";
}

/** Why a difference by samples alone is uncertain. */
export function tooFewGroups({ groups, least_adjusted_p }: ByGroups): string {
  return "this takes samples to be independent, but those of a group can be " +
    "right or wrong together, and with " +
    (groups === 1 ? "one group" : `${withCommas(groups)} groups`) +
    ` the test by groups cannot give a p below ${
      Number(least_adjusted_p.toPrecision(3))
    }`;
}
