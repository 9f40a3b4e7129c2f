/** The report's part on what the rankings have in common. */

import { fixed } from "../../cli/numbers.ts";
import { countOf, joined, withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { agreement, coreGenes, type CoreSummary } from "../core/outputs.ts";

/**
 * Core genes and how far the rankings agree.
 *
 * @param titles Of the rankings, by name.
 * @param figures In Markdown: intersections, agreement.
 */
export function corePart(
  core: CoreSummary | null,
  titles: ReadonlyMap<string, string>,
  figures: readonly string[],
): string {
  return paragraphs(
    "### Core genes",
    core === null
      ? `Not looked for: fewer than two of the rankings of ${
        code("--genesets.core")
      } were made, or none was asked for.`
      : coreText(core, titles),
    ...figures,
    `How far each two rankings agree is in ${
      code(agreement.file)
    }: Jaccard's ` +
      "index of the first genes, and Spearman's correlation over all genes " +
      "that are higher in the tissue, where genes that a ranking does not " +
      "list tie at its end. Rankings of the same samples agree because the " +
      "samples are the same: that they agree does not show that they are right.",
  );
}

function coreText(
  core: CoreSummary,
  titles: ReadonlyMap<string, string>,
): string {
  const { rankings, depth, tissues, set_size, set_genes, set_expected } = core;
  const named = joined(
    rankings.map((name) => escapeText(titles.get(name) ?? name)),
  );
  const sum = tissues.reduce((sum, { genes }) => sum + genes, 0);
  return paragraphs(
    `A core gene of a tissue is among the first ${
      countOf(depth, "gene")
    } of the tissue by each of ${named}: ${countOf(sum, "gene")} in ${
      countOf(tissues.length, "tissue")
    }. In sets of ${countOf(set_size, "gene")} made from each of them, ` +
      `whatever the tissue, ${withCommas(set_genes)} are common to all; ` +
      `random sets would share ${small(set_expected)}.` +
      withoutCore(tissues),
    table(
      [
        { title: "tissue" },
        ...numberColumns("core genes", "random lists would share"),
      ],
      tissues.map(({ tissue, genes, expected }) => [
        escapeText(tissue),
        withCommas(genes),
        small(expected),
      ]),
    ),
    `${code(coreGenes.file)} lists them, the best first.`,
  );
}

function small(expected: number): string {
  return expected < 0.05 ? "fewer than 0.1" : fixed(expected, 1);
}

/** Tissues without a core gene, by the reason. */
function withoutCore(tissues: CoreSummary["tissues"]): string {
  const without = tissues.filter(({ genes }) => genes === 0);
  const said = (
    some: CoreSummary["tissues"],
    reason: string,
  ) =>
    some.length === 0
      ? ""
      : ` **No core gene in ${
        joined(some.map(({ tissue }) => escapeText(tissue)))
      }**: ${reason}.`;
  return said(
    without.filter(({ expected }) => expected > 0),
    "there these rankings begin with different genes",
  ) + said(
    without.filter(({ expected }) => expected === 0),
    "there one of these rankings lists no gene",
  );
}
