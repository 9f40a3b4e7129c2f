/** Which genes a tissue's ranking may hold, by the direction of their change. */

import type { TissueContrast } from "../prepare/tissue_contrasts.ts";

export const directions = ["up", "both"] as const;

/**
 * `up`: genes whose mean is higher in the tissue than in the other tissues and
 * whose median SHAP value there is above 0. `both`: all genes, also those that
 * mark the tissue by their absence.
 */
export type Direction = typeof directions[number];

/**
 * Each tissue's candidates: 1 for each column that its ranking may hold, if
 * the median SHAP value is above 0. Null: every ranking holds all genes.
 */
export type Candidates = ReadonlyMap<string, Uint8Array> | null;

/**
 * The genes that are higher in a tissue than elsewhere.
 *
 * @param contrasts Of genes or of decoys.
 */
export function candidatesOf(
  direction: Direction,
  contrasts: readonly TissueContrast[],
): Candidates {
  if (direction === "both") return null;
  return new Map(
    contrasts.map(({ tissue, log2FoldChange }) => [
      tissue,
      Uint8Array.from(log2FoldChange, (change) => change > 0 ? 1 : 0),
    ]),
  );
}

/** How many genes a tissue's ranking may hold; `all` without a rule. */
export function countCandidates(
  candidates: Candidates,
  tissue: string,
  all: number,
): number {
  if (candidates === null) return all;
  return candidates.get(tissue)?.reduce((sum, own) => sum + own, 0) ?? 0;
}

/**
 * Whether a tissue's ranking may hold a gene of that median score. A tissue
 * without samples to compare with others has no candidate.
 */
export function isRankable(
  candidates: Candidates,
  tissue: string,
): (column: number, median: number) => boolean {
  if (candidates === null) return () => true;
  const own = candidates.get(tissue);
  return (column, median) => own?.[column] === 1 && median > 0;
}
