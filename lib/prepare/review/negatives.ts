/** Refuses negative values where a logarithm would be taken of them. */

import { InputError, rerun } from "../../cli/errors.ts";
import { countOf, quote, withCommas } from "../../cli/text.ts";
import type { SampleValues } from "./empty_samples.ts";

/** @throws {InputError} If the logarithm of a negative value is to be taken. */
export function refuseNegatives(
  { sampleIds, genes, values }: SampleValues,
  transform: "log2" | "none",
): void {
  if (transform === "none") return;
  const count = genes.length;
  const inGene = new Uint8Array(count);
  let [negative, samples] = [0, 0];
  let first: number | undefined;
  for (let row = 0; row < sampleIds.length; row++) {
    const before = negative;
    for (let gene = 0; gene < count; gene++) {
      if (values[row * count + gene] >= 0) continue;
      first ??= row * count + gene;
      negative++;
      inGene[gene] = 1;
    }
    if (negative > before) samples++;
  }
  if (first === undefined) return;
  const genesWith = inGene.reduce((sum, has) => sum + has, 0);
  throw new InputError(
    `Cannot take the logarithm: ${withCommas(negative)} of ${
      countOf(values.length, "value")
    } ${negative === 1 ? "is" : "are"} negative, in ${
      countOf(samples, "sample")
    } and ` +
      `${countOf(genesWith, "gene")} (the first is ` +
      `${Number(values[first].toPrecision(6))}, sample ` +
      `${quote(sampleIds[Math.floor(first / count)])}, gene ` +
      `${quote(genes[first % count])}), and all should be 0 or greater; ` +
      "logarithms and scaled values are used as they are with the transform none",
    rerun("prepare", { transform: "none" }),
  );
}
