/** What the tests show, and what they do not. */

import { countOf, withCommas } from "../../cli/text.ts";
import { whyFixed } from "../../clusters/few_profiles.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import { fixed } from "../../cli/numbers.ts";
import type { Opening } from "../../report/section.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { mainMeasure, measures } from "../measures.ts";
import type { SpaceTest } from "../outputs.ts";
import { FEWEST_SETS, leastP } from "../significance.ts";
import { formatTail } from "../t_test.ts";
import { countHits } from "../terminal_lines.ts";
import type { TtestFindings } from "../section.ts";
import { undecidedTests } from "./luck.ts";
import {
  effect,
  limits,
  luckOfOutcome,
  luckOfOutcomes,
  outcome,
  weakEvidence,
} from "./outcome.ts";
import {
  byGeneSet,
  explainDifferences,
  formatOutcomes,
  formatOutcomesInShort,
  type Known,
  phraseOf,
} from "./words.ts";

/** Says in one clause if the test of the first set can show nothing. */
export function ttestOpening(found: TtestFindings): Opening {
  const [[{ sets }]] = byGeneSet(found.tests);
  if (ttestWarning(found) === "") return {};
  return {
    warning: sets < FEWEST_SETS
      ? `no test against random genes can be significant with ${
        countOf(sets, "random set")
      }`
      : "the test against random genes shows nothing",
  };
}

/** Why the test of the first set can show nothing; empty if it can. */
export function ttestWarning(found: TtestFindings): string {
  const groups = byGeneSet(found.tests);
  const [tests] = groups;
  return whyNothing(tests, found, nameOf(tests[0], groups.length)).join(" ");
}

/**
 * The outcome of the main test of the first set, where it is the same, and what
 * luck could turn; empty if it can show nothing.
 *
 * @param unseen Whether the samples of the tests had no part in ranking.
 */
export function ttestClause(
  found: TtestFindings,
  known: Known,
  unseen: boolean,
): string {
  const groups = byGeneSet(found.tests);
  const [tests] = groups;
  const [main] = tests;
  const name = nameOf(main, groups.length);
  if (whyNothing(tests, found, name).length > 0) return "";
  const said = outcome(main, name);
  return `${said[0].toLowerCase()}${said.slice(1)}: ${mainMeasure.title} in ${
    phraseOf(known.spaces, main.space)
  } ${fixed(main.statistic)} against ${fixed(main.null_mean)} ± ${
    fixed(main.null_sd)
  } (mean ± sd)` +
    (main.spaces < 2 && tests.length < 2
      ? `, p ${formatP(main.p_adjusted)}`
      : `; with p adjusted for the spaces, ${
        formatOutcomesInShort(tests, known)
      }`) +
    (unseen
      ? ", on samples that had no part in ranking its genes"
      : "; its genes were ranked on these same samples, which favors it") +
    luckOfOutcomes(tests, known);
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
    ...groups.flatMap((tests, index) => {
      const name = nameOf(tests[0], groups.length);
      return [
        // That of the first set is the section's warning.
        ...index === 0 ? [] : whyNothing(tests, found, name),
        ...setVerdict(tests, found, known, name),
      ];
    }),
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
      `p cannot be below 1/${sets + 1} = ` +
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
  const scores =
    `mean ${mainMeasure.title} in ${phraseOf(known.spaces, main.space)} is ` +
    `${fixed(main.statistic)} against ${fixed(main.null_mean)} ± ` +
    `${fixed(main.null_sd)} (mean ± sd of ` +
    `${countOf(main.sets, "random set")} of ${countOf(main.genes, "gene")})`;
  const nothing = whyNothing(tests, found, name);
  return [
    ...(main.genes === genes ? [] : [
      `**The comparison is not fair:** the random sets hold ` +
      `${countOf(main.genes, "gene")}, the ${name} ${withCommas(genes)}. ` +
      `So "of its size" below does not apply.`,
    ]),
    `${outcome(main, name)}${
      luckOfOutcome(main)
    }: its ${scores}, a difference of ` +
    `${fixed(main.difference)}, ${effect(main.z)}.` +
    ` ${countHits(main)}: p ${formatP(main.p_empirical)}${
      main.spaces > 1
        ? `, adjusted for ${countOf(main.spaces, "space")} ` +
          formatP(main.p_adjusted)
        : ""
    }${
      main.p_t === null
        ? ""
        : `; t-test p ${formatTail(main.p_t, main.sets).replace("<", "below")}`
    }. Null hypothesis: the set's mean ` +
    `${mainMeasure.title} is one more draw from the distribution of random ` +
    "gene sets of its size." + weakEvidence(main),
    ...(tests.length < 2 || nothing.length > 0 ? [] : [
      `**The spaces together:** ${formatOutcomes(tests, known)}. The p in ` +
      "parentheses are adjusted for the spaces, against each kind of random " +
      `sets.${explainDifferences(tests, known)}`,
    ]),
    ...(nothing.length > 0 ? [] : [undecidedTests(tests, known).trim()])
      .filter((text) => text !== ""),
    ...(nothing.length > 0 ? [] : [otherScores(main, found)])
      .filter((text) => text !== ""),
    ...(whyFixed(found.clustered) === "" ? found.amis : [])
      .filter(({ gene_set }) => gene_set === main.gene_set)
      .map(({ own, all }) =>
        "AMI is 0 on average for a random grouping and 1 for the tissues " +
        `themselves: it is ${fixed(own)} for the ${name} and ${fixed(all)} ` +
        "for all genes. V-measure is high by chance where clusters are small."
      ),
  ];
}

/** The main test by the other measures. */
function otherScores(main: SpaceTest, { others }: TtestFindings): string {
  const own = others.filter((test) =>
    test.gene_set === main.gene_set && test.null_model === main.null_model &&
    test.space === main.space
  );
  if (own.length === 0) return "";
  const each = own.map((test) =>
    `${measures.find(({ name }) => name === test.measure)!.title} ${
      fixed(test.statistic)
    } against ${fixed(test.null_mean)} ± ${fixed(test.null_sd)}, p ${
      formatP(test.p_adjusted)
    }`
  );
  return `By other measures of the same clusters: ${each.join("; ")}.`;
}
