/** Flags by which a run does what runs did before it judged unseen samples. */

/** K-means and layouts as scikit-learn and umap-learn can do them. */
export const CLUSTERING = {
  algorithm: "lloyd",
  "n-init": 100,
  "n-init-high-dim": 10,
  layouts: 1,
  "layout-epochs": 0,
  "layout-repeats": 10,
  repeats: 3,
};

/**
 * Test samples alone are explained, no ranking is repeated on half samples, and
 * a stage that cannot be left out does as little as it can.
 */
export const SAME_WORK: Readonly<Record<string, string | number>> = {
  "shap.explained": "test",
  "genesets.halves": 0,
  "panels.sizes": 1,
  "panels.sets": 2,
  ...Object.fromEntries(
    Object.entries(CLUSTERING).map(([name, value]) => [
      `clusters.${name}`,
      value,
    ]),
  ),
};

/** As words of a command. */
export function asFlags(
  values: Readonly<Record<string, string | number>>,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
}
