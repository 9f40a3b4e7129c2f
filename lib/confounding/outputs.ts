/** The files of the stage `confounding`. */

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

/** Genes that a classifier is trained on. */
export const geneChoices = ["set", "all"] as const;
export type GeneChoice = typeof geneChoices[number];

/** Classifiers that whole studies are held out from. */
export const classifierNames = ["ridge", "nearest centroid"] as const;
export type ClassifierName = typeof classifierNames[number];

export const studies = defineTable(
  "confounding/studies.csv",
  "One row per tissue and study that has samples of it",
  {
    tissue: text("the tissue"),
    study: text("the study"),
    samples: integer("samples of that tissue in that study"),
  },
);

const genesColumn = word(
  geneChoices,
  "the genes: the SHAP set, or all that were not filtered out",
);
const classifierColumn = word(classifierNames, "the classifier of tissues");
const scores = {
  macro_f1: number(
    "mean of F1 over the tested tissues, with the whole study held out",
  ),
  accuracy: number("share predicted right, with the whole study held out"),
  random_macro_f1: number(
    "the same of the same samples by cross-validation: random parts are held " +
      "out that have as many samples of each tissue as the studies",
  ),
  random_accuracy: number("share predicted right by cross-validation"),
};

export const heldOut = defineTable(
  "confounding/held_out.csv",
  "One row per study that is held out, classifier and choice of genes: how " +
    "well its samples are predicted; only samples whose tissue other studies " +
    "have, too",
  {
    study: text("the study that is held out"),
    classifier: classifierColumn,
    genes: genesColumn,
    tested: integer("its samples that are tested"),
    tissues: integer("their tissues"),
    trained: integer("samples trained on: those of all other studies"),
    ...scores,
  },
);

export const withinTissue = defineTable(
  "confounding/within_tissue.csv",
  "One row per tissue of several large studies: how well a ridge classifier " +
    "tells its samples' study by cross-validation",
  {
    tissue: text("the tissue"),
    studies: integer("its studies of at least 5 samples"),
    samples: integer("their samples, at most 120"),
    chance: number("balanced accuracy of guessing: 1 / studies"),
    bound: number("what chance alone hardly reaches: 3 standard errors above"),
    set: number("balanced accuracy with the SHAP set's genes"),
    random: number("mean with random genes, as many"),
    all: number("with all genes"),
    networks: nullable(number(
      "with the outputs of the networks for samples that trained them, mean " +
        "over the folds; empty if no fold has two studies of 5 such samples",
    )),
    networks_chance: nullable(number("chance of that, mean over the folds")),
    networks_bound: nullable(number("its bound, mean over the folds")),
  },
);

const share = (help: string) => nullable(number(help));

export const genes = defineTable(
  "confounding/genes.csv",
  "One row per gene: how much of its variance goes with the tissue and with " +
    "the study; only if the two can be told apart",
  {
    gene: text("gene id"),
    name: nullable(text("its name, if one is known")),
    eta_tissue: share(
      "eta squared of the tissue: share of the sum of squares that it adds to " +
        "the study (type II); empty if the gene is constant",
    ),
    eta_study: share("the same of the study"),
    eta_both: share("share that both explain together"),
    epsilon_tissue: share(
      "epsilon squared of the tissue: eta squared less what so many tissues " +
        "explain by chance",
    ),
    epsilon_study: share("the same of the study"),
    p_study: share(
      "p of the study beside the tissue: the share of all genes' F, with study " +
        "labels shuffled within each tissue, that is at least as high",
    ),
    adjusted_p_study: share("that p of all genes by Benjamini and Hochberg"),
    in_set: flag("whether it is in the SHAP set"),
  },
);

const judged = (whose: string) =>
  object({
    genes: integer(`${whose} that are not constant`),
    more_by_study: integer(
      "of them, those whose epsilon squared of the study is the larger one, " +
        "and whose adjusted p of the study is below 0.05",
    ),
    common: number(
      "median share of variance that goes with both and can be assigned to " +
        "neither: eta of both less those of tissue and study, at least 0",
    ),
  });

const telling = (by: string) =>
  integer(`of them, those whose studies ${by} tell better than the bound`);

export const confounding = defineJson(
  "confounding/confounding.json",
  "How much goes with the study and not with the tissue, in numbers",
  {
    column: nullable(text("the column of the studies; empty without one")),
    obstacle: nullable(word(
      ["no column", "one study", "single samples"],
      "why nothing could be measured; single samples: half of the studies or " +
        "more have one sample each",
    )),
    samples: integer("samples"),
    tissues: integer("tissues"),
    studies: integer("studies; 0 without a column"),
    single_sample_studies: integer("of them, those of one sample"),
    cramers_v: nullable(number("Cramér's V of tissue and study")),
    corrected_v: nullable(
      number("the same without its bias (Bergsma 2013)"),
    ),
    single_study_tissues: list(
      object({
        tissue: text("a tissue whose samples are all of one study"),
        study: text("that study"),
        other_tissues: integer("other tissues that this study has"),
      }),
      "tissues of one study",
    ),
    shared_tissues: integer("tissues of two studies or more"),
    held_out: nullable(object({
      samples: integer("samples that are tested"),
      tissues: integer("their tissues"),
      studies: integer("studies that are held out, the largest at most 10"),
      used: integer("samples that are tested or trained on"),
      scores: list(
        object({
          classifier: classifierColumn,
          genes: genesColumn,
          n_genes: integer("number of genes"),
          ...scores,
          only_random_right: integer(
            "samples that are predicted right only beside a random part",
          ),
          only_whole_right: integer(
            "samples that are predicted right only beside a whole study",
          ),
          p: number(
            "of these two counts by the exact McNemar test, with the samples " +
              "as units",
          ),
        }),
        "of all tested samples together",
      ),
    }, "null if fewer than two studies or two tissues can be tested")),
    within: nullable(object({
      tissues: integer("tissues of several large studies"),
      told_by_set: telling("the set's genes"),
      told_by_random: telling("random genes, in the mean,"),
      told_by_all: telling("all genes"),
      tissues_of_networks: integer(
        "of the tissues, those that the networks' outputs were asked about",
      ),
      told_by_networks: integer(
        "of these, those whose studies the outputs tell better than the bound",
      ),
    }, "whether the study can be told; null if there is no such tissue")),
    variance: nullable(object({
      shuffles: integer("shuffles of the study labels that p is made from"),
      set: judged("genes of the SHAP set"),
      all: judged("all genes"),
    }, "null if tissue and study cannot be told apart in any gene")),
  },
);

export type ConfoundingSummary = ReturnType<typeof confounding.parse>;
export type HeldOutRow = RowOf<typeof heldOut>;
export type WithinRow = RowOf<typeof withinTissue>;
export type GeneRow = RowOf<typeof genes>;
export type StudyRow = RowOf<typeof studies>;

export const varianceFigure = defineFigure(
  "confounding/variance.svg",
  "Variance of each gene that goes with the tissue and with the study",
  new URL("./figures/variance.ts", import.meta.url),
  ({ drawVariance }: typeof import("./figures/variance.ts")) => drawVariance,
);

/** All that the stage writes. */
export const outputs = [
  studies,
  heldOut,
  withinTissue,
  genes,
  confounding,
  varianceFigure,
];
