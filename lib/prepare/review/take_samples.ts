/** Takes some of the samples of a matrix, with all that is known of them. */

import type { PreparationInput } from "../input/read_input.ts";

/**
 * The input with some of its samples and new tissues.
 *
 * @param rows The rows to keep, ascending.
 * @param tissues Each sample's tissue, by row of the input.
 */
export function takeSamples(
  input: PreparationInput,
  rows: readonly number[],
  tissues: readonly string[],
): PreparationInput {
  const taken = { ...input, tissues };
  const { sampleIds, genes, values, groups, batches, sampleFacts } = input;
  if (rows.length === sampleIds.length) return taken;
  const pick = (texts: readonly string[]) => rows.map((row) => texts[row]);
  const count = genes.length;
  const kept = new Float32Array(rows.length * count);
  rows.forEach((row, index) =>
    kept.set(values.subarray(row * count, (row + 1) * count), index * count)
  );
  return {
    ...taken,
    sampleIds: pick(sampleIds),
    tissues: pick(tissues),
    values: kept,
    ...groups && { groups: pick(groups) },
    ...batches && { batches: pick(batches) },
    sampleFacts: sampleFacts.map(({ name, texts }) => ({
      name,
      texts: pick(texts),
    })),
  };
}
