/** Numbers as the report prints them: the same on every machine. */

import { withCommas } from "../run/counts.ts";

/**
 * A number with a fixed count of decimals, for columns of figures.
 *
 * @param value Anything that is not finite is shown as `not defined`.
 * @param decimals 3 by default.
 *
 * @example
 * ```ts
 * import { fixed } from "./numbers.ts";
 * console.assert(fixed(0.87954) === "0.880");
 * console.assert(fixed(-0.0001) === "0.000");
 * ```
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
 *
 * @example
 * ```ts
 * import { significant } from "./numbers.ts";
 * console.assert(significant(0.00012345) === "0.000123");
 * console.assert(significant(1.5e-9) === "1.50e-9");
 * ```
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
 * A p-value after its sign of relation: never `= 0`, for no finite sample
 * shows that something is impossible.
 *
 * @param value In [0, 1]; below 1e-300 the number itself is lost to underflow.
 *
 * @example
 * ```ts
 * import { pValue } from "./numbers.ts";
 * console.assert(pValue(0) === "< 1e-300");
 * console.assert(pValue(0.0123) === "= 0.0123");
 * ```
 */
export function pValue(value: number | null | undefined): string {
  if (!isFiniteNumber(value)) return "is not defined";
  if (value < 1e-300) return "< 1e-300";
  return `= ${value > 0.9995 ? "1.00" : significant(value)}`;
}

/**
 * A whole number with commas between thousands.
 *
 * @example
 * ```ts
 * import { count } from "./numbers.ts";
 * console.assert(count(13670) === "13,670");
 * ```
 */
export function count(value: number | null | undefined): string {
  if (!isFiniteNumber(value)) return "not defined";
  return withCommas(value);
}

/**
 * A count with its noun, such as `1 gene` or `2,216 genes`.
 *
 * @param plural The singular with an `s` by default.
 *
 * @example
 * ```ts
 * import { counted } from "./numbers.ts";
 * console.assert(counted(1, "gene") === "1 gene");
 * console.assert(counted(2216, "gene") === "2,216 genes");
 * ```
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
 *
 * @example
 * ```ts
 * import { percent } from "./numbers.ts";
 * console.assert(percent(0.6475) === "65 %");
 * console.assert(percent(0.004) === "0.4 %");
 * ```
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
 *
 * @example
 * ```ts
 * import { mean } from "./numbers.ts";
 * console.assert(mean([1, 3]) === 2);
 * ```
 */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The sample standard deviation (n - 1 below the line).
 *
 * @returns NaN for fewer than two values.
 *
 * @example
 * ```ts
 * import { standardDeviation } from "./numbers.ts";
 * console.assert(standardDeviation([1, 3]) === Math.SQRT2);
 * ```
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  const squares = values.reduce((sum, v) => sum + (v - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * A number as JSON can hold it.
 *
 * @returns `null` for a number that is not finite.
 *
 * @example
 * ```ts
 * import { defined } from "./numbers.ts";
 * console.assert(defined(NaN) === null && defined(1) === 1);
 * ```
 */
export function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Whether a JSON value is a number that can be printed. */
function isFiniteNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
