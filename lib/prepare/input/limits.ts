/** How large the user's matrices and the names in them may be. */

/** Numbers of a matrix, which is held whole: 8.6 GB as float32. */
export const VALUE_LIMIT = 2 ** 31;
/** A longer name is not a name: a quote is open, or it is not such a table. */
export const NAME_LIMIT = 1000;
/** More rows than any transcriptome has. */
export const TRANSCRIPT_LIMIT = 5_000_000;
/** More samples, or genes, than a table that is held in memory may name. */
export const ROW_LIMIT = 10_000_000;
