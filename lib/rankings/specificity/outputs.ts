/** The file on how specific each gene is to a tissue. */

import { nameColumn } from "../../shap/gene_outputs.ts";
import {
  type Field,
  integer,
  list,
  nullable,
  number,
  object,
  text,
  type ValueOf,
  word,
} from "../../store/fields.ts";
import {
  EXTENDED_TAU_VALUE,
  SPECIFIC_TAU,
} from "../../statistics/specificity.ts";
import { defineTable, type RowOf } from "../../store/table.ts";
import { DETECTED } from "./atlas_class.ts";

/** The indices, by the name of their column on linear values. */
export const indexHelp = {
  tau: "tau: sum(1 - x / largest x) / (tissues - 1)",
  gini: "Gini coefficient x tissues / (tissues - 1)",
  shannon: "1 - entropy of the shares / log2 tissues",
  tsi: "TSI: the largest share of the sum over tissues",
  spm: "SPM: the largest mean / length of the vector of means",
  z_score: "the largest z-score over tissues",
  js: "the largest Jensen-Shannon specificity",
  ee: "EE: the largest mean / expected mean",
  pem: "PEM: log10 of EE",
} as const;

export type IndexName = keyof typeof indexHelp;
export const indexNames = Object.keys(indexHelp) as IndexName[];

const indexColumns = Object.fromEntries(
  indexNames.flatMap((name): [string, Field<number | null>][] => [
    [name, nullable(number(`${indexHelp[name]}; of linear values`))],
    [`${name}_log`, nullable(number("the same of log2(mean + 1)"))],
  ]),
);

const classNames = [
  "enriched",
  "group",
  "enhanced",
  "all",
  "mixed",
  "low",
  "not detected",
] as const;

const fields = {
  gene: text("gene id"),
  name: nameColumn,
  tissue: nullable(
    text("the tissue of the largest mean; empty if several have it"),
  ),
};

const classFields = {
  tau_tissues: text(
    "tissues above the widest gap between the sorted log2(mean + 1), ; " +
      `between them; empty if tau is below ${SPECIFIC_TAU}`,
  ),
  extended_tau_tissues: text(
    "tissues by extended tau, ; between them; empty if tau is below " +
      `${SPECIFIC_TAU} or the largest mean below ${EXTENDED_TAU_VALUE}, made ` +
      "for TPM",
  ),
  detected_tissues: integer(`tissues with a mean of at least ${DETECTED}`),
  atlas_class: nullable(word(
    classNames,
    "by the rule of the Human Protein Atlas since version 19: 4-fold; made " +
      "for TPM",
  )),
  atlas_tissues: text("the tissues that it names, ; between them"),
  atlas_2015_class: nullable(word(
    classNames,
    "by its rule of 2015, as TissueEnrich follows it: 5-fold",
  )),
  atlas_2015_tissues: text("the tissues that it names, ; between them"),
};

const allFields = { ...fields, ...indexColumns, ...classFields };

export const specificity = defineTable(
  "genesets/specificity.csv",
  "One row per gene: indices of how specific it is to a tissue, from means of " +
    "training samples on the linear scale; empty where a mean is below 0",
  allFields as typeof fields & typeof classFields,
);

/** A row also has the columns of the indices. */
export type SpecificityRow = RowOf<typeof specificity>;

const counts = (help: string) =>
  list(
    object({
      class: word(classNames, "the class"),
      genes: integer("genes of it"),
    }),
    help,
  );

export const specificitySummary = object({
  genes: integer("genes with indices"),
  specific_linear: integer(`of them, with a tau of at least ${SPECIFIC_TAU}`),
  specific_log: integer("the same with tau of log2(mean + 1)"),
  atlas: counts("by the rule of the Human Protein Atlas since version 19"),
  atlas_2015: counts("by its rule of 2015"),
}, "how specific the genes are; null with a single tissue");

export type SpecificitySummary = ValueOf<typeof specificitySummary>;
