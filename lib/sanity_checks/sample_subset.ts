/** Which samples the checks explain. */

import { byCodeUnit } from "../cli/text.ts";
import type { RandomStream } from "../random.ts";

/**
 * Draws some samples of each tissue. The draw depends only on the tissue's
 * sample ids, neither on their order nor on other tissues.
 *
 * @param tissues The tissues in the order of the result.
 * @param most Samples a tissue, at most.
 * @returns Tissue by tissue, within each by sample id.
 */
export function chooseSamples<
  Sample extends { readonly sampleId: string; readonly tissue: string },
>(
  candidates: readonly Sample[],
  tissues: readonly string[],
  most: number,
  stream: RandomStream,
): Sample[] {
  return tissues.flatMap((tissue) => {
    const own = candidates.filter((sample) => sample.tissue === tissue)
      .sort((a, b) => byCodeUnit(a.sampleId, b.sampleId));
    const count = Math.min(most, own.length);
    return [...stream.child(tissue).sample(own.length, count)]
      .sort((a, b) => a - b)
      .map((index) => own[index]);
  });
}
