/** How many samples of each tissue to pick: the split without groups. */

import type { RandomStream } from "../../random.ts";
/**
 * How many samples to pick of each tissue: its fraction rounded down or up, so
 * that the total is as close to the fraction as possible (largest remainders,
 * ties broken by the stream). One sample of each tissue is left.
 *
 * @param sizes The samples of each tissue.
 * @param minimum How many to pick of each tissue at least, if it has more.
 * @param fraction The share to pick, in [0, 1].
 * @returns A count per tissue.
 */
export function drawQuotas(
  sizes: readonly number[],
  minimum: number,
  fraction: number,
  stream: RandomStream,
): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const quotas = sizes.map((size) => {
    const wanted = Math.max(minimum, Math.floor(fraction * size));
    return Math.min(wanted, size - 1);
  });
  let open = Math.round(fraction * total) -
    quotas.reduce((sum, quota) => sum + quota, 0);
  const missing = (index: number) => fraction * sizes[index] - quotas[index];
  const order = stream.shuffle(sizes.map((_, index) => index))
    .sort((a, b) => missing(b) - missing(a));
  for (const index of order) {
    if (open <= 0 || missing(index) <= 0) break;
    if (quotas[index] === sizes[index] - 1) continue;
    quotas[index]++;
    open--;
  }
  return quotas;
}
