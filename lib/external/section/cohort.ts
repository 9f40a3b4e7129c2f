/** The section: what was read and matched, the scores, and the rest. */

import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import type { RunReport } from "../../report/run_report.ts";
import {
  CLASSIFIER_TITLES,
  classifierNames,
  VIEW_TITLES,
  viewNames,
} from "../names.ts";
import {
  type CohortSummary,
  type PanelRow,
  panelsFigure,
  predictions,
  replicationFigure,
  samples as samplesFile,
} from "../outputs.ts";
import { macroF1 } from "./findings.ts";
import {
  listIntroduction,
  listTable,
  panelIntroduction,
  panelTable,
  setPart,
} from "./gene_lists.ts";

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
    `was estimated from them. Each sample is in ${code(samplesFile.file)}.`;
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
    "the other cohort, and is right only if both have similar shares of the " +
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
