/** The flags of the stage `genesets`. */

import { integer, number, text } from "../cli/parameters.ts";

export const genesetsParameters = {
  truth: text(
    "",
    "FILE",
    "known genes of the tissues, a CSV or TSV with the columns gene and " +
      "tissue: the report says how many of them each ranking finds; without " +
      "it the demo uses its planted genes",
  ),
  top: integer(
    500,
    { minimum: 1, maximum: 1_000_000 },
    "genes a tissue in the files of the simple rankings; as many as the SHAP " +
      "set has ranks, if those are more",
  ),
  halves: integer(
    50,
    { minimum: 0, maximum: 10_000 },
    "half samples on which the simple rankings are made again, which says how " +
      "often a gene comes again; at least 2, or 0 for none",
  ),
  "specific-factor": number(
    2,
    { minimum: 1, maximum: 1_000_000 },
    "a gene is tested to be higher in a tissue than in each other tissue by " +
      "more than this factor, if the values are log2",
  ),
};
