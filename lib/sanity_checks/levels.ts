/** Which share of the shuffled labels is learned. */

/**
 * With this share the training may end. It is that of an epoch's batches, each
 * before its update and with dropout: at the end of the epoch more is learned.
 */
export const LEARNED = 0.75;

/** Below this share the check says little. */
export const ENOUGH_LEARNED = 0.5;
