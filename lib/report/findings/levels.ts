/** The limits by which the report calls a result good or weak. */

/** Fewer test samples a tissue than this, and the scores decide little. */
export const fewSamplesPerTissue = 5;

/** A p-value at or above this shows nothing. */
export const significanceLevel = 0.05;

/** Macro F1 that differs by no more than this counts as the same. */
export const sameMacroF1 = 0.01;

/**
 * A set with a larger share of genes that may be there by chance is called
 * one whose cut does not keep chance out; `--shap.cut fdr` aims at it, too.
 */
export const highFalseDiscoveryRate = 0.1;

/** A rerun that shares less of the top than this had too few draws. */
export const enoughOverlap = 0.9;
