/** What is known of a gene in a tissue beside its scores. */

import {
  tauOfGenes,
  type TissueContrast,
} from "../prepare/tissue_contrasts.ts";
import type { ShapGeneRow } from "./gene_outputs.ts";

/** The columns that every list of genes has. */
export type GeneFacts = Pick<
  ShapGeneRow,
  | "name"
  | "direction"
  | "log2_fold_change"
  | "mean_in_tissue"
  | "mean_elsewhere"
  | "tau"
>;

/** Gives the facts of a gene, by its column, in a tissue. */
export type FactsOf = (tissue: string, gene: number) => GeneFacts;

/**
 * The facts of all genes.
 *
 * @param names Each gene's name, by column; null where none is known.
 */
export function factsOfGenes(
  contrasts: readonly TissueContrast[],
  names: readonly (string | null)[],
): FactsOf {
  const byTissue = new Map(contrasts.map((own) => [own.tissue, own]));
  const tau = tauOfGenes(contrasts);
  return (tissue, gene) => {
    const own = byTissue.get(tissue);
    const change = own?.log2FoldChange[gene] ?? NaN;
    return {
      name: names[gene],
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
