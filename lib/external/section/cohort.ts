/** The section's text and tables. */

import { fixed, percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import type { RunReport } from "../../report/run_report.ts";
import { formatP } from "../../statistics/format_p.ts";
import {
  CLASSIFIER_TITLES,
  classifierNames,
  VIEW_TITLES,
  viewNames,
} from "../names.ts";
import {
  type CohortSummary,
  type PanelRow,
  panels as panelsFile,
  panelsFigure,
  predictions,
  replication,
  replicationFigure,
  samples as samplesFile,
} from "../outputs.ts";
import { macroF1 } from "./findings.ts";

/** Tissues that a sentence names. */
const NAMED = 8;

/** Writes the section of a run with another cohort. */
export function cohortPart(
  cohort: CohortSummary,
  panels: readonly PanelRow[],
  run: Pick<RunReport, "figure">,
): string {
  return paragraphs(
    introduction(cohort),
    "### The classifiers",
    scoreTable(cohort),
    howAdapted(),
    tissueTable(cohort),
    "### Small panels",
    panelIntroduction(cohort),
    run.figure(panelsFigure.file),
    panelTable(cohort, panels),
    "### The lists",
    listIntroduction(),
    run.figure(replicationFigure.file),
    listTable(cohort),
    "### The set",
    setPart(cohort),
  );
}

function introduction(cohort: CohortSummary): string {
  const left = [
    ...cohort.samples_of_other_tissues > 0
      ? [
        `${countOf(cohort.samples_of_other_tissues, "sample")} of ${
          countOf(cohort.tissues_not_in_run.length, "tissue")
        } that the run lacks`,
      ]
      : [],
    ...cohort.samples_without_tissue > 0
      ? [`${countOf(cohort.samples_without_tissue, "sample")} without a tissue`]
      : [],
    ...cohort.samples_without_values > 0
      ? [
        `${
          countOf(cohort.samples_without_values, "sample")
        } without measured values`,
      ]
      : [],
  ];
  const missing = cohort.genes_in_run - cohort.genes_found;
  return `${code(cohort.file)} holds ${
    countOf(cohort.samples_read, "sample")
  } that no part of the run has seen. ${
    withCommas(cohort.samples)
  } of them are judged: ` +
    cohort.tissues.slice(0, NAMED).map(({ tissue, there, samples }) =>
      `${escapeText(tissue)} ${withCommas(samples)}` +
      (there.length === 1 && there[0] === tissue
        ? ""
        : ` (there ${there.map(escapeText).join(", ")})`)
    ).join(", ") +
    (cohort.tissues.length > NAMED ? ", ..." : "") +
    (left.length > 0 ? `; left out are ${left.join(", ")}` : "") + ". " +
    (cohort.tissues_not_there.length > 0
      ? `It lacks ${
        countOf(cohort.tissues_not_there.length, "tissue")
      } of the run. `
      : "") +
    `It has ${withCommas(cohort.genes_found)} of the run's ` +
    `${countOf(cohort.genes_in_run, "gene")}, matched by ` +
    `${cohort.matched_by}` +
    (missing > 0
      ? `; the networks are given the mean of the run's training samples for ` +
        `the other ${
          withCommas(missing)
        }, and the simple classifiers, panels ` +
        "and lists go without them"
      : "") +
    `. Its values were normalized and transformed as the run's, and nothing ` +
    `was estimated anew. Each sample is in ${code(samplesFile.file)}.`;
}

function scoreTable(cohort: CohortSummary): string {
  const hasOthers = cohort.tissues_not_there.length > 0;
  const kinds = hasOthers ? ["all", "common"] : ["all"];
  return paragraphs(
    `Macro F1 over the common tissues. The networks' is by their mean ` +
      `probability (${
        countOf(cohort.networks, "network")
      }); ridge and nearest centroids learned from ${
        countOf(cohort.training_samples, "sample")
      } of the run and all common genes. Always the commonest tissue would ` +
      `give ${fixed(cohort.majority_macro_f1)}.`,
    table(
      [
        { title: "values of the other cohort" },
        ...hasOthers ? [{ title: "tissues that may be given" }] : [],
        ...numberColumns(
          ...classifierNames.map((name) => CLASSIFIER_TITLES[name]),
        ),
      ],
      viewNames.flatMap((view) =>
        kinds.map((kind) => [
          VIEW_TITLES[view],
          ...hasOthers
            ? [kind === "all" ? "all of the run" : "the common ones"]
            : [],
          ...classifierNames.map((name) =>
            fixed(macroF1(cohort, name, view, kind))
          ),
        ])
      ),
    ),
  );
}

function howAdapted(): string {
  return "Laboratories and libraries shift genes. Centered: each gene's mean " +
    "over the other cohort's judged samples is moved to its mean over the " +
    "run's training samples of the same tissues. That looks at no tissue of " +
    "the other cohort, and is right only if both have like shares of the " +
    "tissues. Centered by tissue: the mean of the tissues' means is moved. " +
    "**That looks at the other cohort's tissues**, and is no prediction: it " +
    "says what could be had if the shift were known. Each prediction is in " +
    `${code(predictions.file)}.`;
}

function tissueTable(cohort: CohortSummary): string {
  const of = (classifier: string) =>
    cohort.scores.find((each) =>
      each.classifier === classifier && each.values === "as_is"
    )!.tissues;
  const [networks, ridge] = [of("networks"), of("ridge")];
  return paragraphs(
    "Each tissue, with the values as they are:",
    table(
      [
        { title: "tissue" },
        ...numberColumns(
          "samples",
          "recall of the networks",
          "precision",
          "F1",
          "F1 of ridge",
        ),
      ],
      networks.map(({ tissue, support, recall, precision, f1 }, index) => [
        escapeText(tissue),
        withCommas(support),
        fixed(recall, 2),
        fixed(precision, 2),
        fixed(f1, 2),
        fixed(ridge[index].f1, 2),
      ]),
    ),
  );
}

function panelIntroduction({ random, tissues }: CohortSummary): string {
  return `The first genes of each of the ${tissues.length} common tissues make ` +
    "a panel; nearest centroids from the run's training samples predict the " +
    `other cohort, beside ${random} random panels of the same size. Of genes ` +
    "that the other cohort lacks, the next ones take the place. A tissue " +
    "without a list gives none.";
}

/** A row per ranking: the values as they are. */
function panelTable(
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
      "share of random panels that score as high (p, at least " +
      `${fixed(1 / (1 + random), 2)}):`,
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
            : `${fixed(row.macro_f1, 2)} (${fixed(row.p, 2)})`;
        }),
      ]),
    ),
    `The other values, sizes and random means are in ${code(panelsFile.file)}.`,
  );
}

function listIntroduction(): string {
  return "A gene that belongs to a tissue is higher there in another cohort, " +
    "too. Up: its mean in the tissue is above the mean of the other common " +
    "tissues' means; two-fold: by more than 1, in log2; significant: one-sided " +
    "Welch's t against all other samples, at a false discovery rate of 5 %. " +
    "Random genes: as many genes of like mean expression in the run. Shares " +
    "are means over the tissues with a list. Up alone says little where tissues have many " +
    "genes in common.";
}

function listTable({ replication: rows, set_ranks }: CohortSummary): string {
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
        ...shares(row.found),
        ...shares(row.expected),
      ]),
    ),
    `Each tissue is in ${code(replication.file)}.`,
  );
}

function setPart({ set, random, tissues }: CohortSummary): string {
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
