/** Counts as people read them, whatever the locale. */

/**
 * A whole number with commas between thousands.
 */
export function withCommas(count: number): string {
  if (!Number.isFinite(count)) return "unknown";
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A count and its noun: `1 sample`, `1,617 samples`.
 *
 * @param plural The noun's plural, by default the noun with an s.
 */
export function countOf(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${withCommas(count)} ${count === 1 ? noun : plural}`;
}
