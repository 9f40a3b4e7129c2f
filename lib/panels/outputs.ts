/** The files of the stage `panels`. */

import { byGroupsField } from "../cnn/by_groups.ts";
import {
  flag,
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
import { scoreNames } from "./scores.ts";

const ranking = text("the ranking that the panel is made from");
const size = integer("genes a tissue; 0: the set that the ranking selects");

export const panels = defineTable(
  "panels/panels.csv",
  "One row per ranking, size and score: a panel of genes judged on the test " +
    "samples, all folds together, beside random panels of as many genes",
  {
    ranking,
    size,
    genes: number("different genes in the panel, mean over the folds"),
    score: word(scoreNames, "what is measured"),
    value: number("the panel's"),
    null_mean: nullable(
      number(
        "mean of the random panels; empty for ridge, which is not compared",
      ),
    ),
    null_sd: nullable(number("their standard deviation (m - 1)")),
    null_low: nullable(number("the 2.5 % quantile of the random panels")),
    null_high: nullable(number("the 97.5 % quantile")),
    p: nullable(
      number(
        "(1 + random panels with at least the value) / (random panels + 1)",
      ),
    ),
    adjusted_p: nullable(
      number("p of all sizes of the ranking by Holm; empty for other scores"),
    ),
  },
);

export const panelGenes = defineTable(
  "panels/genes.csv",
  "One row per ranking, fold and gene of a panel: the gene is in the panels " +
    "of this size and of all larger ones; the whole sets are not listed",
  {
    ranking,
    fold: integer("the fold, from 1"),
    size: integer("genes a tissue of the smallest panel that holds it"),
    gene: text("gene id"),
  },
);

export const nullPanels = defineTable(
  "panels/null.csv",
  "One row per panel and random panel that it is compared with, all folds " +
    "together; the random genes are the first ones, as many as the panel has " +
    "in the fold, of an order of all genes by id that the seed draws",
  {
    ranking,
    size,
    random_set: integer("from 1"),
    gene_seed: integer("seed that drew its genes, the same in all folds"),
    macro_f1: number("of nearest centroid"),
    ami: nullable(
      number("adjusted mutual information; empty if no fold is clustered"),
    ),
    v_measure: nullable(number("V-measure, likewise")),
  },
);

export const panelPredictions = defineTable(
  "panels/predictions.csv",
  "One row per test sample, ranking, size and classifier; only if there are " +
    "at most 500,000",
  {
    sample_id: text("sample id"),
    fold: integer("the fold that tests it, from 1"),
    ranking,
    size,
    classifier: word(
      ["nearest_centroid", "ridge"],
      "trained on the fold's training and validation samples",
    ),
    predicted: text("the predicted tissue"),
  },
);

const smallest = (score: string) =>
  nullable(
    integer(
      `the smallest size better than random genes in ${score} (adjusted p ` +
        "below 0.05; 0: only the set); null if none is",
    ),
  );

export const summary = defineJson(
  "panels/panels.json",
  "How the panels were judged, and the smallest ones better than chance",
  {
    samples: integer("test samples that are judged"),
    folds: integer("folds with test samples"),
    tissues: integer("tissues among these samples"),
    clustered_samples: integer(
      "of the samples, those in folds that are clustered",
    ),
    not_clustered: list(
      object({
        fold: integer("the fold, from 1"),
        samples: integer("its test samples"),
        tissues: integer("tissues among them"),
      }),
      "folds with test samples that cannot be clustered: fewer than two " +
        "tissues, or no tissue with two samples",
    ),
    sets: integer("random panels, m"),
    repeats: integer("k-means runs a panel"),
    sizes: list(
      integer("genes a tissue; 0: the set"),
      "in the order of tables",
    ),
    least_adjusted_p: number(
      "the smallest p that so many random panels and sizes can give",
    ),
    rankings: list(
      object({
        ranking,
        title: text("as the report names it"),
        seen: flag("whether its genes were ranked on the samples judged here"),
        smallest_macro_f1: smallest("macro F1"),
        smallest_ami: smallest("AMI"),
      }),
      "SHAP first",
    ),
    rivals: list(
      object({
        size,
        ranking: text("a ranking made without the networks"),
        only_shap_right: integer(
          "samples that nearest centroid tells right by SHAP's panel alone",
        ),
        only_ranking_right: integer("by that of the ranking alone"),
        p: number(
          "of these two counts by the exact McNemar test, with the samples " +
            "as units",
        ),
        adjusted_p: number("p of all rankings of the size by Holm"),
        by_groups: byGroupsField,
      }),
      "SHAP beside each simple ranking on the same samples; empty if SHAP's " +
        "genes were ranked on them",
    ),
    not_judged: list(
      object({ ranking, size }),
      "panels without a gene in some fold",
    ),
    optimism: list(
      object({
        size,
        macro_f1: number(
          "of SHAP ranked on the test samples, less that of SHAP",
        ),
        ami: nullable(number("likewise")),
      }),
      "what panels gain that were chosen on the samples that judge them; " +
        "empty unless both were made",
    ),
  },
);

export const panelCurves = defineFigure(
  "panels/panel_curves.svg",
  "Scores of small gene panels on the test samples by genes a tissue, with " +
    "random genes",
  new URL("./figures/panel_curves.ts", import.meta.url),
  ({ drawPanelCurves }: typeof import("./figures/panel_curves.ts")) =>
    drawPanelCurves,
);

/** All that the stage writes. */
export const outputs = [
  panels,
  panelGenes,
  nullPanels,
  panelPredictions,
  summary,
  panelCurves,
];

export type PanelRow = RowOf<typeof panels>;
export type PanelsSummary = ReturnType<typeof summary.parse>;
