/** The names of the rankings that combine others. */

/** SHAP's ranking and the simple ones together. */
export const RANK_CONSENSUS = "consensus";
/** The mean rank of the simple ones. */
export const MEAN_RANK = "mean_rank";
/** Robust rank aggregation of the simple ones. */
export const RRA = "robust_rank";
