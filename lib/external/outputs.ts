/** The files of the stage `external`; all but the summary need `--external`. */

import { normalizationMethods, preprocessing } from "../prepare/outputs.ts";
import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable, type RowOf } from "../store/table.ts";
import { classifierNames, leftOutReasons, viewNames } from "./names.ts";

const view = word(
  viewNames,
  "the other cohort's values: as they are; each gene's mean over its samples " +
    "moved to that over the run's training samples (centered, which looks at " +
    "no label); the mean of its tissues' means moved (balanced, which looks " +
    "at its labels)",
);

export const samples = defineTable(
  "external/samples.csv",
  "One row per sample of the other cohort, by id",
  {
    sample_id: text("sample id"),
    tissue_there: text("its tissue in the other cohort; empty if it has none"),
    tissue: nullable(text("the run's tissue; empty if it is not judged")),
    left_out: nullable(word(leftOutReasons, "why it is not judged")),
  },
);

export const predictions = defineTable(
  "external/predictions.csv",
  "One row per judged sample, view of the values and classifier",
  {
    sample_id: text("sample id"),
    tissue: text("its tissue, as the run calls it"),
    values: view,
    classifier: word(classifierNames, "what predicts"),
    predicted: text("the tissue it gives, of all tissues of the run"),
    predicted_common: text("the same, of the tissues that both cohorts have"),
    probability: nullable(
      number(
        "of `predicted`, mean over the networks; empty for other classifiers",
      ),
    ),
  },
);

export const panels = defineTable(
  "external/panels.csv",
  "One row per ranking, size and view: a panel of each tissue's first genes, " +
    "its centroids from the run's training samples, judged by the other cohort",
  {
    ranking: text("the ranking"),
    genes_a_tissue: integer(
      "first genes of each common tissue, of those that the other cohort has",
    ),
    values: view,
    genes: integer("different genes in the panel"),
    macro_f1: number("mean over the common tissues of F1"),
    random_mean: number("mean macro F1 of random panels of its size"),
    p: number("(1 + random panels that reach it) / (1 + random panels)"),
    adjusted_p: number("p adjusted by Holm over the sizes of the ranking"),
  },
);

export const replication = defineTable(
  "external/replication.csv",
  "One row per ranking, tissue and depth: the first genes that are higher in " +
    "the tissue in the other cohort, too",
  {
    ranking: text("the ranking"),
    tissue: text("the tissue"),
    first: integer(
      "first genes that are looked at, of those that the other cohort has",
    ),
    genes: integer("as many as the list has of them"),
    up: integer(
      "of them, higher in the tissue than the mean of the other common tissues",
    ),
    up_twofold: integer("by more than 1: two-fold where the values are log2"),
    significant: nullable(
      integer(
        "by Welch's t, one-sided, with p from shuffles of the samples, at a " +
          "false discovery rate of 5 %; empty if the tissue, or all others, " +
          "have a single sample",
      ),
    ),
    expected_up: number(
      "the same of as many random genes with similar mean expression",
    ),
    expected_up_twofold: number("likewise"),
    expected_significant: nullable(number("likewise")),
  },
);

const scores = list(
  object({
    classifier: word(classifierNames, "what predicts"),
    values: view,
    classes: word(
      ["all", "common"],
      "the tissues that it may give: all of the run, or those of both cohorts",
    ),
    macro_f1: number("mean over the common tissues of F1"),
    accuracy: number("share of samples predicted right"),
    tissues: list(
      object({
        tissue: text("the tissue"),
        precision: number("0 if no sample was predicted to be of it"),
        recall: number("share of its samples predicted right"),
        f1: number("harmonic mean of the two"),
        support: integer("its samples"),
      }),
      "by common tissue",
    ),
  }),
  "by classifier, view and classes; classes common only if the run has others",
);

const setScore = (what: string) =>
  object({
    value: number("of the set"),
    random_mean: number("mean of random sets of its size"),
    p: number("(1 + random sets that reach it) / (1 + random sets)"),
  }, what);

const meanShares = object({
  up: number("genes up there / genes"),
  up_twofold: number("genes more than 1 higher / genes"),
  significant: nullable(number("significant genes / genes")),
}, "means over the compared tissues: those in which every ranking has a list");

const cohort = object({
  file: text("the name of the file of --external"),
  format: text("its format"),
  samples_read: integer("samples that were read"),
  samples: integer("of them, judged"),
  samples_of_other_tissues: integer("left out: the run lacks their tissue"),
  samples_without_tissue: integer("left out: no tissue is given"),
  samples_without_values: integer("left out: nothing was measured"),
  samples_of_run: integer("judged samples whose id a sample of the run has"),
  values: preprocessing.fields.values,
  run_values: preprocessing.fields.values,
  normalization: word(normalizationMethods, "how its values were normalized"),
  genes_read: integer("genes that were read"),
  genes_in_run: integer("genes of the run"),
  genes_found: integer("of them, in the other cohort"),
  genes_ambiguous: integer(
    "genes that count as missing because several have the same id or name",
  ),
  matched_by: word(["id", "name"], "how genes were matched"),
  tissues: list(
    object({
      tissue: text("as the run calls it"),
      there: list(text(""), "what the other cohort calls it"),
      samples: integer("judged samples"),
      training_samples: integer("samples of the run to learn from"),
    }),
    "the common tissues",
  ),
  tissues_not_in_run: list(
    object({ tissue: text("as it is called there"), samples: integer("") }),
    "tissues of the other cohort only",
  ),
  tissues_not_there: list(text(""), "tissues of the run only"),
  networks: integer("networks whose mean probability is judged"),
  training_samples: integer("samples that the simple classifiers learn from"),
  random: integer("random panels of each size, and random sets"),
  scores,
  majority_macro_f1: number(
    "macro F1 of always giving the commonest of the common tissues",
  ),
  set: nullable(object(
    {
      genes: integer("genes of the SHAP set"),
      genes_found: integer("of them, in the other cohort"),
      v_measure: setScore(
        "V-measure of k-means with a cluster a common tissue",
      ),
      ami: setScore("adjusted mutual information"),
      ari: setScore("adjusted Rand index"),
    },
    "the SHAP set's clusters; null if the other cohort has none of its genes",
  )),
  set_ranks: integer("the last rank that is in the SHAP set"),
  replication: list(
    object({
      ranking: text("the ranking"),
      title: text("as the report names it"),
      first: integer("first genes that are looked at"),
      genes: integer("genes of the compared tissues' lists among them"),
      tissues: integer("compared tissues"),
      found: nullable(meanShares),
      expected: nullable(meanShares),
    }),
    "by ranking and depth; null where a ranking has no gene",
  ),
}, "null without --external");

export const summary = defineJson(
  "external/external.json",
  "What another cohort says of the networks, the set and the rankings",
  { cohort: nullable(cohort) },
);

export const replicationFigure = defineFigure(
  "external/replication.svg",
  "Share of the first genes that are higher in their tissue in the other cohort",
  new URL("./figures/replication.ts", import.meta.url),
  ({ drawReplication }: typeof import("./figures/replication.ts")) =>
    drawReplication,
);

export const panelsFigure = defineFigure(
  "external/panels.svg",
  "Macro F1 of small panels in the other cohort",
  new URL("./figures/panels.ts", import.meta.url),
  ({ drawPanels }: typeof import("./figures/panels.ts")) => drawPanels,
);

export const outputs = [
  summary,
  samples,
  predictions,
  panels,
  replication,
  replicationFigure,
  panelsFigure,
];

export type CohortSummary = NonNullable<
  ReturnType<typeof summary.parse>["cohort"]
>;
export type PanelRow = RowOf<typeof panels>;
