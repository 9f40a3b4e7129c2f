/** The files of the stage `splits`. */

import { rivalNames } from "../cnn/rivals.ts";
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

/** What predicts the tissues with all genes, the networks first. */
export const classifierNames = ["networks", ...rivalNames] as const;
export type ClassifierName = typeof classifierNames[number];

const split = integer("the split, from 1");
const classifier = word(
  classifierNames,
  "what predicts: the mean of the networks that were trained for the split, " +
    "or a simple classifier of the stage cnn",
);
const ranking = text("the ranking that the panel is made from");
const size = integer("genes a tissue; 0: the set that the ranking selects");

export const f1 = defineTable(
  "splits/f1.csv",
  "One row per split and classifier; only with --splits of 2 or more",
  {
    split,
    classifier,
    macro_f1: number("mean F1 over the tissues, of the split's test samples"),
    accuracy: number("share of them predicted right"),
    trained: integer("samples that it learned from"),
    tested: integer("test samples"),
  },
);

export const splitPanels = defineTable(
  "splits/panels.csv",
  "One row per split, ranking and size: a panel of genes ranked on the " +
    "split's training samples, judged on its test samples; only with --splits " +
    "of 2 or more",
  {
    split,
    ranking,
    size,
    genes: integer("different genes in the panel"),
    macro_f1: number("of nearest centroid"),
    ridge_macro_f1: number("of ridge"),
    ami: nullable(
      number("AMI of k-means; empty if the test samples cannot be clustered"),
    ),
  },
);

const interval = {
  mean: number("over the splits"),
  sd: number("standard deviation over the splits (n - 1)"),
  low: number("95 % interval after Nadeau and Bengio, not cut at 0 or 1"),
  high: number("its upper end"),
};

export const summary = defineJson(
  "splits/splits.json",
  "Means over the splits with their intervals",
  {
    splits: integer("splits; 1: none beside the run's own"),
    repeated: nullable(object({
      samples: integer("samples that are split"),
      different: integer(
        "different splits among them: few groups can be split in few ways",
      ),
      groups: integer("groups of several samples, each kept in one part"),
      tested: number("test samples of a split, mean"),
      trained: number("training samples of a split, mean"),
      ensemble: integer("networks of a split"),
      classifiers: list(
        object({ classifier, ...interval }),
        "macro F1 with all genes",
      ),
      differences: list(
        object({ classifier, ...interval }),
        "macro F1 of the networks less that of the classifier, on the same " +
          "splits",
      ),
      rankings: list(
        object({ ranking, title: text("as the report names it") }),
        "SHAP first",
      ),
      sizes: list(
        integer("genes a tissue; 0: the set"),
        "in the order of tables",
      ),
      panels: list(
        object({ ranking, size, ...interval }),
        "macro F1 of nearest centroid",
      ),
      panel_differences: list(
        object({ ranking, size, ...interval }),
        "macro F1 of SHAP's panel less that of the ranking's, of as many genes " +
          "a tissue and on the same splits",
      ),
      not_judged: list(
        object({ ranking, size }),
        "panels without a gene in some split",
      ),
    }, "what was measured; null if the split was not repeated")),
  },
);

export type SplitsSummary = ReturnType<typeof summary.parse>;
/** What was measured on repeated splits. */
export type RepeatedSplits = NonNullable<SplitsSummary["repeated"]>;
export type F1Row = RowOf<typeof f1>;
export type SplitPanelRow = RowOf<typeof splitPanels>;

export const splitCurves = defineFigure(
  "splits/panel_curves.svg",
  "Macro F1 of small gene panels over repeated splits, and SHAP's less that of " +
    "each other ranking",
  new URL("./figures/split_curves.ts", import.meta.url),
  ({ drawSplitCurves }: typeof import("./figures/split_curves.ts")) =>
    drawSplitCurves,
);

/** All that the stage writes. */
export const outputs = [f1, splitPanels, summary, splitCurves];
