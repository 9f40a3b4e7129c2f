/** The values of the chosen samples and genes, and taking parts of them. */

/** samples x genes numbers, row after row. */
export interface ValueTable {
  readonly values: Float32Array<ArrayBuffer>;
  /** How many genes, the width of a row. */
  readonly genes: number;
}

/** What is kept of the values, in their own memory. */
export function keepGenes(
  { values, genes }: ValueTable,
  kept: ArrayLike<number>,
): ValueTable {
  if (kept.length === genes) return { values, genes };
  let to = 0;
  for (let start = 0; start < values.length; start += genes) {
    for (let index = 0; index < kept.length; index++) {
      values[to++] = values[start + kept[index]];
    }
  }
  return { values: shortened(values, to), genes: kept.length };
}

/** The values of some samples, ascending, in their own memory. */
export function keepSamples(
  { values, genes }: ValueTable,
  kept: readonly number[],
): ValueTable {
  if (kept.length * genes === values.length) return { values, genes };
  kept.forEach((sample, index) =>
    values.copyWithin(index * genes, sample * genes, (sample + 1) * genes)
  );
  return { values: shortened(values, kept.length * genes), genes };
}

/** The first values; the rest of the memory is given back. */
function shortened(
  values: Float32Array<ArrayBuffer>,
  length: number,
): Float32Array<ArrayBuffer> {
  const bytes = length * values.BYTES_PER_ELEMENT;
  return new Float32Array(values.buffer.transfer(bytes));
}
