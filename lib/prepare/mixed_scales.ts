/** Warns of samples whose values are logarithms beside others that are not. */

import { countOf } from "../cli/text.ts";
import { listNames, sortedNames } from "./labels/named.ts";
import type { SampleValues } from "./review/empty_samples.ts";

/** The largest value of a sample of logarithms is smaller, */
const LOGGED = 30;
/** of counts, TPM or FPKM it is greater. */
const UNLOGGED = 1000;
/** Values of logarithms that are whole numbers are fewer. */
const WHOLE_SHARE = 0.5;

/**
 * Warns of a matrix of two scales. A sample of counts with hardly a read does
 * not reach far either, but its values are whole numbers.
 */
export function warnOfMixedScales(
  { sampleIds, genes, values }: SampleValues,
): string[] {
  const [logged, unlogged]: [string[], string[]] = [[], []];
  sampleIds.forEach((id, row) => {
    const own = values.subarray(row * genes.length, (row + 1) * genes.length);
    const { largest, wholeShare } = describe(own);
    if (largest > UNLOGGED) unlogged.push(id);
    else if (largest > 0 && largest < LOGGED && wholeShare < WHOLE_SHARE) {
      logged.push(id);
    }
  });
  if (logged.length === 0 || unlogged.length === 0) return [];
  // Those of another scale than most are to be named.
  const half = sampleIds.length / 2;
  if (unlogged.length > half) {
    return [
      `${countOf(logged.length, "sample")} (${named(logged)}) ${
        logged.length === 1 ? "looks" : "look"
      } like logarithms (no value reaches ${LOGGED}) while the others do not: ` +
      "all samples should be of one scale",
    ];
  }
  if (logged.length > half) {
    return [
      `${countOf(unlogged.length, "sample")} (${named(unlogged)}) ${
        unlogged.length === 1 ? "has" : "have"
      } values above 1,000 while most others look like logarithms (no value ` +
      `reaches ${LOGGED}): all samples should be of one scale`,
    ];
  }
  return [];
}

const named = (ids: readonly string[]) => listNames(sortedNames(ids));

/** The largest value, and the share of whole numbers among those above 0. */
function describe(own: Float32Array): { largest: number; wholeShare: number } {
  let [largest, above, whole] = [-Infinity, 0, 0];
  for (const value of own) {
    if (value > largest) largest = value;
    if (value <= 0) continue;
    above++;
    if (Number.isInteger(value)) whole++;
  }
  return { largest, wholeShare: above === 0 ? 1 : whole / above };
}
