/** The part on whether another network would name the same genes. */

import { withCommas } from "../../cli/text.ts";
import { escapeText, paragraphs } from "../../report/markdown.ts";
import { fixed, percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import type { ShapFindings } from "../../shap/section/findings.ts";
import { mean } from "../../statistics/describe.ts";

/** From these overlaps on, two networks name much the same genes, or most. */
const MUCH_THE_SAME = 0.8;
const MOST = 0.5;

/** Below so many times the overlap of chance, networks have little in common. */
export const TIMES_CHANCE = 2;

/** How well the networks of the ensemble agree. */
export function networksPart(
  { summary, stability }: ShapFindings,
): string {
  const title = "### Another network";
  const found = summary.networks_stability;
  if (!found) {
    return paragraphs(
      title,
      "Not done: the run has one network, so it is not known whether another " +
        "one, trained with other random numbers, would name the same genes. " +
        `${withFlag("--cnn.ensemble 3")} trains three.`,
    );
  }
  const networks = `${withCommas(found.ensemble)} networks`;
  return paragraphs(
    title,
    `Training begins with random numbers. ${networks} were trained that ` +
      `differ in nothing else. On average two of them share ` +
      `**${percent(found.overlap)}** of each tissue's ` +
      `${withCommas(found.top)} best genes (two unrelated rankings would ` +
      `share ${percent(found.chance_overlap)})` +
      (found.top > 10
        ? `, and ${percent(found.overlap_top_10)} of the 10 best (by chance ` +
          `${percent(10 / found.top * found.chance_overlap)})`
        : "") +
      `. The rank correlation (Spearman) over all genes is ` +
      `${fixed(found.spearman, 2)}, where 1 is the same order and 0 is ` +
      `chance.${byTissue(stability)}`,
    `In plain words: ${inWords(found)} The scores of this report are means ` +
      `over the ${networks}, and so more stable than those of a single one.`,
  );
}

/** What the overlap means to someone who reads the list of genes. */
function inWords(
  { overlap, chance_overlap }: { overlap: number; chance_overlap: number },
): string {
  if (overlap >= MUCH_THE_SAME) {
    return "another network names much the same genes.";
  }
  if (overlap >= MOST) {
    return "another network names most of the best genes again, but a good " +
      "part depends on the random numbers of one training.";
  }
  return overlap > TIMES_CHANCE * chance_overlap
    ? "**most of a single network's best genes depend on the random numbers " +
      "of its training**, although the networks agree more than by chance. " +
      "Do not rely on any single gene."
    : "**one network's best genes hardly predict another's.** Do not " +
      "rely on any gene of this list.";
}

/** The tissues that agree least and most. */
function byTissue(stability: ShapFindings["stability"]): string {
  const overlaps = Map.groupBy(
    stability.filter(({ source }) => source === "networks"),
    ({ tissue }) => tissue,
  );
  if (overlaps.size < 2) return "";
  const means = [...overlaps].map(([tissue, rows]) => ({
    tissue: escapeText(tissue),
    overlap: mean(rows.map(({ overlap }) => overlap)),
  })).sort((a, b) => a.overlap - b.overlap);
  const [least, most] = [means[0], means[means.length - 1]];
  return ` By tissue the overlap is between ${percent(least.overlap)} ` +
    `(${least.tissue}) and ${percent(most.overlap)} (${most.tissue}).`;
}
