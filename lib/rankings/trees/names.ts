/** The names of the rankings by boosted trees. */

/** The ranking by gain. */
export const TREE_GAIN = "tree_gain";
/** The ranking by the trees' SHAP values. */
export const TREE_SHAP = "tree_shap";

/** Whether a ranking is one of them. */
export function isOfTrees({ name }: { readonly name: string }): boolean {
  return name === TREE_GAIN || name === TREE_SHAP;
}
