/** How values are normalized for the samples' library sizes. */

import { InputError, rerun } from "../../cli/errors.ts";
import { countOf, quote, withCommas } from "../../cli/text.ts";
import { rowsInIdOrder } from "../order.ts";
import type { NormalizationMethod } from "../outputs.ts";
import type { ValueSummary } from "./recognize.ts";
import { tmmFactors } from "./tmm.ts";

const MILLION = 1e6;

/** How the values are normalized. */
export interface Normalization {
  readonly method: NormalizationMethod;
  /** Each sample's values are divided by it; 1 leaves them as they are. */
  readonly divisors: Float64Array<ArrayBuffer>;
  /** Each sample's normalization factor: TMM's, else 1. */
  readonly factors: Float64Array<ArrayBuffer>;
  /** The row of the sample that TMM compares the others with. */
  readonly reference?: number;
}

/** What is normalized, and how. */
export interface NormalizationOptions {
  readonly sampleIds: readonly string[];
  readonly genes: readonly string[];
  /** samples x genes, row after row. */
  readonly values: Float32Array;
  readonly summary: ValueSummary;
  /** `auto`: counts are made CPM, other values are left as they are. */
  readonly normalize: NormalizationMethod | "auto";
  /** With `none`, `auto` leaves counts as they are, too. */
  readonly transform: "log2" | "none";
}

/**
 * Finds what each sample's values are to be divided by.
 *
 * Counts per million (CPM) are the counts divided by the library size in
 * millions; with TMM the library size is multiplied by its factor first
 * (effective library size), as by edgeR's `cpm`.
 *
 * Values below 0 are no amounts: `auto` leaves them as they are.
 *
 * @throws {InputError} If a sample's values are all 0, or some are negative.
 */
export function normalizeSamples(options: NormalizationOptions): Normalization {
  const { summary, normalize, transform } = options;
  const { librarySizes } = summary;
  const samples = librarySizes.length;
  const factors = new Float64Array(samples).fill(1);
  const method = normalize !== "auto"
    ? normalize
    : transform === "log2" && summary.kind === "counts"
    ? "cpm"
    : "none";
  if (method === "none") return { method, divisors: factors, factors };
  refuseNegative(summary, method);
  refuseEmpty(options);
  if (method === "cpm") {
    return { method, divisors: librarySizes.map(inMillions), factors };
  }
  const found = tmmFactors({
    values: options.values,
    genes: options.genes.length,
    librarySizes,
    order: rowsInIdOrder(options.sampleIds),
  });
  return {
    method,
    divisors: librarySizes.map((size, row) =>
      inMillions(size * found.factors[row])
    ),
    ...found,
  };
}

function inMillions(size: number): number {
  return size / MILLION;
}

/** @throws {InputError} If a value is negative. */
function refuseNegative(
  { negative, smallest, librarySizes }: ValueSummary,
  method: NormalizationMethod,
): void {
  if (negative === 0) return;
  throw new InputError(
    `Cannot normalize by ${method}: ${countOf(negative, "value")} ${
      negative === 1 ? "is" : "are"
    } negative (the smallest is ${Number(smallest.toPrecision(4))}, in ` +
      `${countOf(librarySizes.length, "sample")}), and a library size is a ` +
      "sum of counts",
    rerun("prepare", { normalize: "none" }),
  );
}

/** @throws {InputError} If a sample has no value above 0. */
function refuseEmpty({ sampleIds, summary }: NormalizationOptions): void {
  const empty = sampleIds.filter((_, row) => summary.librarySizes[row] === 0);
  if (empty.length === 0) return;
  throw new InputError(
    `Cannot normalize: ${countOf(empty.length, "sample")} of ${
      withCommas(sampleIds.length)
    } ${empty.length === 1 ? "has" : "have"} no value above 0 (the first is ` +
      `${quote(empty[0])}), and each should have some`,
    rerun("prepare", { "drop-zero-samples": true }),
  );
}
