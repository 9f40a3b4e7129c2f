/** The names of the rankings by boosted trees. */

/** The ranking by gain. */
export const TREE_GAIN = "tree_gain";
/** The ranking by the trees' SHAP values. */
export const TREE_SHAP = "tree_shap";
