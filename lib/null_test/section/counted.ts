/** Why the count of a test ended where it did. */

import { countOf, withCommas } from "../../cli/text.ts";
import { SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import type { SpaceTest } from "../outputs.ts";
import { hasStopped } from "../significance.ts";

/**
 * Why some tests count fewer random sets than others; empty if none does.
 *
 * @param planned Random sets at most; 0 if that is not known.
 */
export function countedTests(
  tests: readonly SpaceTest[],
  planned: number,
): string {
  const stopped = tests.find(hasStopped);
  const others = tests.filter((test) => !hasStopped(test))
    .map(({ sets_counted }) => sets_counted);
  const fewest = Math.min(...others);
  const most = Math.max(planned, ...others);
  return [
    ...(stopped === undefined ? [] : [
      `Random sets are counted in their order. A count ends with the ${
        ordinal(stopped.n_as_extreme)
      } that scores as high, for then the p is large: it is ` +
      `${stopped.n_as_extreme} divided by the sets up to there (Besag and ` +
      "Clifford 1991). No more are drawn where every count has ended.",
    ]),
    ...(fewest >= most ? [] : [
      `${stopped === undefined ? "A" : "Any other"} count ends after ${
        countOf(fewest, "random set")
      } if its answer is clear there: if ${SIGNIFICANCE_LEVEL} is outside the ` +
      `95 % interval of p. ${
        others.every((counted) => counted === fewest)
          ? `That is so in every ${stopped === undefined ? "" : "such "}` +
            "test here, so none counts"
          : "Only the others count"
      } up to ${withCommas(most)}. p takes into account that a count may end ` +
      "early.",
    ]),
  ].join(" ");
}

function ordinal(count: number): string {
  const suffixes = { one: "st", two: "nd", few: "rd", other: "th" };
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(count);
  return `${count}${suffixes[rule as keyof typeof suffixes]}`;
}
