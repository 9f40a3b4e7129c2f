/** The verdict in words: what a reader should take home. */

import { taskCommand } from "./commands.ts";
import type { Findings } from "./findings.ts";
import { code, escapeText } from "./markdown.ts";
import { counted, fixed } from "./numbers.ts";
import { beliefVerdict } from "./verdict/belief.ts";
import { geneSetVerdict } from "./verdict/gene_set.ts";
import { networkVerdict } from "./verdict/network.ts";
import { testVerdict } from "./verdict/ttest.ts";

/**
 * Puts the results into plain sentences.
 *
 * @param found The run's results.
 * @param folder The run's folder as a user types it, for the commands.
 * @param commandOf The command that brings a stage up to date.
 * @returns Markdown, a paragraph or list item each: first what makes the
 * results weak, then the results, then what is missing or out of date.
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
    tested(found),
    found.network
      ? networkVerdict(found.network, found.test_samples)
      : found.test_samples === 0
      ? "Whether the network tells the tissues apart is not known: there is no test sample."
      : missing("The network has not been trained", "cnn", folder),
    found.gene_set
      ? geneSetVerdict(found.gene_set)
      : missing("The network has not been explained", "shap", folder),
    ...beliefVerdict(found),
    ...(found.clusters ? [] : [
      missing("The gene sets have not been clustered", "clusters", folder),
    ]),
    ...(found.ttest
      ? testVerdict(found)
      : [missing("The gene set has not been tested", "ttest", folder)]),
  ];
}

/** Which samples tell how good the network is. */
function tested({ test_samples, folds }: Findings): string {
  const samples = counted(test_samples, "sample");
  const one = test_samples === 1;
  return folds > 1
    ? `${samples} ${one ? "was" : "were"} tested in ${
      counted(folds, "fold")
    }, ` +
      `each by networks that had not seen it.`
    : `${samples} ${one ? "was" : "were"} held out as the test part.`;
}

/** Says that the test part is too small to lean on. */
function fewSamples(found: Findings): string {
  return `**So few points decide little:** the test part has ` +
    `${counted(found.test_samples, "sample")} for ` +
    `${counted(found.tissues, "tissue")}, ` +
    `${fixed(found.test_samples_per_tissue, 1)} a tissue on average. ` +
    `One sample more or less right changes every score below.`;
}

/** Says what is missing and the command that makes it. */
function missing(what: string, task: string, folder: string): string {
  return `**Missing:** ${what.charAt(0).toLowerCase()}${what.slice(1)}; ` +
    `${code(taskCommand(task, folder))} does it.`;
}
