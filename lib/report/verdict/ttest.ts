/** The verdict on the test against random gene sets. */

import type { Findings } from "../findings.ts";
import { significanceLevel } from "../findings/levels.ts";
import { holds, type TestFindings } from "../findings/ttest.ts";
import { escapeText } from "../markdown.ts";
import { count, counted, fixed, pValue } from "../numbers.ts";
import { spaceName } from "../space_names.ts";
import { spacesVerdict } from "./spaces.ts";

/**
 * What the tests show, and what they do not.
 *
 * @param found The run's results; without a test it has nothing to say.
 */
export function testVerdict(found: Findings): string[] {
  return found.ttest === undefined ? [] : [
    ...unequalSizes(found),
    ...outcomeInWords(found.ttest, adjusted(found)),
  ];
}

/** Says if the test compares sets of unlike size. */
function unequalSizes({ ttest, gene_set }: Findings): string[] {
  if (!ttest || !gene_set || ttest.genes === gene_set.genes) return [];
  return [
    `**The test is not a fair one:** its random sets hold ` +
    `${counted(ttest.genes, "gene")}, the gene set ${count(gene_set.genes)}. ` +
    `Read "of its size" below with that in mind.`,
  ];
}

/** The outcome in each space, and its limits. */
function outcomeInWords(found: TestFindings, adjusted: string): string[] {
  const space = escapeText(spaceName(found.space));
  const oneSpace = (found.tests ?? []).every((test) =>
    test.space === found.space
  );
  const scores = `mean V-measure in ${space} is ${fixed(found.statistic)} ` +
    `against ${fixed(found.null_mean)} ± ${fixed(found.null_sd)} ` +
    `(mean ± sd of ${counted(found.sets, "random set")} of ` +
    `${counted(found.genes, "gene")})`;
  const test = `t ${equals(found.t)}, df = ${count(found.df)}, one-tailed ` +
    `p\\_t ${pValue(found.p_t)}, p\\_empirical ${pValue(found.p_empirical)}`;
  const hypothesis = "Null hypothesis: the set's mean V-measure is one more " +
    "draw from the distribution of random gene sets of its size.";
  return [
    `${outcome(found)}: its ${scores}, ${effect(found.z)}.${rivals(found)} ` +
    `${test}. ${hypothesis}${barely(found)}`,
    ...spacesVerdict(found),
    ...(adjusted === "" ? [] : [adjusted]),
    `What this does not show: that any one gene is specific to a tissue, that ` +
    `the genes cause a tissue's identity, or that the result holds in other ` +
    `samples${
      oneSpace ? ` or outside ${space}` : ""
    }. The genes were ranked on the very samples ` +
    `that test them, which favors the set. ${
      holds(found)
        ? "A small p says that few random sets separate the tissues as well, not that the difference is large."
        : "A large p does not show that the set is no better than random ones, only that this test could not tell."
    }`,
  ];
}

/** The test's outcome, with the case that the two p-values disagree. */
function outcome(found: TestFindings): string {
  const { p_t, p_empirical } = found;
  if (p_t === null || p_empirical === null) {
    return "Whether the gene set separates the tissues better than random " +
      "sets of its size could not be computed (the null distribution has no spread)";
  }
  const least = 1 / (found.sets + 1);
  const small = [p_t, p_empirical].map((p) => p < significanceLevel);
  if (small[0] && small[1]) {
    return "The gene set separates the tissues **better** than random sets of its size";
  }
  if (small[0] !== small[1]) {
    const why = least >= significanceLevel
      ? ` (${
        counted(found.sets, "random set")
      } cannot give a p\\_empirical below ${fixed(least)}; draw more)`
      : "";
    return `The two p-values disagree on whether the gene set separates the tissues better than random sets of its size, so it is **not shown**${why}`;
  }
  return "It is **not shown** that the gene set separates the tissues better than random sets of its size";
}

/** The scores that chance does not raise, as V-measures may mislead. */
function adjusted({ clusters = [], ttest }: Findings): string {
  const amiOf = (set: string) =>
    clusters.find(({ gene_set, space }) =>
      gene_set === set && space === ttest?.space
    )?.ami;
  const own = amiOf("shap");
  const all = amiOf("all");
  if (typeof own !== "number" || typeof all !== "number") return "";
  return "V-measure is high by chance where clusters are small. AMI, which is " +
    `0 on average for a random grouping and 1 for the tissues themselves, is ` +
    `${fixed(own)} for the gene set and ${fixed(all)} for all genes.`;
}

/** How many random sets do as well. */
function rivals({ as_high, sets }: TestFindings): string {
  if (as_high === null) return "";
  return ` ${as_high === 0 ? "None" : count(as_high)} of the ${
    counted(sets, "random set")
  } ${as_high > 1 ? "do" : "does"} as well or better.`;
}

/** Says that a p just below the level is weak evidence. */
function barely(found: TestFindings): string {
  const larger = Math.max(found.p_t ?? 1, found.p_empirical ?? 1);
  // With few sets p_empirical cannot be small: then it tells of their number.
  const least = 1 / (found.sets + 1);
  return holds(found) && larger >= significanceLevel / 2 && larger > least
    ? ` **The evidence is weak:** p is close to ${significanceLevel}, and ` +
      "another split or another embedding could tip it."
    : "";
}

/** The size of the effect in words, in standard deviations of random sets. */
function effect(z: number | null): string {
  if (z === null) return "an effect that is not defined";
  const size = `${fixed(Math.abs(z), 1)} standard deviations of random sets ` +
    (z < 0 ? "below" : "above") + " their mean";
  const word = Math.abs(z) < 1
    ? "well within the spread of random sets"
    : Math.abs(z) < 2
    ? "at the edge of the spread of random sets"
    : Math.abs(z) < 4
    ? "outside the usual spread of random sets"
    : "far outside the spread of random sets";
  return `${size}: ${word}`;
}

/** `= 1.234`, or that it is not defined. */
function equals(value: number | null): string {
  return value === null ? "is not defined" : `= ${fixed(value)}`;
}
