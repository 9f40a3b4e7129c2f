/** The numbers on limma in the stage's summary. */

import { integer, nullable, number, object } from "../store/fields.ts";

export const limmaSummary = object(
  {
    genes: integer("genes that were fitted"),
    constant_genes: integer(
      "genes left out because all samples have the same value, mostly 0",
    ),
    correlation: nullable(
      number(
        "of two samples of a group, the consensus of all genes; null " +
          "without groups of several samples",
      ),
    ),
    prior_df: nullable(
      number(
        "degrees of freedom that the other genes' variances are worth; null " +
          "if infinite",
      ),
    ),
    prior_variance: number(
      "the variance they lead to, median of the genes",
    ),
    total_df: number("degrees of freedom of the moderated t"),
  },
  "what limma found that is the same in all tissues; null if it cannot fit",
);
