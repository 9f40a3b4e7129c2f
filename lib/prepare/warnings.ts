/** What a user should know of the data before anything is trained. */

import { countOf, quote, withCommas } from "../cli/text.ts";
import type { TissueSamples } from "./figures/samples_per_tissue.ts";

/** The score of a tissue with fewer test samples is very uncertain. */
const FEW_TEST_SAMPLES = 3;
/** Tissues that a warning names. */
const NAMED = 5;
/** Values that are not logarithms reach higher than that. */
const LARGEST_LOGARITHM = 50;

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

/** Warns of values that look like logarithms. */
export function warnOfLogarithms(values: Float32Array): string[] {
  let largest = 0;
  for (const value of values) {
    if (value >= LARGEST_LOGARITHM) return [];
    if (value > largest) largest = value;
  }
  return [
    `The largest value is ${Number(largest.toPrecision(4))}: the data look ` +
    "like logarithms already; if they are, give --transform none",
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
