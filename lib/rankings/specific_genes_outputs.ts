/** What the stage `genesets` writes of the test of the genes themselves. */

import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
} from "../store/fields.ts";

/** What the test of the gene itself says, without any ranking. */
export const specificColumns = {
  specific_p: nullable(
    number(
      "that the gene is not higher in the tissue than in each other tissue by " +
        "more than --genesets.specific-factor; empty if it could not be tested",
    ),
  ),
  specific_adjusted: nullable(
    number("specific_p of all genes of the tissue by Benjamini and Hochberg"),
  ),
};

export const specificGenesSummary = object({
  factor: number("the value of --genesets.specific-factor"),
  level: number("the largest specific_adjusted of a gene called specific"),
  correlation: nullable(
    number(
      "median over the genes of the correlation of two samples of one group " +
        "and tissue; null if no group has several",
    ),
  ),
  untested: list(text(""), "tissues of a single sample"),
  tissues: list(
    object({
      tissue: text("the tissue"),
      specific: integer("genes of the matrix that are specific to it"),
      listed: integer("its genes by SHAP, down to the set's last rank"),
      listed_specific: integer("of them, specific to it"),
    }),
    "the tested tissues",
  ),
}, "the test of the genes themselves; null if it could not be made");
