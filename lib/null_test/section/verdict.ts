/** What the tests show, and what they do not. */

import { countOf, withCommas } from "../../cli/text.ts";
import { whyFixed } from "../../clusters/few_profiles.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import { fixed } from "../../cli/numbers.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { FEWEST_SETS, isSignificant, leastP } from "../null_tests.ts";
import type { SpaceTest } from "../outputs.ts";
import type { TtestFindings } from "../section.ts";
import { undecidedTests } from "./luck.ts";
import {
  byGeneSet,
  explainDifferences,
  formatCount,
  formatOutcomes,
  type Known,
  notTested,
  phraseOf,
} from "./words.ts";

/** In how many tests the first set is better than random sets. */
export function ttestHeadline(found: TtestFindings): string {
  const [own] = byGeneSet(found.tests);
  const [{ sets }] = own;
  if (whyFixed(found.clustered) !== "") {
    return "the test against random genes shows nothing, as all gene sets " +
      "score the same";
  }
  if (isWhole(own, found)) {
    return "the test against random genes shows nothing, as the set is all " +
      "genes";
  }
  return sets < FEWEST_SETS
    ? `no test against random genes can be significant with ${
      countOf(sets, "random set")
    }`
    : `the gene set separates the tissues better than random genes in ${
      formatCount(own)
    }`;
}

/**
 * The outcome of the main test of the first set, and in how many it is the
 * same.
 *
 * @param unseen Whether the samples of the tests had no part in ranking.
 */
export function ttestSentence(
  found: TtestFindings,
  known: Known,
  unseen: boolean,
): string {
  const groups = byGeneSet(found.tests);
  const [tests] = groups;
  const [main] = tests;
  const name = nameOf(main, groups.length);
  const nothing = whyNothing(tests, found, name);
  if (nothing.length > 0) return nothing.join(" ");
  return `${outcome(main, name)}: V-measure in ${
    phraseOf(known.spaces, main.space)
  } ${fixed(main.statistic)} against ${fixed(main.null_mean)} ± ${
    fixed(main.null_sd)
  }` +
    (tests.length < 2 ? "" : `; significant in ${formatCount(tests)}`) +
    (unseen
      ? ", on samples that had no part in ranking its genes."
      : "; its genes were ranked on these same samples, which favors it.");
}

/**
 * What the tests show and do not, a paragraph each.
 *
 * @param unseen Whether the samples of the tests had no part in ranking.
 */
export function ttestDetails(
  found: TtestFindings,
  known: Known,
  unseen: boolean,
): string[] {
  const groups = byGeneSet(found.tests);
  return [
    ...groups.flatMap((tests) =>
      setVerdict(
        tests,
        found,
        known,
        nameOf(tests[0], groups.length),
      )
    ),
    limits(found, known, unseen),
  ];
}

/** What a tested set is called; of several, by its name. */
function nameOf({ gene_set }: SpaceTest, sets: number): string {
  return sets > 1 ? `gene set ${escapeText(gene_set)}` : "gene set";
}

/** The genes of a tested set. */
function genesOf(
  { gene_set }: SpaceTest,
  { geneSets }: TtestFindings,
): number {
  return geneSets.find((each) => each.gene_set === gene_set)!.genes;
}

/** Whether every random set is the gene set itself: all genes. */
function isWhole(tests: readonly SpaceTest[], found: TtestFindings): boolean {
  return tests.every((test) =>
    test.mean_gene_overlap === 1 && test.genes === genesOf(test, found)
  );
}

/** Why no test of the set can show anything; empty if one can. */
function whyNothing(
  tests: readonly SpaceTest[],
  found: TtestFindings,
  name: string,
): string[] {
  const [{ sets }] = tests;
  const fixed = whyFixed(found.clustered);
  return [
    ...(fixed === "" ? [] : [`**The test shows nothing:** ${fixed}.`]),
    ...(isWhole(tests, found)
      ? [
        `**The test shows nothing:** the ${name} holds all genes that a ` +
        "random set may hold, so every random set is the same set.",
      ]
      : []),
    ...(sets >= FEWEST_SETS ? [] : [
      `**Cannot be significant with ${countOf(sets, "random set")}:** ` +
      `p\\_empirical cannot be below 1/${sets + 1} = ` +
      `${leastP(sets).toPrecision(3)}, and significant is below ` +
      `${SIGNIFICANCE_LEVEL}. ${withFlag(`--ttest.sets ${FEWEST_SETS}`)} ` +
      `draws the fewest that can be; more are better.`,
    ]),
  ];
}

/** The outcome of a gene set in all tests. */
function setVerdict(
  tests: readonly SpaceTest[],
  found: TtestFindings,
  known: Known,
  name: string,
): string[] {
  const [main] = tests;
  const genes = genesOf(main, found);
  const scores = `mean V-measure in ${phraseOf(known.spaces, main.space)} is ` +
    `${fixed(main.statistic)} against ${fixed(main.null_mean)} ± ` +
    `${fixed(main.null_sd)} (mean ± sd of ` +
    `${countOf(main.sets, "random set")} of ${countOf(main.genes, "gene")})`;
  const t = main.t === null ? "is not defined" : `= ${fixed(main.t)}`;
  const nothing = whyNothing(tests, found, name);
  return [
    ...nothing,
    ...(main.genes === genes ? [] : [
      `**The comparison is not fair:** the random sets hold ` +
      `${countOf(main.genes, "gene")}, the ${name} ${withCommas(genes)}. ` +
      `So "of its size" below does not apply.`,
    ]),
    `${outcome(main, name)}: its ${scores}, ${effect(main.z)}.` +
    `${rivals(main)} t ${t}, df = ${withCommas(main.df)}, one-tailed ` +
    `p\\_t ${formatP(main.p_t, main.log10_p_t)}, p\\_empirical ` +
    `${formatP(main.p_empirical)}. Null hypothesis: the set's mean V-measure ` +
    "is one more draw from the distribution of random gene sets of its size." +
    weakEvidence(main),
    ...(tests.length < 2 || nothing.length > 0 ? [] : [
      `**Significant in ${
        formatCount(tests)
      }** (both p below ${SIGNIFICANCE_LEVEL}): ` +
      `${formatOutcomes(tests, known)}.${explainDifferences(tests, known)}` +
      undecidedTests(tests, known),
    ]),
    ...(whyFixed(found.clustered) === "" ? found.amis : [])
      .filter(({ gene_set }) => gene_set === main.gene_set)
      .map(({ own, all }) =>
        "V-measure is high by chance where clusters are small. AMI, which is " +
        "0 on average for a random grouping and 1 for the tissues themselves, " +
        `is ${fixed(own)} for the ${name} and ${fixed(all)} for all genes.`
      ),
  ];
}

/** What no test shows, and what was not tested. */
function limits(
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

/** The test's outcome, with the case that the two p-values disagree. */
function outcome(test: SpaceTest, name: string): string {
  const { p_t, p_empirical, sets } = test;
  const better = `the ${name} separates the tissues better than random sets ` +
    "of its size";
  if (p_t === null) {
    return `Whether ${better} could not be computed (the null distribution ` +
      "has no spread)";
  }
  if (isSignificant(test)) {
    return `The ${name} separates the tissues **better** than random sets of ` +
      "its size";
  }
  if ((p_t < SIGNIFICANCE_LEVEL) === (p_empirical < SIGNIFICANCE_LEVEL)) {
    return `It is **not shown** that ${better}`;
  }
  const least = leastP(sets);
  const why = least >= SIGNIFICANCE_LEVEL
    ? ` (${countOf(sets, "random set")} cannot give a p\\_empirical below ` +
      `${fixed(least)}; draw more)`
    : "";
  return `The two p-values disagree on whether ${better}, so it is ` +
    `**not shown**${why}`;
}

/** How many random sets do as well. */
function rivals({ n_as_extreme, sets }: SpaceTest): string {
  return ` ${n_as_extreme === 0 ? "None" : withCommas(n_as_extreme)} of the ${
    countOf(sets, "random set")
  } ${n_as_extreme > 1 ? "score" : "scores"} as high or higher.`;
}

/** Says that a p just below the level is weak evidence. */
function weakEvidence(test: SpaceTest): string {
  const larger = Math.max(test.p_t ?? 1, test.p_empirical);
  // With few sets p_empirical cannot be small: it shows only their number.
  const least = leastP(test.sets);
  return isSignificant(test) && larger >= SIGNIFICANCE_LEVEL / 2 &&
      larger > least
    ? ` **The evidence is weak:** p is close to ${SIGNIFICANCE_LEVEL}, and another split ` +
      "or another embedding could change the result."
    : "";
}

/** The size of the effect in standard deviations of random sets. */
function effect(z: number | null): string {
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
