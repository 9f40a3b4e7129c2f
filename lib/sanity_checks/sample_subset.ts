/** Which samples the checks explain. */

import type { RandomStream } from "../random.ts";

/** A sample that may be explained. */
export interface Candidate {
  readonly sampleId: string;
  readonly tissue: string;
}

/**
 * Draws some samples of each tissue. The draw depends only on the tissue's
 * sample ids, neither on their order nor on other tissues.
 *
 * @param candidates The samples to draw from.
 * @param tissues The tissues in the order of the result.
 * @param most Samples a tissue, at most.
 * @param stream Draws each tissue's samples by a child of its name.
 * @returns Tissue by tissue, within each by sample id.
 */
export function chooseSamples<Sample extends Candidate>(
  candidates: readonly Sample[],
  tissues: readonly string[],
  most: number,
  stream: RandomStream,
): Sample[] {
  return tissues.flatMap((tissue) => {
    const own = candidates.filter((sample) => sample.tissue === tissue).sort(
      (a, b) => a.sampleId < b.sampleId ? -1 : a.sampleId > b.sampleId ? 1 : 0,
    );
    const count = Math.min(most, own.length);
    return [...stream.child(tissue).sample(own.length, count)]
      .sort((a, b) => a - b)
      .map((index) => own[index]);
  });
}
