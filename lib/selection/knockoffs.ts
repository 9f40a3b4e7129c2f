/** Which genes a tissue lists because they score higher than their knockoffs. */

import type { Decoy } from "../prepare/decoys.ts";
import { type Candidates, isRankable } from "./candidates.ts";
import type { ExplainedScores } from "./select_gene_set.ts";
import { tissueMedians } from "./tissue_medians.ts";

/** One tissue's genes beside their knockoffs. */
export interface TissueKnockoffs {
  readonly tissue: string;
  /**
   * By gene column: its median score less that of its knockoff; one that a
   * ranking may not hold counts as 0.
   */
  readonly differences: Float64Array;
  /** The least difference of a gene that is listed; null if none is. */
  readonly threshold: number | null;
}

/**
 * Each gene's column among the decoys.
 *
 * @returns Null if the decoys are no knockoffs.
 */
export function knockoffColumns(decoys: readonly Decoy[]): Uint32Array | null {
  if (!decoys.some(({ kind }) => kind === "knockoff")) return null;
  const columns = new Uint32Array(decoys.length);
  decoys.forEach(({ source }, column) => columns[source] = column);
  return columns;
}

/**
 * The threshold of the knockoff+ filter (Barber and Candes 2015,
 * doi:10.1214/15-AOS1337): the least t > 0 with
 * (1 + genes of a difference <= -t) / (genes of a difference >= t) <= rate.
 *
 * @returns Null if there is none.
 */
export function knockoffThreshold(
  differences: Float64Array,
  rate: number,
): number | null {
  const sizes = differences.filter((value) => value !== 0)
    .sort((a, b) => Math.abs(b) - Math.abs(a));
  let [above, below] = [0, 0];
  let threshold: number | null = null;
  sizes.forEach((value, index) => {
    if (value > 0) above++;
    else below++;
    const size = Math.abs(value);
    // Equal differences pass together.
    if (index + 1 < sizes.length && Math.abs(sizes[index + 1]) === size) return;
    // A quotient, as a product with a rate such as 0.29 may round down.
    if (above > 0 && (1 + below) / above <= rate) threshold = size;
  });
  return threshold;
}

/**
 * Compares each gene's median score in each tissue with its knockoff's.
 *
 * @param rate The largest false discovery rate of a tissue's list.
 * @returns Empty without knockoffs.
 */
export function compareKnockoffs(
  { genes, decoys, tissueOf, candidates, decoyCandidates, knockoffOf }:
    ExplainedScores,
  tissues: readonly string[],
  rate: number,
): TissueKnockoffs[] {
  if (!knockoffOf) return [];
  const ofKnockoffs = new Map(
    tissueMedians(decoys, tissueOf, tissues)
      .map(({ tissue, medians }) => [tissue, medians]),
  );
  return tissueMedians(genes, tissueOf, tissues).map(({ tissue, medians }) => {
    const isGene = isRankable(candidates ?? null, tissue);
    const isKnockoff = isRankable(decoyCandidates ?? null, tissue);
    const own = ofKnockoffs.get(tissue)!;
    const differences = Float64Array.from(medians, (median, gene) => {
      const column = knockoffOf[gene];
      const partner = own[column];
      return (isGene(gene, median) ? median : 0) -
        (isKnockoff(column, partner) ? partner : 0);
    });
    return {
      tissue,
      differences,
      threshold: knockoffThreshold(differences, rate),
    };
  });
}

/** The genes that pass: what the tissues' rankings may hold. */
export function knockoffCandidates(
  compared: readonly TissueKnockoffs[],
): NonNullable<Candidates> {
  return new Map(
    compared.map(({ tissue, differences, threshold }) => [
      tissue,
      Uint8Array.from(
        differences,
        (value) => threshold !== null && value >= threshold ? 1 : 0,
      ),
    ]),
  );
}
