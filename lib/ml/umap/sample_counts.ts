/** What UMAP takes so many samples for. */

/** With fewer samples a graph of neighbors has no meaning. */
export const FEWEST_FOR_UMAP = 5;

/** The neighbors that `count` samples allow: fewer than samples, at least 1. */
export function neighborsFor(count: number, wanted: number): number {
  return Math.max(1, Math.min(wanted, count - 1));
}
