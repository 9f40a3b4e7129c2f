/** P-values as text: the same on the terminal, in figures and in the report. */

/** A p-value below this is called significant. */
export const SIGNIFICANCE_LEVEL = 0.05;

/** Doubles below this lose their digits, and in the end become 0. */
const SMALLEST = 1e-300;

/**
 * Formats a p-value with its relation, to three significant digits: never as
 * 0, and never as 0.05 or more where it is below. More digits are shown where
 * three would say so.
 *
 * @param p In [0, 1].
 * @param log10P Its logarithm to base 10, for a p that is too small for a
 * double.
 * @returns For example `= 0.0495`, `= 3.12e-7`, `< 1e-312` or `> 0.99`; `is not
 * defined` if there is no p.
 *
 * @example
 * ```ts
 * import { formatP } from "./format_p.ts";
 * console.assert(formatP(0.0495049) === "= 0.0495");
 * console.assert(formatP(0, -312.4) === "< 1e-312");
 * ```
 */
export function formatP(
  p: number | null | undefined,
  log10P?: number | null,
): string {
  if (p === null || p === undefined || !Number.isFinite(p)) {
    return "is not defined";
  }
  if (p < SMALLEST) {
    return `< 1e${typeof log10P === "number" ? Math.floor(log10P) + 1 : -300}`;
  }
  if (p > 0.99) return "> 0.99";
  if (p < 1e-4) return `= ${p.toExponential(2)}`;
  let digits = 3;
  while (
    p < SIGNIFICANCE_LEVEL &&
    Number(p.toPrecision(digits)) >= SIGNIFICANCE_LEVEL
  ) digits++;
  return `= ${p.toPrecision(digits)}`;
}
