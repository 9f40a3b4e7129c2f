/** The test in every space, against every kind of random sets. */

import { taskCommand } from "../../commands.ts";
import type { SpaceTest, TestFindings } from "../../findings/ttest.ts";
import { significanceLevel } from "../../findings/levels.ts";
import { code, escapeText, paragraphs, table } from "../../markdown.ts";
import { count, counted, fixed, percent, pValue } from "../../numbers.ts";
import type { RunFiles } from "../../run_files.ts";
import { spaceLabel, spaceName } from "../../space_names.ts";
import { heldInWords, meaning, nullName } from "../../verdict/spaces.ts";
import { figures, withFlag } from "../parts.ts";

/** What a run tests by default. */
const allSpaces = ["umap", "pca", "genes"];
const allNulls = ["uniform", "matched"];

/**
 * Writes the part on the spaces and the kinds of random sets.
 *
 * @param found Missing if the stage `ttest` has not run.
 */
export function nullsPart(
  run: Pick<RunFiles, "figures" | "folder">,
  found: TestFindings | undefined,
): string {
  const title = "### Other spaces, other random sets";
  const more = withFlag(
    `--clusters.spaces ${allSpaces.join(",")} ` +
      `--ttest.nulls ${allNulls.join(",")}`,
  );
  if (!found) {
    return paragraphs(
      title,
      `Not done: the set has not been tested. ${
        code(taskCommand("ttest", run.folder))
      } tests it.`,
    );
  }
  if (!found.tests || found.tests.length === 0) {
    return paragraphs(
      title,
      `Not done: the set was tested in ${
        escapeText(spaceName(found.space))
      } against random genes only. ${more} tests it in three spaces against ` +
        `two kinds of random sets.`,
    );
  }
  const { tests } = found;
  const matched = tests.some((test) => test.null === "matched");
  const spaces = new Set(tests.map(({ space }) => space));
  return paragraphs(
    title,
    "A UMAP picture may tear tissues apart or join them, so the set is tested " +
      "on principal components and on the genes themselves, too. And genes " +
      "that are expressed strongly or vary much may part tissues better than " +
      "others, whatever their part in the tissue: **matched** random sets " +
      "have as many genes of each level and spread of expression as the set, " +
      "while **uniform** ones are drawn from all genes.",
    testTable(tests),
    "V is the mean V-measure; shared is the part of a random set's genes that " +
      "are in the gene set, too: the more, the harder it is to stand out. " +
      `A test holds if p\\_t and p\\_empirical are below ${significanceLevel}.`,
    figures(run, [[
      "ttest/nulls.svg",
      "V-measures of the random sets in each space, with the gene set's",
    ]]),
    `**It holds in ${heldInWords(tests)}.**` +
      `${meaning(tests) || inWords(tests)} ` +
      (tests.length > 1 && found.held !== 0
        ? `The tests use the same samples and do not stand for as many ` +
          `independent ones; with ${count(tests.length)} of them, one p just ` +
          `below ${significanceLevel} means little.`
        : ""),
    naive(tests),
    spaces.size < allSpaces.length || !matched
      ? `Not all was tried. ${more} tests three spaces against two kinds of ` +
        `random sets.`
      : "",
  );
}

/** A row a test. */
function testTable(tests: readonly SpaceTest[]): string {
  const number = (title: string) => ({ title, align: "right" as const });
  const p = (value: number | null) =>
    pValue(value).replace(/^= /, "").replace("<", "&lt;");
  return table(
    [
      { title: "random sets" },
      { title: "space" },
      number("V of the set"),
      number("V of random sets"),
      number("t"),
      number("p_t"),
      number("p_empirical"),
      number("shared"),
      { title: "holds" },
    ],
    tests.map((test) => [
      escapeText(test.null),
      escapeText(spaceLabel(test.space)),
      fixed(test.statistic),
      `${fixed(test.null_mean)} ± ${fixed(test.null_sd)}`,
      fixed(test.t, 2),
      p(test.p_t),
      p(test.p_empirical),
      percent(test.mean_overlap),
      test.holds ? "yes" : "no",
    ]),
  );
}

/** The outcome where it is the same in all tests. */
function inWords(tests: readonly SpaceTest[]): string {
  const held = tests.filter(({ holds }) => holds).length;
  if (held === tests.length) {
    return " In plain words: whichever way one looks, the set's genes part " +
      "these tissues better than other genes do.";
  }
  return " In plain words: no way of looking shows the set's genes to part " +
    "these tissues better than other genes do.";
}

/** What the study's spread would have claimed, beside ours. */
function naive(tests: readonly SpaceTest[]): string {
  const known = tests.filter(({ naive_p_t }) => typeof naive_p_t === "number");
  const [first] = known;
  if (first === undefined) return "";
  const claimed =
    known.filter(({ naive_p_t }) => naive_p_t! < significanceLevel).length;
  const ours =
    known.filter(({ p_t }) => p_t !== null && p_t < significanceLevel).length;
  return `**The study's spread.** The study took the spread of k-means ` +
    `restarts within a set for the spread between random sets. By that the p ` +
    `of the t-test in ${escapeText(spaceName(first.space))}, against ` +
    `${escapeText(nullName(first.null))}, would be ` +
    `${pValue(first.naive_p_t).replace(/^= /, "").replace("<", "&lt;")}; it ` +
    `is ${pValue(first.p_t).replace(/^= /, "").replace("<", "&lt;")}. Of ` +
    `${counted(known.length, "test")} it would call ${count(claimed)} ` +
    `significant, where the spread between sets gives ${count(ours)}.`;
}
