/** The levels by which genes are selected, and by which the report judges. */

/** Ranks are taken while more than this share of the genes listed is unique. */
export const UNIQUE_SHARE = 0.5;

/**
 * The largest false discovery rate that is acceptable: the default of
 * `--shap.fdr`. The report calls a set with a larger one unreliable.
 */
export const ACCEPTABLE_FDR = 0.1;

/**
 * The default of `--shap.min-samples`. On human tissues a median of one or two
 * samples let most of all decoys in.
 */
export const MIN_SAMPLES = 3;

/** The consensus holds the genes that this share of the networks agrees on. */
export const CONSENSUS_SHARE = 0.8;

/** The most genes a tissue that are listed as marked by their absence. */
export const ABSENT_GENES = 100;

/**
 * Where `--shap.draws auto` stops: a rerun with other draws is expected to
 * share this much of each tissue's top genes.
 */
export const AUTO_STOP_OVERLAP = 0.95;

/**
 * It takes no more draws for a tissue of fewer samples, if such ones are
 * ranked at all: what its ranking lacks is samples, and no number of draws
 * reaches the aim.
 */
export const SAMPLES_WORTH_DRAWS = 3;

/**
 * From this expected overlap on the report says that the draws hardly matter.
 * It is less than `auto` aims at: it also judges fixed numbers of draws.
 */
export const STABLE_OVERLAP = 0.9;
