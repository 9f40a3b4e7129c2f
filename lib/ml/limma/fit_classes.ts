/** The mean of each class in many columns, by (generalized) least squares. */

import { inverse, Matrix } from "ml-matrix";
import {
  type Blocks,
  type ClassedSamples,
  countClasses,
  countEach,
  residualChunks,
} from "./design.ts";

/** What was fitted; all by the place of a column in `fitted`. */
export interface ClassFit {
  /** By class, the coefficients: with blocks, not quite the plain means. */
  readonly coefficients: readonly Float64Array[];
  /** Residual variance. */
  readonly variances: Float64Array;
  /** Samples less classes. */
  readonly residualDf: number;
  /** The unscaled covariance of the coefficients, classes x classes. */
  readonly covariance: readonly (readonly number[])[];
  /** Mean over all samples. */
  readonly averages: Float64Array;
}

/**
 * Fits a mean to each class: limma's `lmFit` with a column of the design a
 * class, and with blocks its `gls.series`, in which two samples of a block have
 * the given correlation (Smyth, Michaud and Scott 2005,
 * doi:10.1093/bioinformatics/bti270).
 *
 * @throws {RangeError} If there are no more samples than classes.
 */
export function fitClasses(
  samples: ClassedSamples,
  blocked?: Blocks,
): ClassFit {
  const { classes, rows, fitted } = samples;
  const counts = countClasses(classes);
  const residualDf = rows.length - counts.length;
  if (residualDf < 1) {
    throw new RangeError(
      `Cannot fit ${counts.length} classes to ${rows.length} samples: there ` +
        "must be more samples than classes",
    );
  }
  const coefficients = counts.map(() => new Float64Array(fitted.length));
  const variances = new Float64Array(fitted.length);
  const averages = new Float64Array(fitted.length);
  const correlated = blocked && blocked.correlation !== 0
    ? correlatedDesign(classes, blocked)
    : null;
  const covariance = correlated?.covariance ??
    counts.map((count, c) => counts.map((_, d) => c === d ? 1 / count : 0));
  for (const { from, size, means, residuals } of residualChunks(samples)) {
    const squares = variances.subarray(from, from + size);
    for (let from = 0; from < residuals.length; from += size) {
      for (let j = 0; j < size; j++) squares[j] += residuals[from + j] ** 2;
    }
    counts.forEach((count, c) => {
      for (let j = 0; j < size; j++) {
        coefficients[c][from + j] = means[c * size + j];
        averages[from + j] += count / rows.length * means[c * size + j];
      }
    });
    correlated?.adjust(residuals, size, from, coefficients, squares);
    for (let j = 0; j < size; j++) squares[j] /= residualDf;
  }
  return { coefficients, variances, residualDf, covariance, averages };
}

/**
 * The design with correlated samples. The inverse of a block's correlation
 * matrix (1 - r) I + r J keeps deviations from the block's mean, times
 * 1 / (1 - r), and the mean, times 1 / (1 - r + m r) for m samples.
 */
function correlatedDesign(
  classes: readonly number[],
  { blocks, correlation }: Blocks,
) {
  const sizes = countEach(blocks);
  const within = 1 / (1 - correlation);
  // What the inverse takes from a value for the mean of its block.
  const pull = sizes.map((m) =>
    within - 1 / (1 - correlation + m * correlation)
  );
  const classCounts = countClasses(classes);
  const inBlock = sizes.map(() => classCounts.map(() => 0));
  classes.forEach((c, i) => inBlock[blocks[i]][c]++);
  const information = classCounts.map((count, c) =>
    classCounts.map((_, d) =>
      sizes.reduce(
        (sum, m, b) => sum - pull[b] * inBlock[b][c] * inBlock[b][d] / m,
        c === d ? within * count : 0,
      )
    )
  );
  const covariance = inverse(new Matrix(information)).to2DArray();

  /** Moves from plain means to the fit, and their squares to its own. */
  function adjust(
    residuals: Float64Array,
    size: number,
    from: number,
    coefficients: readonly Float64Array[],
    squares: Float64Array,
  ): void {
    const sums = new Float64Array(sizes.length * size);
    for (let i = 0; i < blocks.length; i++) {
      const own = blocks[i] * size;
      for (let j = 0; j < size; j++) sums[own + j] += residuals[i * size + j];
    }
    // The residuals of a class sum to 0, so only the blocks' means pull.
    const scores = classCounts.map(() => new Float64Array(size));
    for (let j = 0; j < size; j++) squares[j] *= within;
    sizes.forEach((m, b) => {
      for (let j = 0; j < size; j++) {
        const mean = sums[b * size + j] / m;
        squares[j] -= pull[b] * m * mean ** 2;
        for (let c = 0; c < scores.length; c++) {
          scores[c][j] -= pull[b] * inBlock[b][c] * mean;
        }
      }
    });
    for (let j = 0; j < size; j++) {
      for (let c = 0; c < scores.length; c++) {
        let change = 0;
        for (let d = 0; d < scores.length; d++) {
          change += covariance[c][d] * scores[d][j];
        }
        coefficients[c][from + j] += change;
        squares[j] -= change * scores[c][j];
      }
      squares[j] = Math.max(0, squares[j]);
    }
  }
  return { covariance, adjust };
}
