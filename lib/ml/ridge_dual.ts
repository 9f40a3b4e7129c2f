/** Ridge regression in terms of the samples: it sees only their dot products. */

import { symmetricEigen } from "./pca/symmetric_eigen.ts";

/**
 * Penalties that are tried, as multiples of the mean eigenvalue of the samples'
 * dot products: 10^-4 to 10^2 in steps of half a power of ten.
 */
const PENALTIES: readonly number[] = Array.from(
  { length: 13 },
  (_, index) => 10 ** (index / 2 - 4),
);

/** A classifier as weights of its training samples. */
export interface DualRidge {
  /** The penalty that was chosen (lambda). */
  readonly penalty: number;
  /** Mean squared error of the left-out targets at each penalty tried. */
  readonly errors: readonly { penalty: number; error: number }[];
  /** By class, a weight per training sample. */
  readonly duals: readonly Float64Array[];
  /** By class, its share of the training samples. */
  readonly shares: readonly number[];
}

/**
 * Fits one regression per class, as `trainRidge` describes it.
 *
 * @param products The dot products of the centered samples.
 * @param classOf The class of each sample, in [0, classes).
 */
export function fitDual(
  products: Float64Array,
  classOf: ArrayLike<number>,
  classes: number,
): DualRidge {
  const samples = classOf.length;
  const { values, vectors } = symmetricEigen(products, samples);
  // Rounding may leave eigenvalues a little below 0.
  for (let k = 0; k < samples; k++) values[k] = Math.max(0, values[k]);
  const { shares, targets } = centeredTargets(classOf, classes);
  // In the eigenvectors' coordinates, class by class.
  const coordinates = targets.map((target) =>
    Float64Array.from({ length: samples }, (_, k) => {
      let sum = 0;
      for (let row = 0; row < samples; row++) {
        sum += vectors[k * samples + row] * target[row];
      }
      return sum;
    })
  );
  const { penalty, errors } = choosePenalty(
    values,
    samples,
    (penalty) => leftOutError(penalty, values, vectors, coordinates),
  );
  return {
    penalty,
    errors,
    duals: coordinates.map((own) => dualWeights(own, penalty, values, vectors)),
    shares,
  };
}

/**
 * The targets of each class, +1 for its samples and -1 for the others, less
 * their mean.
 *
 * @returns With each class's share of the samples.
 */
export function centeredTargets(
  classOf: ArrayLike<number>,
  classes: number,
): { readonly shares: number[]; readonly targets: Float64Array[] } {
  const samples = classOf.length;
  const shares = Array.from({ length: classes }, (_, label) => {
    let own = 0;
    for (let row = 0; row < samples; row++) own += +(classOf[row] === label);
    return own / samples;
  });
  const targets = shares.map((share, label) =>
    Float64Array.from(
      { length: samples },
      (_, row) => 2 * (+(classOf[row] === label) - share),
    )
  );
  return { shares, targets };
}

/**
 * The penalty of the least error; of equal errors the smaller penalty.
 *
 * @param values Eigenvalues of the products.
 * @param errorAt The left-out error at a penalty.
 */
export function choosePenalty(
  values: Float64Array,
  samples: number,
  errorAt: (penalty: number) => number,
): Pick<DualRidge, "penalty" | "errors"> {
  const mean = values.reduce((sum, value) => sum + value, 0) / samples;
  const errors = penaltiesFor(mean)
    .map((penalty) => ({ penalty, error: errorAt(penalty) }));
  return { penalty: leastError(errors), errors };
}

/**
 * The penalties that are tried, ascending.
 *
 * @param mean The mean eigenvalue of the samples' dot products.
 */
export function penaltiesFor(mean: number): number[] {
  // Samples that do not differ have weights of 0 by any penalty.
  return PENALTIES.map((share) => share * (mean || 1));
}

/** The penalty of the least error; of equal errors the first. */
export function leastError(errors: DualRidge["errors"]): number {
  return errors.reduce((best, each) => each.error < best.error ? each : best)
    .penalty;
}

/**
 * The dot products of the centered samples, from their squared distances.
 *
 * @param squares Samples x samples, row-major.
 */
export function centeredProducts(
  squares: Float64Array,
  samples: number,
): Float64Array {
  const means = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < samples; j++) means[i] += squares[i * samples + j];
    means[i] /= samples;
  }
  const all = means.reduce((sum, mean) => sum + mean, 0) / samples;
  return Float64Array.from(squares, (square, index) => {
    const [i, j] = [Math.floor(index / samples), index % samples];
    return -(square - means[i] - means[j] + all) / 2;
  });
}

/**
 * Mean squared error of the targets, each predicted without its own sample:
 * the residual divided by 1 - h, h the sample's own weight in its prediction
 * (the intercept's 1 / n among it).
 */
function leftOutError(
  penalty: number,
  values: Float64Array,
  vectors: Float64Array,
  coordinates: readonly Float64Array[],
): number {
  const samples = values.length;
  const own = new Float64Array(samples).fill(1 - 1 / samples);
  const residuals = coordinates.map(() => new Float64Array(samples));
  for (let k = 0; k < samples; k++) {
    const kept = values[k] / (values[k] + penalty);
    const row = vectors.subarray(k * samples, (k + 1) * samples);
    for (let i = 0; i < samples; i++) own[i] -= kept * row[i] ** 2;
    coordinates.forEach((coordinate, label) => {
      const left = (1 - kept) * coordinate[k];
      const residual = residuals[label];
      for (let i = 0; i < samples; i++) residual[i] += left * row[i];
    });
  }
  let sum = 0;
  for (const residual of residuals) {
    for (let i = 0; i < samples; i++) sum += (residual[i] / own[i]) ** 2;
  }
  return sum / samples / coordinates.length;
}

/** (K + lambda I)^-1 y. */
function dualWeights(
  coordinates: Float64Array,
  penalty: number,
  values: Float64Array,
  vectors: Float64Array,
): Float64Array {
  const samples = values.length;
  const dual = new Float64Array(samples);
  for (let k = 0; k < samples; k++) {
    const scaled = coordinates[k] / (values[k] + penalty);
    for (let i = 0; i < samples; i++) {
      dual[i] += scaled * vectors[k * samples + i];
    }
  }
  return dual;
}
