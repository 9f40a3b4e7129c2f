/** How many samples of each tissue to pick: the split without groups. */

import type { RandomStream } from "../../random.ts";

/** The samples of a tissue, and how many of them may be picked. */
export interface Stratum {
  readonly size: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * How many samples to pick of each tissue: its fraction rounded down or up, so
 * that the total is as close to the fraction as possible (largest remainders,
 * ties broken by the stream), and within its bounds.
 *
 * @param strata The tissues.
 * @param fraction The share to pick, in [0, 1].
 * @param stream Breaks ties.
 * @returns A count per tissue.
 */
export function drawQuotas(
  strata: readonly Stratum[],
  fraction: number,
  stream: RandomStream,
): number[] {
  const total = strata.reduce((sum, { size }) => sum + size, 0);
  const quotas = strata.map(({ size, minimum, maximum }) =>
    clamp(Math.floor(fraction * size), minimum, maximum)
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

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.max(minimum, Math.min(maximum, value));
}
