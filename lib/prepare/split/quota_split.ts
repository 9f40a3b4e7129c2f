/** How many samples of each tissue to pick: the split without groups. */

import type { RandomStream } from "../../random.ts";
import type { Bounds } from "./group_search.ts";

/** The samples of a tissue, and how many of them may be picked. */
export interface Stratum extends Bounds {
  readonly size: number;
}

/**
 * How many samples to pick of each tissue: its fraction rounded down or up, so
 * that the total is as close to the fraction as possible (largest remainders,
 * ties broken by the stream), and within its bounds.
 *
 * @param fraction The share to pick, in [0, 1].
 * @returns A count per tissue.
 */
export function drawQuotas(
  strata: readonly Stratum[],
  fraction: number,
  stream: RandomStream,
): number[] {
  const total = strata.reduce((sum, { size }) => sum + size, 0);
  const quotas = strata.map(({ size, minimum, maximum }) =>
    Math.max(minimum, Math.min(maximum, Math.floor(fraction * size)))
  );
  let open = Math.round(fraction * total) -
    quotas.reduce((sum, quota) => sum + quota, 0);
  const order = stream.shuffle(strata.map((_, index) => index)).sort((a, b) =>
    fraction * strata[b].size - quotas[b] -
    (fraction * strata[a].size - quotas[a])
  );
  for (const index of order) {
    const { size, maximum } = strata[index];
    const missing = fraction * size - quotas[index];
    if (open <= 0 || missing <= 0) break;
    if (quotas[index] === maximum) continue;
    quotas[index]++;
    open--;
  }
  return quotas;
}
