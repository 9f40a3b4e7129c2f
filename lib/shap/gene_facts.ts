/** What is known of a gene in a tissue beside its scores. */

import type { GeneFacts } from "../prepare/input/expression_matrix.ts";
import {
  tauOfGenes,
  type TissueContrast,
} from "../prepare/tissue_contrasts.ts";
import type { ShapGeneRow } from "./gene_outputs.ts";

/** The columns that every list of genes has. */
export type ListedFacts = Pick<
  ShapGeneRow,
  | "name"
  | "direction"
  | "log2_fold_change"
  | "mean_in_tissue"
  | "mean_elsewhere"
  | "tau"
>;

/** Gives the facts of a gene, by its column, in a tissue. */
export type FactsOf = (tissue: string, gene: number) => ListedFacts;

/**
 * The facts of all genes.
 *
 * @param geneFacts Each gene's name, by column.
 */
export function factsOfGenes(
  contrasts: readonly TissueContrast[],
  geneFacts: readonly Pick<GeneFacts, "name">[],
): FactsOf {
  const byTissue = new Map(contrasts.map((own) => [own.tissue, own]));
  const tau = tauOfGenes(contrasts);
  return (tissue, gene) => {
    const own = byTissue.get(tissue);
    const change = own?.log2FoldChange[gene] ?? NaN;
    return {
      name: geneFacts[gene].name,
      direction: change > 0 ? "up" : change < 0 ? "down" : null,
      log2_fold_change: known(change),
      mean_in_tissue: known(own?.meanInTissue[gene]),
      mean_elsewhere: known(own?.meanElsewhere[gene]),
      tau: known(tau[gene]),
    };
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
