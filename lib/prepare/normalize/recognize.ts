/** Recognizes counts, normalized values and logarithms by the values alone. */

import type { ValueKind } from "../outputs.ts";
import { areScaled } from "./scaled.ts";

/** Farther from a whole number, a value is not one: counts are often rounded. */
const WHOLE = 0.005;
/**
 * Expected counts (RSEM, Salmon) have 0.55 to 0.8 of them, TPM, FPKM and RPKM
 * less than 0.1.
 */
const WHOLE_SHARE = 0.5;
/** With so many of them even small values are counts, not logarithms. */
const NEARLY_ALL = 0.9;
/** Values that are not logarithms reach higher than that. */
export const LARGEST_LOGARITHM = 50;
/** TPM and CPM of a sample add up to a million, but for rounding. */
const MILLION = 1e6;
const MILLION_TOLERANCE = 0.01;

/** What the values of a matrix look like. */
export interface ValueSummary {
  readonly kind: ValueKind;
  /** Of the values above 0, the share that are whole numbers or nearly so. */
  readonly wholeShare: number;
  readonly largest: number;
  readonly smallest: number;
  /** Values below 0. */
  readonly negative: number;
  /** Each sample's sum of values. */
  readonly librarySizes: Float64Array<ArrayBuffer>;
}

/**
 * Recognizes what the values are, in this order:
 *
 * - per million (TPM, CPM), if each sample adds up to 1,000,000 within 1 %;
 * - counts, if 90 % of the values above 0 are whole numbers;
 * - logarithms, if no value reaches 50;
 * - counts, if half of the values above 0 are whole numbers: counts that
 *   programs expect from reads which fit several genes;
 * - other: FPKM, RPKM, TPM of some of the genes, or the like.
 *
 * With negative values among them they are neither counts nor per million, but:
 *
 * - scaled, if the genes (or the samples) are centered at 0 as z-scores are;
 * - logarithms, if no value is 50 or more away from 0;
 * - other: values that were corrected or had a background taken off.
 *
 * @param values samples x genes finite numbers, row after row.
 */
export function recognizeValues(
  values: Float32Array,
  genes: number,
): ValueSummary {
  const librarySizes = new Float64Array(values.length / genes);
  let [above, whole, negative] = [0, 0, 0];
  let [largest, smallest] = [-Infinity, Infinity];
  librarySizes.forEach((_, row) => {
    const own = values.subarray(row * genes, (row + 1) * genes);
    librarySizes[row] = sumOf(own);
    for (const value of own) {
      if (value > largest) largest = value;
      if (value < smallest) smallest = value;
      if (value < 0) negative++;
      if (value <= 0) continue;
      above++;
      const near = Math.round(value);
      // What is near 0 is no count: counts above 0 are 1 or more.
      if (near > 0 && Math.abs(value - near) <= WHOLE) whole++;
    }
  });
  const wholeShare = above === 0 ? 0 : whole / above;
  const kind = negative > 0
    ? areScaled(values, genes)
      ? "scaled"
      : Math.max(largest, -smallest) < LARGEST_LOGARITHM
      ? "logarithms"
      : "other"
    : isPerMillion(librarySizes)
    ? "per million"
    : wholeShare >= NEARLY_ALL
    ? "counts"
    : largest < LARGEST_LOGARITHM
    ? "logarithms"
    : wholeShare >= WHOLE_SHARE
    ? "counts"
    : "other";
  return { kind, wholeShare, largest, smallest, negative, librarySizes };
}

function isPerMillion(librarySizes: Float64Array): boolean {
  return librarySizes.every((size) =>
    Math.abs(size / MILLION - 1) <= MILLION_TOLERANCE
  );
}

/**
 * A sum without rounding errors that depend on the order of the genes
 * (Neumaier 1974): the trimming of TMM reacts to the last bit of a library
 * size where many genes have the same ratio.
 */
function sumOf(numbers: Float32Array): number {
  let sum = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = sum + number;
    lost += sum >= number ? sum - next + number : number - next + sum;
    sum = next;
  }
  return sum + lost;
}
