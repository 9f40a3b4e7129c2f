/** The comparison of two classifiers by whole groups, as files have it. */

import { integer, nullable, number, object } from "../store/fields.ts";
import { type GroupTest, isShown } from "../statistics/paired_test.ts";

/** Of this stage's file and of later ones'. */
export const byGroupsField = nullable(object(
  {
    groups: integer(
      "groups among these samples; a sample without a group is one of its own",
    ),
    p: number("exact, two-sided"),
    adjusted_p: number("the same, adjusted by Holm as the p by samples"),
    least_adjusted_p: number("the smallest that so many groups can give"),
  },
  "the test with groups as units; null without groups of several samples",
));

/** A test by groups; null if no group has several samples. */
export type ByGroups = NonNullable<ReturnType<typeof byGroupsField.check>>;

/** The test by groups as a file has it. */
export function asByGroups(test: GroupTest | null): ByGroups | null {
  return test && {
    groups: test.groups,
    p: test.p,
    adjusted_p: test.adjustedP,
    least_adjusted_p: test.leastAdjustedP,
  };
}

/** {@linkcode isShown} of what a file has. */
export function isShownToDiffer(
  { adjusted_p, by_groups }: {
    readonly adjusted_p: number;
    readonly by_groups: ByGroups | null;
  },
): boolean {
  return isShown({
    adjustedP: adjusted_p,
    byGroups: by_groups && {
      adjustedP: by_groups.adjusted_p,
      leastAdjustedP: by_groups.least_adjusted_p,
    },
  });
}
