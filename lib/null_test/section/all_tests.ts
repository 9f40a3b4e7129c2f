/** The part on all tests: every space and every kind of random sets. */

import { countOf } from "../../cli/text.ts";
import {
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { fixed, percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import { SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { FEWEST_SETS, isSignificant, isUndecided } from "../null_tests.ts";
import type { SpaceTest } from "../outputs.ts";
import { undecidedTests } from "./luck.ts";
import {
  byGeneSet,
  explainDifferences,
  formatCell,
  formatCount,
  type Known,
  listed,
  notTested,
  phraseOf,
} from "./words.ts";

export function allTestsPart(
  tests: readonly SpaceTest[],
  known: Known,
): string {
  const groups = byGeneSet(tests);
  return paragraphs(
    "### Other spaces, other random sets",
    why(tests, known),
    testTable(tests, known, groups.length > 1),
    "V is the mean V-measure; error is the Monte Carlo error of the set's V, its " +
      "standard error over embeddings and k-means runs; shared is the part of a random set's genes that " +
      "are in the gene set: the more, the harder it is to be significant. A " +
      `test is significant if p\\_t and p\\_empirical are below ${SIGNIFICANCE_LEVEL}.`,
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
      return `**Significant in ${formatCount(own)}${name}.**` +
        (explainDifferences(own, known) || inPlainWords(own)) +
        (own.length > 1 && own.some(isSignificant)
          ? ` The tests use the same samples, so they are not independent; ` +
            `with ${own.length} of them, one p just below ${SIGNIFICANCE_LEVEL} means little.`
          : "") +
        undecidedTests(own, known);
    }),
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
    "Genes that are strongly expressed or vary much may separate tissues " +
    "better than others, whatever their role in the tissue. The random sets " +
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
      ...numberColumns("V of the set", "error", "V of random sets", "t"),
      ...numberColumns("p_t"),
      ...numberColumns("p_empirical", "shared"),
      { title: "significant" },
    ],
    tests.map((test) => [
      ...(withSets ? [escapeText(test.gene_set)] : []),
      escapeText(test.null_model),
      escapeText(spaces.find(({ name }) => name === test.space)!.title),
      fixed(test.statistic),
      fixed(test.monte_carlo_se, 4),
      `${fixed(test.null_mean)} ± ${fixed(test.null_sd)}`,
      fixed(test.t, 2),
      formatCell(test.p_t, test.log10_p_t),
      formatCell(test.p_empirical),
      percent(test.mean_gene_overlap),
      `${isSignificant(test) ? "yes" : "no"}${
        isUndecided(test) ? ", undecided" : ""
      }`,
    ]),
  );
}

/** The outcome if it is the same in all tests. */
function inPlainWords(tests: readonly SpaceTest[]): string {
  return tests.every(isSignificant)
    ? " In plain words: in every test the genes of the set separate these " +
      "tissues better than other genes do."
    : " In plain words: no test shows that the genes of the set separate " +
      "these tissues better than other genes do.";
}

/** What the study's spread would have claimed. */
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
  return "**The study's spread.** The study took the spread of k-means runs " +
    "within a set for the spread between random sets. With it, the p of the " +
    `t-test in ${phraseOf(spaces, first.space)}, against ` +
    `${phraseOf(nullModels, first.null_model)}, would be ` +
    `${formatCell(first.within_set_p_t, first.log10_within_set_p_t)}; it is ${
      formatCell(first.p_t, first.log10_p_t)
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
