/** Whether another network would name the same genes. */

import type { GeneSetFindings } from "../../findings/gene_set.ts";
import { escapeText, paragraphs } from "../../markdown.ts";
import { count, fixed, mean, percent } from "../../numbers.ts";
import type { RunFiles } from "../../run_files.ts";
import type { NetworksStability } from "../../stage_files.ts";
import { withFlag } from "../parts.ts";

/**
 * Writes the part on the stability between networks.
 */
export function networksPart(
  run: Pick<RunFiles, "shap">,
  set: GeneSetFindings,
): string {
  const title = "### Another network";
  const found = set.networks_stability;
  if (!found) {
    return paragraphs(
      title,
      "Not done: the run has one network, so whether another one, trained " +
        "from other random numbers, would name the same genes is not known. " +
        `${withFlag("--cnn.replicates 3")} trains three.`,
    );
  }
  return paragraphs(
    title,
    `Training begins with random numbers. ${
      count(found.replicates)
    } networks ` +
      `were trained that differ in nothing else. On average two of them ` +
      `share **${percent(found.overlap)}** of each tissue's ` +
      `${count(found.top)} best genes (two rankings that have nothing in ` +
      `common would share ${percent(found.chance_overlap)})` +
      (found.top > 10
        ? `, and ${percent(found.overlap_top_10)} of the 10 best (by chance ` +
          `${percent(10 / set.of)})`
        : "") +
      `. The rank correlation (Spearman) over all genes is ` +
      `${fixed(found.spearman, 2)}, where 1 is the same order and 0 is ` +
      `chance.${byTissue(run)}`,
    `In plain words: ${inWords(found)} The scores of this report are means ` +
      `over the ${count(found.replicates)} networks, and so steadier than ` +
      `those of any one.`,
  );
}

/** What the overlap means to someone who reads the list of genes. */
function inWords({ overlap, chance_overlap }: NetworksStability): string {
  if (overlap >= 0.8) return "another network names much the same genes.";
  if (overlap >= 0.5) {
    return "most of the best genes come again with another network, but a " +
      "good part is the luck of one training.";
  }
  return overlap > 2 * chance_overlap
    ? "**most of a single network's best genes are the luck of one training**, " +
      "although the networks agree more than by chance. Do not lean on " +
      "any one gene."
    : "**one network's best genes say next to nothing of another's.** Do not " +
      "lean on any gene of this list.";
}

/** The tissues that agree least and most. */
function byTissue({ shap }: Pick<RunFiles, "shap">): string {
  const overlaps = new Map<string, number[]>();
  for (const { source, tissue, overlap } of shap?.stability ?? []) {
    if (source !== "networks") continue;
    overlaps.set(tissue, [...(overlaps.get(tissue) ?? []), Number(overlap)]);
  }
  if (overlaps.size < 2) return "";
  const means = [...overlaps].map(([tissue, values]) => ({
    tissue: escapeText(tissue),
    overlap: mean(values),
  })).sort((a, b) => a.overlap - b.overlap);
  const least = means[0];
  const most = means[means.length - 1];
  return ` By tissue the overlap goes from ${percent(least.overlap)} ` +
    `(${least.tissue}) to ${percent(most.overlap)} (${most.tissue}).`;
}
