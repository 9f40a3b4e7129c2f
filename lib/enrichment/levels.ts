/** The numbers by which the stage `enrichment` judges and shows terms. */

/** An adjusted p below this is called enriched, if the term is more frequent. */
export { SIGNIFICANCE_LEVEL as ENRICHED } from "../statistics/format_p.ts";

/** The best terms of a tissue that the summary and the report name. */
export const NAMED_TERMS = 3;

/** Of fewer of the matrix's genes annotated, a warning says so. */
export const FEW_ANNOTATED = 0.5;
