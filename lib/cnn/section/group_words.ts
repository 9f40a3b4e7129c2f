/** What a test by groups adds to a sentence on McNemar's test. */

import { withCommas } from "../../cli/text.ts";
import { nameGroupColumn } from "../../prepare/group_column.ts";
import { code } from "../../report/markdown.ts";
import type { RunReport } from "../../report/run_report.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { type ByGroups, isShownToDiffer } from "../by_groups.ts";

/** The column that names the groups; empty if it is not known. */
export function groupColumn(run: Pick<RunReport, "parameter">): string {
  const group = run.parameter("prepare", "group");
  return group === undefined ? "" : nameGroupColumn(group);
}

/**
 * Follows McNemar's p, with a semicolon: the p by groups, or, if a difference
 * is claimed without one, that there are too few groups. Empty without groups
 * of several samples.
 *
 * @param column That names the groups; empty if it is not known.
 */
export function groupClause(
  test: {
    readonly adjusted_p: number;
    readonly by_groups: ByGroups | null;
  },
  column: string,
): string {
  const { by_groups } = test;
  if (by_groups === null) return "";
  const groups = nameGroups(by_groups) +
    (column === "" ? "" : ` (${code(column)})`);
  if (by_groups.least_adjusted_p < SIGNIFICANCE_LEVEL) {
    return `; by ${groups} p ${formatP(by_groups.adjusted_p)}`;
  }
  return isShownToDiffer(test)
    ? `; the ${groups} ${
      by_groups.groups === 1 ? "is" : "are"
    } too few to test by groups`
    : "";
}

/** Follows a claim that has no room for {@linkcode groupClause}. */
export function ifIndependent(
  { by_groups }: { readonly by_groups: ByGroups | null },
): string {
  return by_groups !== null && by_groups.least_adjusted_p >= SIGNIFICANCE_LEVEL
    ? ", if samples of a group are independent"
    : "";
}

/** A sentence on why a difference by samples alone is uncertain. */
export function whyTooFewGroups(by_groups: ByGroups): string {
  return "McNemar's test takes samples to be independent, but those of a " +
    "group can be right or wrong together; a test by groups would allow for " +
    `that, but with ${nameGroups(by_groups)} its adjusted p cannot be below ${
      leastOf(by_groups)
    }.`;
}

/** `6 groups`. */
export function nameGroups({ groups }: ByGroups): string {
  return groups === 1 ? "one group" : `${withCommas(groups)} groups`;
}

/** The smallest adjusted p of a test by groups, as in a sentence. */
export function leastOf({ least_adjusted_p }: ByGroups): string {
  return String(Number(least_adjusted_p.toPrecision(3)));
}
