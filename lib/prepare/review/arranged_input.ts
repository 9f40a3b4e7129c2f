/** The matrix as it was read, with all that is known of its samples and genes. */

import type { GeneFacts } from "../input/expression_matrix.ts";
import type { Annotation } from "../input/raw_matrix.ts";
import type { PreparationInput } from "../input/read_input.ts";

/** How the file was read. */
export interface ReadingFacts {
  /** The format in words: `GCT 1.2`. */
  readonly format: string;
  /** The side of the file's matrix that the genes are on. */
  readonly genesIn: "rows" | "columns";
  /** Why, as the end of a sentence: `because its ids match sheet.csv`. */
  readonly orientationReason: string;
  /** What the file or the sheet calls the tissues. */
  readonly label: string;
  /** Which file that is in. */
  readonly labelFrom: "matrix" | "sheet";
  /** What the user should know, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/** What the stage works on, before samples are left out. */
export interface ArrangedInput
  extends Omit<PreparationInput, "geneFacts" | "sampleFacts"> {
  readonly geneFacts?: readonly GeneFacts[];
  readonly sampleFacts?: readonly Annotation[];
  readonly reading?: ReadingFacts;
  /** The new names of tissues, of `--merge-labels`. */
  readonly merges?: ReadonlyMap<string, string>;
}

/**
 * The input with some of its samples and new tissues.
 *
 * @param rows The rows to keep, ascending.
 * @param tissues Each sample's tissue, by row of the input.
 */
export function takeSamples(
  input: ArrangedInput,
  rows: readonly number[],
  tissues: readonly string[],
): ArrangedInput {
  const taken = { ...input, tissues };
  const { sampleIds, genes, values, groups, sampleFacts } = input;
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
    ...sampleFacts && {
      sampleFacts: sampleFacts.map(({ name, texts }) => ({
        name,
        texts: pick(texts),
      })),
    },
  };
}
