/** Numbers as text, for the page and the terminal. */

import { countOf, withCommas } from "../../lib/cli/text.ts";
import type { MatrixSize } from "./inputs.ts";

/**
 * Seconds with three significant digits.
 */
export function formatSeconds(seconds: number): string {
  return `${formatDigits(seconds)} s`;
}

/**
 * Bytes in MB or GB.
 */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return "unknown";
  return bytes >= 1e9
    ? `${formatDigits(bytes / 1e9)} GB`
    : `${formatDigits(bytes / 1e6)} MB`;
}

/**
 * A number with three significant digits, or all digits before the point.
 */
export function formatDigits(value: number): string {
  return value >= 100 ? withCommas(value) : value.toPrecision(3);
}

/**
 * A matrix's size: `955 samples x 21,111 genes`.
 */
export function describeSize({ samples, genes }: MatrixSize): string {
  return `${countOf(samples, "sample")} x ${countOf(genes, "gene")}`;
}
