/** The part on all tests: every space and every kind of random sets. */

import { countOf, withCommas } from "../../cli/text.ts";
import {
  details,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { fixed, percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import { SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { measures } from "../measures.ts";
import type { SpaceTest } from "../outputs.ts";
import { FEWEST_SETS, isSignificant, isUndecided } from "../significance.ts";
import { countedTests } from "./counted.ts";
import { undecidedTests } from "./luck.ts";
import {
  byGeneSet,
  explainDifferences,
  formatCell,
  formatOutcomes,
  formatTailCell,
  type Known,
  listed,
  notTested,
  phraseOf,
} from "./words.ts";

/**
 * The part in Markdown.
 *
 * @param tests By AMI.
 * @param others By other measures.
 * @param planned Random sets at most, where every count goes on to the end; 0
 * if that is not known.
 */
export function allTestsPart(
  tests: readonly SpaceTest[],
  others: readonly SpaceTest[],
  known: Known,
  planned: number,
): string {
  const groups = byGeneSet(tests);
  return paragraphs(
    "### All spaces, all random sets",
    why(tests, known),
    testTable(tests, known, groups.length > 1),
    "AMI is the mean of the gene set's runs; error is its Monte Carlo error, " +
      "the standard error over embeddings and k-means runs; z is the " +
      "difference in standard deviations of random sets; shared is the part " +
      "of a random set's genes that are in the gene set: the more, the harder " +
      "it is to be significant. p counts the random sets that score as high. " +
      "Adjusted p holds for all spaces together, against one kind of random " +
      "sets (minP of Westfall and Young: how often a random set's smallest p " +
      "over the spaces is as small). A test is significant if it is below " +
      `${SIGNIFICANCE_LEVEL}. p\\_t takes the random sets for normal; it does ` +
      "not decide.",
    countedTests(tests, planned),
    ...groups.map((own) => {
      const name = groups.length > 1
        ? ` of ${escapeText(own[0].gene_set)}`
        : "";
      const [{ sets }] = own;
      if (sets < FEWEST_SETS) {
        return `**No test${name} can be significant with ${
          countOf(sets, "random set")
        }.**`;
      }
      return `**Outcome${name}:** ${formatOutcomes(own, known)}.` +
        (explainDifferences(own, known) || inPlainWords(own)) +
        undecidedTests(own, known);
    }),
    otherTable(others, known, groups.length > 1),
    withinSetSpread(tests, known),
    flagsOfRest(tests, known),
  );
}

/** Why there is more than one test. */
function why(tests: readonly SpaceTest[], known: Known): string {
  const layouts = known.spaces.filter(({ name, nonlinear }) =>
    nonlinear && tests.some(({ space }) => space === name)
  );
  const models = known.nullModels.filter(({ name }) =>
    tests.some(({ null_model }) => null_model === name)
  );
  return [
    ...(layouts.length === 0 ? [] : [
      `${listed(layouts.map(({ title }) => title))} may split a tissue or ` +
      "merge tissues, so the set is tested in linear spaces, too.",
    ]),
    "Genes that are strongly expressed or noisy may separate tissues better " +
    "or worse than others, whatever their role in the tissue. The random sets " +
    `are ${
      listed(models.map(({ name, help }) =>
        `**${escapeText(name)}** (${escapeText(help)})`
      ))
    }.`,
  ].join(" ");
}

function testTable(
  tests: readonly SpaceTest[],
  { spaces }: Known,
  withSets: boolean,
): string {
  return table(
    [
      ...(withSets ? [{ title: "gene set" }] : []),
      { title: "random sets" },
      { title: "space" },
      ...numberColumns("AMI", "error", "random sets' AMI", "difference", "z"),
      ...numberColumns("as high", "p", "adjusted p", "p_t", "shared"),
      { title: "significant" },
    ],
    tests.map((test) => [
      ...(withSets ? [escapeText(test.gene_set)] : []),
      escapeText(test.null_model),
      escapeText(spaces.find(({ name }) => name === test.space)!.title),
      fixed(test.statistic),
      fixed(test.monte_carlo_se, 4),
      `${fixed(test.null_mean)} ± ${fixed(test.null_sd)}`,
      fixed(test.difference),
      fixed(test.z, 2),
      `${withCommas(test.n_as_extreme)} of ${withCommas(test.sets_counted)}`,
      formatCell(test.p_empirical),
      formatCell(test.p_adjusted),
      formatTailCell(test),
      percent(test.mean_gene_overlap),
      `${isSignificant(test) ? "yes" : "no"}${
        isUndecided(test) ? ", undecided" : ""
      }`,
    ]),
  );
}

/** The same clusters by V-measure and ARI. */
function otherTable(
  others: readonly SpaceTest[],
  { spaces }: Known,
  withSets: boolean,
): string {
  if (others.length === 0) return "";
  return details(
    "The same tests by V-measure and ARI",
    paragraphs(
      "AMI is corrected for chance and takes tissues of different size into " +
        "account, so the result is read from it. V-measure is the measure of " +
        "the maize study.",
      table(
        [
          ...(withSets ? [{ title: "gene set" }] : []),
          { title: "measure" },
          { title: "random sets" },
          { title: "space" },
          ...numberColumns("gene set's", "random sets'", "difference", "z"),
          ...numberColumns("as high", "p", "adjusted p"),
        ],
        others.map((test) => [
          ...(withSets ? [escapeText(test.gene_set)] : []),
          measures.find(({ name }) => name === test.measure)!.title,
          escapeText(test.null_model),
          escapeText(spaces.find(({ name }) => name === test.space)!.title),
          fixed(test.statistic),
          `${fixed(test.null_mean)} ± ${fixed(test.null_sd)}`,
          fixed(test.difference),
          fixed(test.z, 2),
          `${withCommas(test.n_as_extreme)} of ${
            withCommas(test.sets_counted)
          }`,
          formatCell(test.p_empirical),
          formatCell(test.p_adjusted),
        ]),
      ),
    ),
  );
}

/** The outcome if it is the same in all tests. */
function inPlainWords(tests: readonly SpaceTest[]): string {
  return tests.every(isSignificant)
    ? " In plain words: in every test the genes of the set separate these " +
      "tissues better than random genes do."
    : " In plain words: no test shows that the genes of the set separate " +
      "these tissues better than random genes do.";
}

/** What the spread of the maize study would have claimed. */
function withinSetSpread(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
): string {
  const known = tests.filter(({ within_set_p_t }) => within_set_p_t !== null);
  const [first] = known;
  if (first === undefined) return "";
  const significant = (values: readonly (number | null)[]) =>
    values.filter((value) => value !== null && value < SIGNIFICANCE_LEVEL)
      .length;
  return "**The spread of the maize study.** That study took the spread of k-means runs " +
    "within a set for the spread between random sets. With it, the p of the " +
    `t-test in ${phraseOf(spaces, first.space)}, against ` +
    `${phraseOf(nullModels, first.null_model)}, would be ` +
    `${formatCell(first.within_set_p_t, first.log10_within_set_p_t)}; it is ${
      formatTailCell(first)
    }. Of ` +
    `${countOf(known.length, "test")}, ` +
    `${significant(known.map((test) => test.within_set_p_t))} would be ` +
    "significant; with the spread between sets, " +
    `${significant(known.map(({ p_t }) => p_t))} are.`;
}

/** The flags that test the rest. */
function flagsOfRest(tests: readonly SpaceTest[], known: Known): string {
  if (notTested(tests, known).length === 0) return "";
  const [spaces, nullModels] = [known.spaces, known.nullModels].map((list) =>
    list.map(({ name }) => name).join(",")
  );
  const flags = `--clusters.spaces ${spaces} --ttest.null-models ${nullModels}`;
  return `Not everything was tested. ${withFlag(flags)} tests all spaces and ` +
    "all kinds of random sets.";
}
