/** The transform from expression values to what the network sees. */

/** How expression values are transformed. */
export interface TransformOptions {
  /** `log2` for log2(x + pseudocount) + shift; `none` leaves them as they are. */
  readonly transform: "log2" | "none";
  /** Added before the logarithm, so that zero has one; default 1. */
  readonly pseudocount?: number;
  /** Added to each logarithm; default 0, so that 0 stays 0. */
  readonly shift?: number;
  /**
   * Each sample's values are divided by it first; there are as many as
   * samples. Default: a single 1.
   */
  readonly divisors?: Float64Array;
}

/**
 * Normalizes and transforms expression values in place: x is value / divisor,
 * and then log2(x + pseudocount) + shift, computed in float64 and rounded once
 * to float32. The default, log2(x + 1), damps the differences between genes
 * that are hardly expressed; the maize study took log2(x + 0.001) + 10.
 *
 * @param values samples x genes expression values (FPKM, RPKM, TPM or counts),
 * 0 or greater, row after row.
 * @returns The same array.
 */
export function transformExpression<Values extends Float32Array>(
  values: Values,
  options: TransformOptions,
): Values {
  const { transform, pseudocount = 1, shift = 0 } = options;
  const { divisors = Float64Array.of(1) } = options;
  const genes = values.length / divisors.length;
  divisors.forEach((divisor, row) => {
    const own = values.subarray(row * genes, (row + 1) * genes);
    for (let gene = 0; gene < genes; gene++) {
      const value = own[gene] / divisor;
      own[gene] = transform === "log2"
        ? Math.log2(value + pseudocount) + shift
        : value;
    }
  });
  return values;
}
