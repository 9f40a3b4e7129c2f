/** The verdict in words: what a reader should take home. */

import { taskCommand } from "./commands.ts";
import type { Findings, NetworkFindings, TestFindings } from "./findings.ts";
import { significanceLevel } from "./findings.ts";
import { code, escapeText } from "./markdown.ts";
import { count, counted, fixed, percent, pValue } from "./numbers.ts";

/**
 * Puts the results into plain sentences.
 *
 * @param found The run's results.
 * @param folder The run's folder as a user types it, for the commands.
 * @returns Markdown, a paragraph or list item each: first what makes the
 * results weak, then the results, then what is missing or out of date.
 *
 * @example
 * ```ts
 * import { verdict } from "./verdict.ts";
 * const [first] = verdict({
 *   samples: 4,
 *   genes: 9,
 *   tissues: 2,
 *   test_samples: 2,
 *   test_samples_per_tissue: 1,
 *   few_test_samples: true,
 *   outdated: [],
 * }, "reports/demo");
 * console.assert(first.includes("decide little"));
 * ```
 */
export function verdict(found: Findings, folder: string): string[] {
  return [
    ...(found.few_test_samples ? [fewSamples(found)] : []),
    ...found.outdated.map(({ stage, behind }) =>
      `**Out of date:** ${escapeText(stage)} is older than ` +
      `${behind.map(escapeText).join(" and ")}: it was made from an earlier ` +
      `state. ${code(taskCommand(stage, folder))} brings it up to date.`
    ),
    `The matrix holds ${counted(found.samples, "sample")} and ` +
    `${counted(found.genes, "gene")} of ${counted(found.tissues, "tissue")}; ` +
    `${counted(found.test_samples, "sample")} ` +
    `${found.test_samples === 1 ? "was" : "were"} held out as the test part.`,
    found.network
      ? networkVerdict(found.network, found.test_samples)
      : found.test_samples === 0
      ? "Whether the network tells the tissues apart is not known: there is no test sample."
      : missing("The network has not been trained", "cnn", folder),
    found.gene_set
      ? geneSetVerdict(found.gene_set)
      : missing("The network has not been explained", "shap", folder),
    ...(found.clusters ? [] : [
      missing("The gene sets have not been clustered", "clusters", folder),
    ]),
    ...(found.ttest
      ? [...unequalSizes(found), ...testVerdict(found.ttest)]
      : [missing("The gene set has not been tested", "ttest", folder)]),
  ];
}

/** Says that the test part is too small to lean on. */
function fewSamples(found: Findings): string {
  return `**So few points decide little:** the test part has ` +
    `${counted(found.test_samples, "sample")} for ` +
    `${counted(found.tissues, "tissue")}, ` +
    `${fixed(found.test_samples_per_tissue, 1)} a tissue on average. ` +
    `One sample more or less right changes every score below.`;
}

/** Whether the network is worth its cost. */
function networkVerdict(found: NetworkFindings, testSamples: number): string {
  const scores = `macro F1 on the test samples is ${fixed(found.macro_f1)} ` +
    `for the network, ${fixed(found.nearest_centroid_macro_f1)} for nearest ` +
    `centroids and ${fixed(found.five_nearest_neighbours_macro_f1)} for five ` +
    `nearest neighbours`;
  if (found.against_baselines === "worse") {
    return `The network does **not** earn its keep: ${scores}. A simple ` +
      `classifier tells these tissues apart better.`;
  }
  if (found.against_baselines === "same") {
    return `The network does **not** earn its keep: ${scores}. A simple ` +
      `classifier does as well.`;
  }
  const more = found.more_samples_right;
  const error = found.standard_error_of_samples_right;
  const surplus = more > 0
    ? ` It gets ${count(more)} more of ${count(testSamples)} test samples ` +
      `right than the more accurate of them${
        more < 2 * error ? ", a difference that may be chance" : ""
      }.`
    : " It gets no more test samples right than the more accurate of them; " +
      "the gain is in the small tissues.";
  return `The network is better than the simple classifiers: ${scores}.` +
    surplus;
}

/** How large the set is, and whether it can be called specific. */
function geneSetVerdict(
  found: NonNullable<Findings["gene_set"]>,
): string {
  return `The cut after rank ${count(found.listed_ranks)} gives a set of ` +
    `${counted(found.genes, "gene")} of ${count(found.of)} ` +
    `(${percent(found.share)}).` +
    (found.share > 0.5
      ? " That is more than half of all genes: such a set is hardly specific."
      : "");
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

/** What the test against random sets shows, and what it does not. */
function testVerdict(found: TestFindings): string[] {
  const space = escapeText(spaceName(found.space));
  const scores = `mean V-measure in ${space} is ${fixed(found.statistic)} ` +
    `against ${fixed(found.null_mean)} ± ${fixed(found.null_sd)} ` +
    `(mean ± sd of ${counted(found.sets, "random set")} of ` +
    `${counted(found.genes, "gene")})`;
  const test = `t ${equals(found.t)}, df = ${count(found.df)}, one-tailed ` +
    `p\\_t ${pValue(found.p_t)}, p\\_empirical ${pValue(found.p_empirical)}`;
  const hypothesis = "Null hypothesis: the set's mean V-measure is one more " +
    "draw from the distribution of random gene sets of its size.";
  return [
    `${outcome(found)}: its ${scores}, ${effect(found.z)}. ` +
    `${test}. ${hypothesis}`,
    `What this does not show: that any one gene is specific to a tissue, that ` +
    `the genes cause a tissue's identity, or that the result holds in other ` +
    `samples. ${
      shown(found)
        ? "A small p says that the separation is unlikely to be luck, not that it is large."
        : "A large p does not show that the set is as good as random, only that this test could not tell."
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

/** Whether both p-values are below the level. */
function shown({ p_t, p_empirical }: TestFindings): boolean {
  return p_t !== null && p_empirical !== null &&
    p_t < significanceLevel && p_empirical < significanceLevel;
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

/**
 * A space's name in words.
 *
 * @param space As in `clusters/scores.csv`.
 *
 * @example
 * ```ts
 * import { spaceName } from "./verdict.ts";
 * console.assert(spaceName("umap") === "UMAP space");
 * ```
 */
export function spaceName(space: string): string {
  const names = new Map([
    ["umap", "UMAP space"],
    ["pca", "principal component space"],
    ["genes", "gene space"],
  ]);
  return names.get(space) ?? space;
}

/** Says what is missing and the command that makes it. */
function missing(what: string, task: string, folder: string): string {
  return `**Missing:** ${what.charAt(0).toLowerCase()}${what.slice(1)}; ` +
    `${code(taskCommand(task, folder))} does it.`;
}
