/** The levels by which genes are selected, and by which the report judges. */

/** Ranks are taken while more than this share of the genes listed is unique. */
export const UNIQUE_SHARE = 0.5;

/**
 * The largest noise rate that is acceptable: the default of
 * `--shap.noise-rate`. The report calls a ranking with a larger one noisy.
 */
export const ACCEPTABLE_NOISE = 0.1;

/** The default of `--shap.fdr`. */
export const KNOCKOFF_RATE = 0.1;

/**
 * Explained samples that a tissue needs to have a part in the noise rate,
 * whatever `--shap.min-samples` is: a median of one or two is no median.
 */
export const NOISE_SAMPLES = 3;

/**
 * The default of `--shap.min-samples`. On human tissues a median of one or two
 * samples let most of all decoys in.
 */
export const MIN_SAMPLES = 3;

/** The consensus holds the genes that this share of the networks agrees on. */
export const CONSENSUS_SHARE = 0.8;

/**
 * SHAP votes in the consensus of rankings by so many first genes of a tissue.
 * The lists of each fold are kept down to there, so that panels count the same
 * votes as the whole run. As SHAP has half of the vote, a gene below has a mean
 * rank above 500 whatever the others say.
 */
export const VOTED_RANKS = 1000;

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

/**
 * From this share of the halves on a gene is said to come again often: the
 * default of `--shap.frequency`. With thresholds from 0.6 to 0.9 results differ
 * little (Meinshausen and Buhlmann, Journal of the Royal Statistical Society B
 * 72, 2010).
 */
export const FREQUENT = 0.7;
