/** Numbers as the page and the terminal say them. */

import { countOf, withCommas } from "../../lib/cli/text.ts";
import type { MatrixSize } from "./inputs.ts";

/**
 * Seconds with three digits.
 *
 * @example
 * ```ts
 * import { formatSeconds } from "./words.ts";
 * console.assert(formatSeconds(0.1234) === "0.123 s");
 * console.assert(formatSeconds(1234.5) === "1,235 s");
 * ```
 */
export function formatSeconds(seconds: number): string {
  return `${formatDigits(seconds)} s`;
}

/**
 * Bytes in the unit that suits them.
 *
 * @example
 * ```ts
 * import { formatBytes } from "./words.ts";
 * console.assert(formatBytes(1.234e9) === "1.23 GB");
 * console.assert(formatBytes(null) === "not known");
 * ```
 */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return "not known";
  return bytes >= 1e9
    ? `${formatDigits(bytes / 1e9)} GB`
    : `${formatDigits(bytes / 1e6)} MB`;
}

/**
 * A number with three digits, or all digits in front of the point.
 *
 * @example
 * ```ts
 * import { formatDigits } from "./words.ts";
 * console.assert(formatDigits(0.05678) === "0.0568" && formatDigits(2) === "2.00");
 * ```
 */
export function formatDigits(value: number): string {
  return value >= 100 ? withCommas(value) : value.toPrecision(3);
}

/**
 * A matrix's size: `955 samples x 21,111 genes`.
 *
 * @example
 * ```ts
 * import { describeSize } from "./words.ts";
 * const size = describeSize({ samples: 955, genes: 21_111, tissues: 11 });
 * console.assert(size === "955 samples x 21,111 genes");
 * ```
 */
export function describeSize({ samples, genes }: MatrixSize): string {
  return `${countOf(samples, "sample")} x ${countOf(genes, "gene")}`;
}
