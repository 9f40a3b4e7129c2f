/** Names that several kinds of hostile runs need. */

/** From the run's folder, where `verify` makes a run again. */
export const SCRATCH_NAMES = ["../.verify-run", "../.verify-run/run"];
