/** Each gene's mean in each tissue, on the linear scale. */

import { partition } from "../../prepare/order.ts";
import type { RankingInput } from "../ranking_method.ts";

/** Genes by tissue. */
export interface TissueProfiles {
  /** In the order of the input's contrasts. */
  readonly tissues: readonly string[];
  readonly genes: number;
  /** genes x tissues, gene after gene; NaN where a mean is below 0. */
  readonly means: Float64Array;
}

/** The scale that an index is computed on. */
export type Scale = "linear" | "log";

const profiles = new WeakMap<RankingInput, TissueProfiles>();

/**
 * Means over a tissue's samples of the values before the logarithm; computed
 * once for each input.
 *
 * @throws {TypeError} If the input does not say what the values were.
 */
export function linearProfiles(input: RankingInput): TissueProfiles {
  const known = profiles.get(input);
  if (known !== undefined) return known;
  const { dataset: { values, genes, tissues }, rows, contrasts, toLinear } =
    input;
  if (toLinear === undefined) {
    throw new TypeError("Cannot tell the values before the transform");
  }
  const count = contrasts.length;
  const means = new Float64Array(genes.length * count);
  const rowsOf = partition(rows, tissues);
  const sums = new Float64Array(genes.length);
  contrasts.forEach(({ tissue }, t) => {
    const own = rowsOf.get(tissue)!;
    sums.fill(0);
    for (const row of own) {
      const sample = values.subarray(
        row * genes.length,
        (row + 1) * genes.length,
      );
      for (let gene = 0; gene < sample.length; gene++) {
        sums[gene] += toLinear(sample[gene]);
      }
    }
    for (let gene = 0; gene < genes.length; gene++) {
      means[gene * count + t] = sums[gene] < 0 ? NaN : sums[gene] / own.length;
    }
  });
  const found = {
    tissues: contrasts.map(({ tissue }) => tissue),
    genes: genes.length,
    means,
  };
  profiles.set(input, found);
  return found;
}

/** One gene's profile; on the log scale log2(mean + 1). */
export function profileOf(
  { means, tissues }: TissueProfiles,
  gene: number,
  scale: Scale,
): Float64Array {
  const count = tissues.length;
  const profile = means.slice(gene * count, (gene + 1) * count);
  if (scale === "linear") return profile;
  for (let t = 0; t < count; t++) profile[t] = Math.log2(profile[t] + 1);
  return profile;
}

/** The sums over all genes, by tissue; genes without a mean do not count. */
export function tissueSums(
  profiles: TissueProfiles,
  scale: Scale,
): Float64Array {
  const sums = new Float64Array(profiles.tissues.length);
  for (let gene = 0; gene < profiles.genes; gene++) {
    const profile = profileOf(profiles, gene, scale);
    if (profile.some(Number.isNaN)) continue;
    profile.forEach((x, t) => sums[t] += x);
  }
  return sums;
}
