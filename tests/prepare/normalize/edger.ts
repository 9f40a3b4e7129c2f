/** Reads the golden values that edgeR gave. */

/** One of the data sets in `edger.json`. */
export interface EdgerData {
  readonly samples: readonly string[];
  readonly tissues: readonly string[];
  readonly genes: readonly string[];
  /** samples x genes. */
  readonly counts: readonly number[];
  readonly library_size: readonly number[];
  readonly norm_factors: readonly number[];
  readonly reference: string;
  /** CPM of the first 50 genes, sample after sample. */
  readonly cpm: readonly number[];
  readonly cpm_tmm: readonly number[];
  readonly keep: readonly string[];
  readonly keep_any_total: readonly string[];
  readonly keep_tmm_any_total: readonly string[];
}

const path = new URL("../../fixtures/prepare/edger.json", import.meta.url);

export const edger: Readonly<Record<string, EdgerData>> = JSON.parse(
  await Deno.readTextFile(path),
);

/** The counts as a matrix, rows and columns in another order if asked. */
export function matrixOf(
  { samples, tissues, genes, counts }: EdgerData,
  rows: readonly number[] = [...samples.keys()],
) {
  return {
    sampleIds: rows.map((row) => samples[row]),
    tissues: rows.map((row) => tissues[row]),
    genes,
    values: Float32Array.from(
      rows.flatMap((row) =>
        counts.slice(row * genes.length, (row + 1) * genes.length)
      ),
    ),
  };
}

/** The largest relative difference. */
export function relativeGap(
  found: ArrayLike<number>,
  golden: readonly number[],
): number {
  if (found.length !== golden.length) return Infinity;
  return golden.reduce(
    (most, value, index) =>
      Math.max(
        most,
        value === found[index] ? 0 : Math.abs(found[index] / value - 1),
      ),
    0,
  );
}
