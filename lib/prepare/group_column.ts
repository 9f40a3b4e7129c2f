/** What the column of the samples' groups is called. */

/** The column of the demo, which has no flag. */
const SIMULATED = "study";

/**
 * The column of groups that have been read.
 *
 * @param flag The value of `--group`; empty or undefined for the demo's column.
 */
export function nameGroupColumn(flag: unknown): string {
  return flag ? String(flag) : SIMULATED;
}
