/** The transform from expression values to what the network sees. */

/** How expression values are transformed. */
export interface TransformOptions {
  /** `log2` for log2(x + pseudocount) + shift; `none` leaves them as they are. */
  readonly transform: "log2" | "none";
  /** Added before the logarithm, so that zero has one; default 1. */
  readonly pseudocount?: number;
  /** Added to each logarithm; default 0, so that 0 stays 0. */
  readonly shift?: number;
}

/**
 * Transforms expression values in place: log2(x + pseudocount) + shift,
 * computed in float64 and rounded once to float32. The default, log2(x + 1),
 * damps the differences between genes that are hardly expressed; the maize
 * study took log2(x + 0.001) + 10.
 *
 * @param values Expression values (FPKM, RPKM, TPM or counts), 0 or greater.
 * @returns The same array.
 */
export function transformExpression<Values extends Float32Array>(
  values: Values,
  options: TransformOptions,
): Values {
  const { transform, pseudocount = 1, shift = 0 } = options;
  if (transform === "none") return values;
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.log2(values[index] + pseudocount) + shift;
  }
  return values;
}
