/** Numbers as the report prints them: the same on every machine. */

import { withCommas } from "../cli/text.ts";

export { formatP as pValue } from "../statistics/format_p.ts";

/**
 * A number with a fixed count of decimals, for columns of figures.
 *
 * @param value Anything that is not finite is shown as `not defined`.
 * @param decimals 3 by default.
 */
export function fixed(value: number | null | undefined, decimals = 3): string {
  if (!isFiniteNumber(value)) return "not defined";
  const text = value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/**
 * A number with a fixed count of significant digits; powers of ten where the
 * plain form would be long.
 *
 * @param value Anything that is not finite is shown as `not defined`.
 * @param digits Significant digits, 3 by default.
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
 * A whole number with commas between thousands.
 */
export function count(value: number | null | undefined): string {
  if (!isFiniteNumber(value)) return "not defined";
  return withCommas(value);
}

/**
 * A count with its noun, such as `1 gene` or `2,216 genes`.
 *
 * @param plural The singular with an `s` by default.
 */
export function counted(
  value: number,
  singular: string,
  plural = `${singular}s`,
): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
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

/**
 * The mean.
 *
 * @returns NaN for no values.
 */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The sample standard deviation (n - 1 below the line).
 *
 * @returns NaN for fewer than two values.
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const center = mean(values);
  const squares = values.reduce((sum, v) => sum + (v - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * A number as JSON can hold it.
 *
 * @returns `null` for a number that is not finite.
 */
export function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Whether a JSON value is a number that can be printed. */
function isFiniteNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
