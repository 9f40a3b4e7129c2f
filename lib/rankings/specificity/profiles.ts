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
  contrasts.forEach(({ tissue }, t) => {
    const own = rowsOf.get(tissue)!;
    for (const row of own) {
      for (let gene = 0; gene < genes.length; gene++) {
        means[gene * count + t] += toLinear(values[row * genes.length + gene]);
      }
    }
    for (let gene = 0; gene < genes.length; gene++) {
      const at = gene * count + t;
      means[at] = means[at] < 0 ? NaN : means[at] / own.length;
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
  const linear = means.slice(gene * count, (gene + 1) * count);
  return scale === "linear" ? linear : linear.map((x) => Math.log2(x + 1));
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
