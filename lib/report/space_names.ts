/** The spaces that gene sets are clustered in, in words. */

/**
 * A space's name in words.
 *
 * @param space As in `clusters/scores.csv`.
 */
export function spaceName(space: string): string {
  const names = new Map([
    ["umap", "UMAP space"],
    ["pca", "principal component space"],
    ["genes", "gene space"],
  ]);
  return names.get(space) ?? space;
}

/**
 * A space's name in a table's cell.
 *
 * @param space As in `clusters/scores.csv`.
 */
export function spaceLabel(space: string): string {
  const names = new Map([
    ["umap", "UMAP"],
    ["pca", "principal components"],
    ["genes", "genes"],
  ]);
  return names.get(space) ?? space;
}
