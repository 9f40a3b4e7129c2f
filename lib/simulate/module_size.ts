/** The size of the groups of genes that vary together. */

/** A module's genes, as a share of all. */
const MODULE_SHARE = 0.015;

/** How many genes a module has, at least two. */
export function moduleSize(genes: number): number {
  return Math.max(2, Math.round(MODULE_SHARE * genes));
}
