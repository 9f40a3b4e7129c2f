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
 * @param commandOf The command that brings a stage up to date.
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
export function verdict(
  found: Findings,
  folder: string,
  commandOf = (stage: string) => taskCommand(stage, folder),
): string[] {
  return [
    ...(found.few_test_samples ? [fewSamples(found)] : []),
    ...found.outdated.map(({ stage, behind }) =>
      `**Out of date:** ${escapeText(stage)} is older than ` +
      `${behind.map(escapeText).join(" and ")}: it was made from an earlier ` +
      `state. ${code(commandOf(stage))} brings it up to date.`
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
      ? [...unequalSizes(found), ...testVerdict(found.ttest, adjusted(found))]
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
      `classifier scores higher.${deficit(found, testSamples)}`;
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
  return `The network scores higher than the simple classifiers: ${scores}.` +
    surplus;
}

/** How many samples the network is behind, where it is. */
function deficit(found: NetworkFindings, testSamples: number): string {
  const fewer = -found.more_samples_right;
  if (fewer <= 0) return "";
  return ` The network gets ${count(fewer)} fewer of ${count(testSamples)} ` +
    `test samples right than the more accurate of them${
      fewer < 2 * found.standard_error_of_samples_right
        ? ", a difference that may be chance"
        : ""
    }.`;
}

/** How large the set is, and whether it can be called specific. */
function geneSetVerdict(
  found: NonNullable<Findings["gene_set"]>,
): string {
  const { planted } = found;
  return `The ${counted(found.listed_ranks, "best gene")} of each tissue, by ` +
    `the cut, make a set of ${counted(found.genes, "gene")} of ` +
    `${count(found.of)} (${percent(found.share)}).` +
    (found.share > 0.5
      ? " That is more than half of all genes: such a set is hardly specific."
      : "") +
    (planted
      ? ` It holds ${percent(planted.recall_in_set)} of the planted genes, ` +
        `where chance would give ${percent(found.share)}; of a tissue's 10 ` +
        `best genes ${percent(planted.precision_at_10)} were planted in it.`
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
function testVerdict(found: TestFindings, adjusted: string): string[] {
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
    `${outcome(found)}: its ${scores}, ${effect(found.z)}.${rivals(found)} ` +
    `${test}. ${hypothesis}${barely(found)}`,
    ...(adjusted === "" ? [] : [adjusted]),
    `What this does not show: that any one gene is specific to a tissue, that ` +
    `the genes cause a tissue's identity, or that the result holds in other ` +
    `samples or outside ${space}. The genes were ranked on the very samples ` +
    `that test them, which favours the set. ${
      shown(found)
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
  return shown(found) && larger >= significanceLevel / 2 && larger > least
    ? ` **The evidence is weak:** p is close to ${significanceLevel}, and ` +
      "another split or another embedding could tip it."
    : "";
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
