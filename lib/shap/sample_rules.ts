/** Which samples are ranked, and which of their outputs is explained. */

export const sampleRules = ["all", "right"] as const;

/**
 * `all`: every test sample counts for its own tissue, whose output is
 * explained, whatever it was predicted as. `right`: the predicted tissue's
 * output is explained, and only samples that were predicted right are ranked.
 */
export type SampleRule = typeof sampleRules[number];

/** Each explained sample's tissue, or null if it is not to be ranked. */
export function rankedTissueOf(
  rule: SampleRule,
  samples: readonly { readonly tissue: string; readonly predicted: string }[],
): (string | null)[] {
  return samples.map(({ tissue, predicted }) =>
    rule === "all" || tissue === predicted ? tissue : null
  );
}
