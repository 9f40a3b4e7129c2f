/** The transform from expression values to what the network sees. */

/** How expression values are transformed. */
export interface TransformOptions {
  /** `log2` for log2(x + pseudocount) + shift; `none` leaves them as they are. */
  readonly transform: "log2" | "none";
  /** Added before the logarithm, so that zero has one; default 0.001. */
  readonly pseudocount?: number;
  /** Added after the logarithm, so that zero maps above 0; default 10. */
  readonly shift?: number;
}

/**
 * Transforms expression values in place: log2(x + pseudocount) + shift,
 * computed in float64 and rounded once to float32.
 *
 * @param values Expression values (FPKM, RPKM, TPM or counts), 0 or greater.
 * @returns The same array.
 */
export function transformExpression<Values extends Float32Array>(
  values: Values,
  options: TransformOptions,
): Values {
  const { transform, pseudocount = 0.001, shift = 10 } = options;
  if (transform === "none") return values;
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.log2(values[index] + pseudocount) + shift;
  }
  return values;
}
