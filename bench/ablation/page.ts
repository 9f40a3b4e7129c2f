/** The page of the ablation, in Markdown. */

import { fixed } from "../../lib/cli/numbers.ts";
import { withCommas } from "../../lib/cli/text.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";
import { mean, median } from "../../lib/statistics/describe.ts";
import { formatP } from "../../lib/statistics/format_p.ts";
import type { Ablation, Cell } from "./cell.ts";
import { REFERENCE, variants } from "./variants.ts";

/** Orders that the page knows; more than anyone will measure. */
const MOST_ORDERS = 1000;

/** Formats the page, with the steps that there are. */
export function formatPage({ cells }: Ablation): string {
  const studies = [...new Set(cells.map(({ study }) => study))];
  return [
    "# What the convolution is worth",
    "",
    "Written by `bench/ablation.ts`; do not edit. Networks of one block that " +
    "differ in what they see of a gene's neighbors in the image, trained and " +
    "tested on one split of the samples. Where a cell is a mean, the smallest " +
    "and the largest stand in parentheses.",
    "",
    "- **rate**: of those tried, that of the smallest validation loss under " +
    "the first seed.",
    "- **McNemar**: exact p that the network and the CNN in the file's order " +
    "are right equally often, under the same seed: the median, and the " +
    "smallest of as many as there are networks.",
    "- **first 10, first 50**: known genes among a tissue's first genes, mean " +
    "over the tissues with known genes.",
    "- **shared with the file's order**: of a tissue's first 50 genes, the " +
    "share that the CNN in the file's order under the same seed has among its " +
    "own. **With itself**: the same of two seeds, or of two orders.",
    "- **below, right**: Spearman's correlation of a gene's slope with that " +
    "of the gene below and to the right in the image, mean over tissues; " +
    "**chance** is its standard deviation for random pairs.",
    "- **seconds**: of training and explaining, on two cores that also did " +
    "other work: a rough guide only.",
    "",
    ...studies.flatMap((study) =>
      formatStudy(cells.filter((cell) => cell.study === study), study)
    ),
  ].join("\n");
}

function formatStudy(cells: readonly Cell[], study: string): string[] {
  const [{ settings, testSamples }] = cells;
  const titles = new Map(
    variants(MOST_ORDERS).map(({ id, title }) => [id, title]),
  );
  const rows = [...Map.groupBy(cells, ({ variant }) => titles.get(variant)!)];
  const order = [...new Set(titles.values())];
  rows.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const seeds = new Set(cells.map(({ seed }) => seed));
  return [
    `## ${study}`,
    "",
    `${testSamples} test samples; seeds ${[...seeds].join(", ")}. ` +
    `${32 * settings.width} filters, ${settings.hidden} hidden units, ` +
    `${settings.epochs} epochs; ${settings.draws} draws of up to ` +
    `${settings.perTissue} training samples a tissue.`,
    "",
    "| variant | networks | weights | rate | accuracy | macro F1 | McNemar | " +
    "first 10 | first 50 | shared with the file's order | with itself | " +
    "below | right | chance | seconds |",
    `|${" --- |".repeat(15)}`,
    ...rows.map(([title, own]) => formatRow(title, own, cells)),
    "",
  ];
}

function formatRow(
  title: string,
  own: readonly Cell[],
  all: readonly Cell[],
): string {
  const pairs = own.flatMap((cell) => {
    const reference = all.find((other) =>
      other.variant === REFERENCE && other.seed === cell.seed
    );
    return reference === undefined || reference === cell
      ? []
      : [{ cell, reference }];
  });
  const ps = pairs.map(({ cell, reference }) => mcNemar(cell, reference));
  const itself = own.flatMap((cell, index) =>
    own.slice(index + 1).map((other) => sharedGenes(cell, other))
  );
  const spread = (values: readonly (number | null)[]) =>
    formatSpread(values.filter((value) => value !== null));
  return `| ${
    [
      title,
      withCommas(own.length),
      own[0].weights === null ? "-" : withCommas(own[0].weights),
      own[0].rate === null ? "-" : String(own[0].rate),
      spread(own.map(({ accuracy }) => accuracy)),
      spread(own.map(({ macroF1 }) => macroF1)),
      ps.length === 0
        ? "-"
        : `${shortP(median(ps))} (${shortP(Math.min(...ps))})`,
      spread(own.map(({ first10 }) => first10)),
      spread(own.map(({ first50 }) => first50)),
      spread(
        pairs.map(({ cell, reference }) => sharedGenes(cell, reference)),
      ),
      spread(itself),
      spread(own.map(({ below }) => below)),
      spread(own.map(({ right_neighbor }) => right_neighbor)),
      spread(own.map(({ chanceSd }) => chanceSd).slice(0, 1)),
      fixed(mean(own.map(({ seconds }) => seconds)), 1),
    ].join(" | ")
  } |`;
}

function shortP(p: number): string {
  return formatP(p).replace("= ", "");
}

/** The exact p of two networks on the same test samples. */
export function mcNemar(
  a: Pick<Cell, "right">,
  b: Pick<Cell, "right">,
): number {
  let [onlyA, onlyB] = [0, 0];
  for (let sample = 0; sample < a.right.length; sample++) {
    if (a.right[sample] > b.right[sample]) onlyA++;
    if (a.right[sample] < b.right[sample]) onlyB++;
  }
  return exactMcNemar(onlyA, onlyB);
}

/** The share of a tissue's genes that two lists have; mean over tissues. */
export function sharedGenes(
  a: Pick<Cell, "lists">,
  b: Pick<Cell, "lists">,
): number {
  return mean(
    Object.entries(a.lists).map(([tissue, genes]) => {
      const others = b.lists[tissue] ?? [];
      const longest = Math.max(genes.length, others.length);
      const shared = genes.filter((gene) => others.includes(gene)).length;
      return longest === 0 ? 1 : shared / longest;
    }),
  );
}

function formatSpread(values: readonly number[]): string {
  if (values.length === 0) return "-";
  const middle = fixed(mean(values));
  return values.length === 1
    ? middle
    : `${middle} (${fixed(Math.min(...values))} to ${
      fixed(Math.max(...values))
    })`;
}
