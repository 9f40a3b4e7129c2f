/**
 * Numbers as tables and sentences print them: the same on every machine.
 * Anything that is not finite is shown as `not defined`.
 */

/** A number with a fixed count of decimals, for columns of figures. */
export function fixed(value: number | null | undefined, decimals = 3): string {
  if (!isFiniteNumber(value)) return "not defined";
  const text = value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/**
 * A number with a fixed count of significant digits; powers of ten where the
 * plain form would be long.
 */
export function significant(
  value: number | null | undefined,
  digits = 3,
): string {
  if (!isFiniteNumber(value)) return "not defined";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(digits - 1);
  return value.toPrecision(digits).includes("e")
    ? String(Math.round(value))
    : value.toPrecision(digits);
}

/**
 * A share as a percentage.
 *
 * @param share 0 to 1.
 */
export function percent(share: number | null | undefined): string {
  if (!isFiniteNumber(share)) return "not defined";
  const value = 100 * share;
  const small = value !== 0 && Math.abs(value) < 10;
  return `${value.toFixed(small ? 1 : 0)} %`;
}

/** Whether a JSON value is a number that can be printed. */
function isFiniteNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
