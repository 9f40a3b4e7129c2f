/** The rows of the calibration of further p-values: what is tested, and where. */

import { SIGNIFICANCE_LEVEL } from "../../../lib/statistics/format_p.ts";
import { classifierRows } from "./classifier_rows.ts";
import { assumed, type TestRow } from "./test_row.ts";

const shuffled = "shuffled labels of tissues";
const real = "true labels, genes that were not planted";
const same =
  "true labels, genes that no tissue differs in: not planted, or in a study";
const group =
  "true labels, genes up in two or three tissues, in one of these: as high as another tissue";
const any = "any gene of a tissue by adjusted p";
const shuffledStudies = "study labels shuffled within each tissue";
const allShuffledStudies = "study labels shuffled among all samples";
const samples = "samples as independent";
const blocks = "studies as groups";

/** By id, in the order of the page. */
export const testRows = {
  looks_p: bound({
    part: "looks",
    test: "p in one space",
    situation: "a set that is one of the random ones",
    kind: "p",
  }),
  looks_any: found(
    "looks",
    "any of three spaces by adjusted p",
    "a set that is one of the random ones",
  ),

  ...byShuffles("limma", "limma"),
  ...byShuffles("welch", "Welch's t"),
  ...byShuffles("f", "ANOVA F"),
  ...byShuffles("kruskal", "Kruskal-Wallis"),
  limma_own: inFiles(gene("limma's own p, " + samples, shuffled)),
  limma_own_study: inFiles(gene("limma's own p, " + blocks, shuffled)),
  recipe_own: inFiles(gene("limma's own p as in the maize study", shuffled)),
  rra_own: inFiles(
    gene("Kolde's p of robust rank aggregation, " + samples, shuffled),
  ),
  limma_own_any: inFiles(anyGene(`limma's own p, ${any}, ${samples}`)),
  limma_own_study_any: inFiles(anyGene(`limma's own p, ${any}, ${blocks}`)),
  limma_own_real: inFiles(gene("limma's own p, " + samples, real)),
  limma_own_study_real: inFiles(gene("limma's own p, " + blocks, real)),
  specific_shuffled: bound(gene("specific genes, p, " + samples, shuffled)),
  specific_group: bound(gene("specific genes, p, " + samples, group)),
  specific_study_group: bound(gene("specific genes, p, " + blocks, group)),

  ...classifierRows,

  panel_1: inFiles(panel("panel of 1 gene a tissue, macro F1")),
  panel_10: inFiles(panel("panel of 10 genes a tissue, macro F1")),
  panel_holm: found(
    "panels",
    "any of three sizes by adjusted p, macro F1",
    shuffled,
  ),
  panel_ami: inFiles(panel("panel of 1 gene a tissue, AMI")),
  panel_ami_holm: found(
    "panels",
    "any of three sizes by adjusted p, AMI",
    shuffled,
  ),
  panel_mcnemar: mcnemar(
    "assumed",
    "panels of genes ranked on two thirds of the training samples, a third each: equally good on average",
  ),
  panel_mcnemar_holm: found(
    "assumed",
    "McNemar, any of two rankings by adjusted p",
    "panels of genes ranked on a third of the training samples each: equally good on average",
  ),

  cohort_1: inFiles(panel("another cohort, panel of 1 gene a tissue")),
  cohort_10: inFiles(panel("another cohort, panel of 10 genes a tissue")),
  cohort_any: found("cohort", "any of six sizes by adjusted p", shuffled),
  cohort_set: { ...panel("clusters by the set, AMI"), part: "cohort" },

  terms_p: terms("clusterProfiler's way, p", "random list of genes", "share"),
  terms_found: terms(
    "clusterProfiler's way, any term by adjusted p",
    "random list of genes",
    "event",
  ),
  terms_p_goatools: terms("goatools' way, p", "random list of genes", "share"),
  terms_found_goatools: terms(
    "goatools' way, any term by adjusted p",
    "random list of genes",
    "event",
  ),
  terms_correlated_p: assumed(terms(
    "clusterProfiler's way, p",
    "terms of genes that vary together, lists by shuffled labels",
    "share",
  )),
  terms_correlated: assumed(terms(
    "clusterProfiler's way, any term of a list by adjusted p",
    "terms of genes that vary together, lists by shuffled labels",
    "share",
  )),

  study_genes: {
    part: "study",
    test: "F of the study, p of each gene",
    situation: shuffledStudies,
    kind: "share",
  },
  study_any: found("study", "any gene by adjusted p", shuffledStudies),
  held_out_ridge: heldOut("ridge", shuffledStudies),
  held_out_centroid: heldOut("nearest centroid", shuffledStudies),
  held_out_ridge_all: heldOut("ridge", allShuffledStudies),
  held_out_centroid_all: heldOut("nearest centroid", allShuffledStudies),

  noise: {
    part: "noise",
    test: "95 % interval that ends below 100 %",
    situation: "shuffled labels: genes are as decoys, the rate is 100 %",
    kind: "event",
    level: 0.025,
    isBound: true,
  },
} satisfies Record<string, TestRow>;

/** The id of a row. */
export type RowId = keyof typeof testRows;

/** The nominal rate of a row. */
export function levelOf(row: TestRow): number {
  return row.level ?? SIGNIFICANCE_LEVEL;
}

/** What is measured of p-values from shuffled residuals, for each method. */
type ShuffleRow = "" | "_any" | "_real";
type ShuffleRows<Name extends string> = Record<
  `${Name}${"" | "_study"}${ShuffleRow}` | `${Name}_study_same`,
  TestRow
>;

/** The rows of a method's p-values from shuffled residuals. */
function byShuffles<const Name extends string>(
  name: Name,
  title: string,
): ShuffleRows<Name> {
  const rows = {
    [name]: gene(`${title}, p, ${samples}`, shuffled),
    [`${name}_study`]: gene(`${title}, p, ${blocks}`, shuffled),
    [`${name}_any`]: anyGene(`${title}, ${any}, ${samples}`),
    [`${name}_study_any`]: anyGene(`${title}, ${any}, ${blocks}`),
    [`${name}_real`]: assumed(gene(`${title}, p, ${samples}`, real)),
    [`${name}_study_real`]: gene(`${title}, p, ${blocks}`, real),
    [`${name}_study_same`]: gene(`${title}, p, ${blocks}`, same),
  };
  return rows as ShuffleRows<Name>;
}

function anyGene(test: string): TestRow {
  return found("genes", test, shuffled, "share");
}

/** A p that the report does not show. */
function inFiles(row: TestRow): TestRow {
  return { ...row, part: "files" };
}

function bound(row: TestRow): TestRow {
  return { ...row, isBound: true };
}

function gene(test: string, situation: string): TestRow {
  return { part: "genes", test, situation, kind: "share" };
}

function mcnemar(part: TestRow["part"], situation: string): TestRow {
  return bound({ part, test: "McNemar, p", situation, kind: "p" });
}

function panel(test: string): TestRow {
  return bound({
    part: "panels",
    test: test + ", p",
    situation: shuffled,
    kind: "p",
  });
}

function heldOut(classifier: string, situation: string): TestRow {
  const test = `a study held out or a random part (McNemar), ${classifier}`;
  return bound({ part: "study", test, situation, kind: "p" });
}

function found(
  part: TestRow["part"],
  test: string,
  situation: string,
  kind: "event" | "share" = "event",
): TestRow {
  return bound({ part, test, situation, kind });
}

function terms(
  test: string,
  situation: string,
  kind: "event" | "share",
): TestRow {
  return bound({ part: "terms", test, situation, kind });
}
