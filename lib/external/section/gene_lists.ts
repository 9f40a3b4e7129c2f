/** What the section says of panels, lists and the set. */

import { fixed, percent } from "../../cli/numbers.ts";
import { withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { formatP } from "../../statistics/format_p.ts";
import {
  type CohortSummary,
  type PanelRow,
  panels as panelsFile,
  replication,
} from "../outputs.ts";

/** How the panels are made and judged. */
export function panelIntroduction({ random, tissues }: CohortSummary): string {
  return `The first genes of each of the ${tissues.length} common tissues make ` +
    "a panel; nearest centroids from the run's training samples predict the " +
    `other cohort, beside ${random} random panels of the same size. Of genes ` +
    "that the other cohort lacks, the next ones take the place. A tissue " +
    "without a list gives none.";
}

/** A row per ranking: the values as they are. */
export function panelTable(
  { replication: titles, random }: CohortSummary,
  panels: readonly PanelRow[],
): string {
  const shown = panels.filter(({ values }) => values === "as_is");
  const depths = [...new Set(shown.map((row) => row.genes_a_tissue))];
  const title = (name: string) =>
    titles.find(({ ranking }) => ranking === name)?.title ?? name;
  if (shown.length === 0) return "No ranking has a gene of the other cohort.";
  return paragraphs(
    "Macro F1 by genes a tissue, with the values as they are; in brackets the " +
      "share of random panels that score as high (p, adjusted by Holm over " +
      `the sizes of a ranking; at least ${
        fixed(depths.length / (1 + random), 2)
      }):`,
    table(
      [
        { title: "ranking" },
        ...numberColumns(...depths.map(String)),
      ],
      [...Map.groupBy(shown, ({ ranking }) => ranking)].map(([name, own]) => [
        escapeText(title(name)),
        ...depths.map((depth) => {
          const row = own.find((each) => each.genes_a_tissue === depth);
          return row === undefined
            ? ""
            : `${fixed(row.macro_f1, 2)} (${fixed(row.adjusted_p, 2)})`;
        }),
      ]),
    ),
    `The other values, sizes and random means are in ${code(panelsFile.file)}.`,
  );
}

/** What is counted of the lists. */
export function listIntroduction(): string {
  return "A gene that belongs to a tissue is higher there in another cohort, " +
    "too. Up: its mean in the tissue is above the mean of the other common " +
    "tissues' means; two-fold: by more than 1, in log2; significant: by " +
    "Welch's t against all other samples, one-sided, with p from shuffles of " +
    "the samples, at a false discovery rate of 5 %. Random genes: as many genes " +
    "with similar mean expression in the run. Shares are means over the tissues in which every ranking has a list. Up alone " +
    "says little where tissues have many genes in common.";
}

/** A row per ranking and depth. */
export function listTable(
  { replication: rows, set_ranks }: CohortSummary,
): string {
  const shares = (
    found: CohortSummary["replication"][number]["found"],
  ) => [
    percent(found?.up),
    percent(found?.up_twofold),
    found === null || found.significant === null
      ? "not tested"
      : percent(found.significant),
  ];
  return paragraphs(
    table(
      [
        { title: "ranking" },
        ...numberColumns(
          "first genes",
          "genes looked at",
          "tissues",
          "up",
          "two-fold",
          "significant",
          "random genes: up",
          "two-fold",
          "significant",
        ),
      ],
      rows.filter(({ found }) => found !== null).map((row) => [
        escapeText(row.title),
        withCommas(row.first) +
        (row.first === set_ranks ? " (the set's ranks)" : ""),
        withCommas(row.genes),
        withCommas(row.tissues),
        ...shares(row.found),
        ...shares(row.expected),
      ]),
    ),
    `Each tissue is in ${code(replication.file)}.`,
  );
}

/** How the SHAP set clusters the other cohort. */
export function setPart({ set, random, tissues }: CohortSummary): string {
  if (set === null) {
    return "The other cohort has none of the SHAP set's genes.";
  }
  const row = (title: string, score: typeof set.ami) => [
    title,
    fixed(score.value),
    fixed(score.random_mean),
    formatP(score.p),
  ];
  return paragraphs(
    `K-means with ${tissues.length} clusters on the ${
      withCommas(set.genes_found)
    } genes of the SHAP set (of ${withCommas(set.genes)}) that the other ` +
      `cohort has, beside ${random} random sets of that size:`,
    table(
      [
        { title: "agreement of clusters and tissues" },
        ...numberColumns("SHAP set", "random sets, mean", "empirical p"),
      ],
      [
        row("V-measure", set.v_measure),
        row("adjusted mutual information", set.ami),
        row("adjusted Rand index", set.ari),
      ],
    ),
  );
}
