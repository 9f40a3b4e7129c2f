/** How many shuffled labels are to be learned, and which share of them. */

/**
 * Training samples with shuffled labels, a tissue on average, unless epochs are
 * asked for. Meaningless labels can only be memorized one by one, so more of
 * them take as much more time and tell no more.
 */
export const SHUFFLED_SAMPLES = 12;

/**
 * With this share the training may end. It is that of an epoch's batches, each
 * before its update and with dropout: at the end of the epoch more is learned.
 */
export const LEARNED = 0.75;

/** Below this share the check says little. */
export const ENOUGH_LEARNED = 0.5;
