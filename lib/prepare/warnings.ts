/** What a user should know of the data before anything is trained. */

import { countOf, quote, withCommas } from "../cli/text.ts";
import { median } from "../statistics/describe.ts";
import type { TissueSamples } from "./figures/samples_per_tissue.ts";
import { flagWords } from "./flag_words.ts";
import type { Normalization } from "./normalize/normalization.ts";
import type { ValueSummary } from "./normalize/recognize.ts";

/** The score of a tissue with fewer test samples is very uncertain. */
const FEW_TEST_SAMPLES = 3;
/** TPM, FPKM and RPKM of a sample add up to less. */
const LARGE_SUM = 5e6;
/** A library of a smaller share of the median has hardly been measured. */
const SMALL_LIBRARY = 0.01;
/** A filter seldom leaves a smaller share of the genes. */
const SMALL_SHARE = 0.1;
/** Tissues that a warning names. */
const NAMED = 5;

/** Warns of tissues with few test samples, though some. */
export function warnOfFewTests(tissues: readonly TissueSamples[]): string[] {
  const few = tissues.filter(({ test }) => test > 0 && test < FEW_TEST_SAMPLES);
  if (few.length === 0) return [];
  const named = few.slice(0, NAMED).map(({ tissue }) => quote(tissue))
    .join(", ");
  return [
    `${countOf(few.length, "tissue")} (${named}${
      few.length > NAMED ? ", …" : ""
    }) ${few.length === 1 ? "has" : "have"} fewer than ${FEW_TEST_SAMPLES} ` +
    "test samples: their scores are very uncertain",
  ];
}

/** Warns of values that look like logarithms, of which more are taken. */
export function warnOfLogarithms(
  { kind, largest }: Pick<ValueSummary, "kind" | "largest">,
): string[] {
  return kind !== "logarithms" ? [] : [
    `The largest value is ${Number(largest.toPrecision(4))}: the data look ` +
    `like logarithms already; if they are, give ${flagWords("transform none")}`,
  ];
}

/**
 * Warns of values that are left as they are and add up to more than TPM, FPKM
 * or RPKM do: they may be counts that are not whole numbers.
 */
export function warnOfLargeSums(
  { kind, negative, librarySizes }: Pick<
    ValueSummary,
    "kind" | "negative" | "librarySizes"
  >,
  { method }: Pick<Normalization, "method">,
): string[] {
  const sum = median(librarySizes);
  if (
    kind !== "other" || negative > 0 || method !== "none" || sum < LARGE_SUM
  ) return [];
  return [
    `The values of a sample add up to ${withCommas(sum)} (median), more than ` +
    "TPM or FPKM do; if they are counts that are not normalized yet, give " +
    flagWords("normalize cpm"),
  ];
}

/** Warns of logarithms that are divided as if they were counts. */
export function warnOfDividedLogarithms(
  { kind }: Pick<ValueSummary, "kind">,
  { method }: Pick<Normalization, "method">,
): string[] {
  return kind !== "logarithms" || method === "none" ? [] : [
    "The data look like logarithms, which must not be divided by a library " +
    `size; if they are, give ${flagWords("normalize none")}`,
  ];
}

/** Warns of samples with so few reads that their values are mostly noise. */
export function warnOfSmallLibraries(
  sampleIds: readonly string[],
  { kind, negative, librarySizes }: Pick<
    ValueSummary,
    "kind" | "negative" | "librarySizes"
  >,
): string[] {
  if (kind === "logarithms" || negative > 0) return [];
  const least = SMALL_LIBRARY * median(librarySizes);
  // Samples without a read have a note of their own.
  const small = sampleIds.filter((_, row) =>
    librarySizes[row] > 0 && librarySizes[row] < least
  ).toSorted();
  if (small.length === 0) return [];
  return [
    `${countOf(small.length, "sample")} (${
      small.slice(0, NAMED).map(quote).join(", ")
    }${small.length > NAMED ? ", …" : ""}) ${
      small.length === 1 ? "has" : "have"
    } less than 1 % of the median library size: consider removing ${
      small.length === 1 ? "it" : "them"
    } from the matrix`,
  ];
}

/** Warns of a filter that leaves few genes. */
export function warnOfFewGenes(kept: number, genes: number): string[] {
  return kept >= SMALL_SHARE * genes ? [] : [
    `Only ${withCommas(kept)} of ${countOf(genes, "gene")} stay: ${
      flagWords("min-expression")
    } may not fit the unit of the values`,
  ];
}

/** Warns of genes that are zero in all samples, by each gene's zeros. */
export function warnOfSilentGenes(
  zeros: Int32Array,
  samples: number,
): string[] {
  const silent = zeros.filter((count) => count === samples).length;
  return silent === 0 ? [] : [
    `${countOf(silent, "gene")} of ${withCommas(zeros.length)} ${
      silent === 1 ? "is" : "are"
    } zero in every sample`,
  ];
}
