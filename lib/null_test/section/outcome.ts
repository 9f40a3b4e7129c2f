/** The clauses of the verdict: outcome, luck, evidence, effect, and what is not shown. */

import { fixed } from "../../cli/numbers.ts";
import { escapeText } from "../../report/markdown.ts";
import { SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import type { SpaceTest } from "../outputs.ts";
import type { TtestFindings } from "../section.ts";
import {
  isSignificant,
  isUndecided,
  leastPOf,
  luckThatTurns,
} from "../significance.ts";
import { type Known, namesOf, notTested, phraseOf } from "./words.ts";

/** What no test shows, and what was not tested. */
export function limits(
  { tests }: TtestFindings,
  known: Known,
  unseen: boolean,
): string {
  const [main] = tests;
  const missing = notTested(tests, known).map(({ phrase }) => phrase);
  const outside = tests.some(({ space }) => space !== main.space)
    ? ""
    : ` or outside ${phraseOf(known.spaces, main.space)}`;
  return "What this does not show: that any one gene is specific to a tissue, " +
    "that the genes cause a tissue's identity, or that the result holds in " +
    `other samples${outside}. ${
      unseen
        ? "The genes were ranked on training samples, not on those that test them."
        : "The genes were ranked on the same samples that test them, which favors the set."
    } ${
      isSignificant(main)
        ? "A small p says that few random sets separate the tissues as well, not that the difference is large."
        : "A large p does not show that the set is no better than random ones, only that this test could not tell."
    }` +
    (missing.length === 0
      ? ""
      : ` **Not tested in this run:** ${missing.map(escapeText).join(", ")}.`);
}

/** What the test shows, whether or not luck could turn it. */
export function outcome(test: SpaceTest, name: string): string {
  return isSignificant(test)
    ? `The ${name} separates the tissues **better** than random sets of its size`
    : `It is **not shown** that the ${name} separates the tissues better than ` +
      "random sets of its size";
}

/** What could turn this test, to go after its outcome; empty if nothing. */
export function luckOfOutcome(test: SpaceTest): string {
  return isUndecided(test)
    ? `, but this is **undecided**, as ${luckThatTurns(test)} could change it`
    : "";
}

/**
 * What could turn which tests of a gene set, to go after all their outcomes;
 * empty if nothing could.
 */
export function luckOfOutcomes(
  tests: readonly SpaceTest[],
  known: Known,
): string {
  const undecided = tests.filter(isUndecided);
  if (undecided.length === 0) return "";
  const isAll = undecided.length === tests.length;
  const byLuck = [...Map.groupBy(undecided, luckThatTurns)];
  const turned = byLuck.map(([luck, own]) => {
    const result = own.length === 1 ? "the result" : "the results";
    return `${luck} could change ` +
      (isAll && byLuck.length === 1
        ? own.length === 1 ? "it" : "all of these results"
        : `${result} ${namesOf(own, known)}`);
  });
  return `; but ${turned.join(", and ")}: ${
    undecided.length === 1 ? "it is" : "they are"
  } **undecided**`;
}

/** Says that a p just below the level is weak evidence. */
export function weakEvidence(test: SpaceTest): string {
  // With few sets p cannot be small: it shows only their number.
  return isSignificant(test) && test.p_adjusted >= SIGNIFICANCE_LEVEL / 2 &&
      test.p_adjusted > leastPOf(test)
    ? ` **The evidence is weak:** p is close to ${SIGNIFICANCE_LEVEL}, and another split ` +
      "or another embedding could change the result."
    : "";
}

/** The size of the effect in standard deviations of random sets. */
export function effect(z: number | null): string {
  if (z === null) return "an effect that is not defined";
  const size = Math.abs(z);
  const where = size < 1
    ? "well within"
    : size < 2
    ? "at the edge of"
    : size < 4
    ? "outside"
    : "far outside";
  return `${fixed(size, 1)} standard deviations of random sets ` +
    `${z < 0 ? "below" : "above"} their mean: ${where} the ` +
    `${size >= 2 && size < 4 ? "usual " : ""}spread of random sets`;
}
