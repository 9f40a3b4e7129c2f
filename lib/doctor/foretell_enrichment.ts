/** How long terms of the genes will be looked for, and with how much memory. */

import type { TableCosts } from "./costs.ts";
import type { RunPlan } from "./plan.ts";

/** Terms of a gene with all above them; maize has 87 a gene. */
const TERMS_OF_GENE = 100;
/** Bytes of a gene in a term, in the term's list and in the gene's. */
const MEMBER = 40;
/** Bytes of an ontology and of a file while it is read. */
const FILES = 250e6;
/** Rows of the table for a gene of a list. */
const ROWS_OF_GENE = 5;
/** Columns of the table. */
const COLUMNS = 14;

/** Whether there is anything to look for. */
export function isEnriched(
  { values: { enrichment: { gaf, sets } } }: Pick<RunPlan, "values">,
): boolean {
  return gaf !== "" || sets.length > 0;
}

/**
 * Seconds of the stage `enrichment` beside loading the matrix. How many terms
 * the genes have shows when the files are read: as many as in maize are taken.
 *
 * @returns 0 without an annotation.
 */
export function foretellEnrichment(
  plan: Pick<RunPlan, "values" | "genes" | "tissues">,
  { cell, figure }: Pick<TableCosts, "cell" | "figure">,
): number {
  if (!isEnriched(plan)) return 0;
  const { values: { enrichment }, genes, tissues } = plan;
  const lists = enrichment.methods.length * tissues;
  const listed = lists * Math.min(enrichment.top, genes);
  return cell * (genes * TERMS_OF_GENE + listed * ROWS_OF_GENE * COLUMNS) +
    figure * Math.ceil(tissues / 8);
}

/** Bytes that it holds beside the program; 0 without an annotation. */
export function enrichmentBytes(
  plan: Pick<RunPlan, "values" | "genes" | "samples">,
): number {
  if (!isEnriched(plan)) return 0;
  const { genes, samples } = plan;
  return FILES + 4 * samples * genes + MEMBER * TERMS_OF_GENE * genes;
}
