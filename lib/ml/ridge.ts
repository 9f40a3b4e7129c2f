/** A linear classifier by ridge regression, for more features than samples. */

import { symmetricEigen } from "./pca/symmetric_eigen.ts";
import { squaredDistances } from "./squared_distances.ts";

/**
 * Penalties that are tried, as multiples of the mean eigenvalue of the samples'
 * dot products: 10^-4 to 10^2 in steps of half a power of ten.
 */
export const PENALTIES: readonly number[] = Array.from(
  { length: 13 },
  (_, index) => 10 ** (index / 2 - 4),
);

/** A trained classifier. */
export interface RidgeModel {
  /** The penalty that was chosen (lambda). */
  readonly penalty: number;
  /** Mean squared error of the left-out targets at each penalty tried. */
  readonly errors: readonly { penalty: number; error: number }[];
  /** Classes x features, row-major. */
  readonly weights: Float64Array;
  /** One per class. */
  readonly intercepts: Float64Array;
}

/**
 * Fits one ridge regression per class to targets of +1 (the class) and -1 (any
 * other): the weights w and the intercept b that minimize
 * sum (y - b - w x)² + lambda |w|². Features are centered and not scaled. It is
 * scikit-learn's `RidgeClassifierCV`: lambda is the one of the grid with the
 * least mean squared error of leave-one-out predictions, which follow from one
 * eigendecomposition of the samples' dot products (Golub, Heath and Wahba 1979,
 * doi:10.1080/00401706.1979.10489751). Of equal errors the smaller lambda wins.
 *
 * @param train At least one sample x features, row-major.
 * @param classOf The class of each sample, in [0, classes). A class without
 * samples has weights of 0 and an intercept of -1.
 * @param squares The samples' squared distances, if they are known already
 * (samples x samples, as `squaredDistances` gives them).
 * @throws {RangeError} If a shape does not fit or a number is not finite.
 */
export function trainRidge(
  train: Float32Array,
  classOf: ArrayLike<number>,
  classes: number,
  features: number,
  squares: Float64Array = squaredDistances(train, train, features),
): RidgeModel {
  const samples = classOf.length;
  if (squares.length !== samples ** 2) {
    throw new RangeError(
      `Cannot train a ridge classifier: ${squares.length} distances are not those of ${samples} samples`,
    );
  }
  const { values, vectors } = symmetricEigen(
    centeredProducts(squares, samples),
    samples,
  );
  // Rounding may leave eigenvalues a little below 0.
  for (let k = 0; k < samples; k++) values[k] = Math.max(0, values[k]);
  const shares = Array.from({ length: classes }, (_, label) => {
    let own = 0;
    for (let row = 0; row < samples; row++) own += +(classOf[row] === label);
    return own / samples;
  });
  // The centered targets in the eigenvectors' coordinates, class by class.
  const targets = shares.map((share, label) =>
    Float64Array.from(
      { length: samples },
      (_, row) => 2 * (+(classOf[row] === label) - share),
    )
  );
  const coordinates = targets.map((target) =>
    Float64Array.from({ length: samples }, (_, k) => {
      let sum = 0;
      for (let row = 0; row < samples; row++) {
        sum += vectors[k * samples + row] * target[row];
      }
      return sum;
    })
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / samples;
  // Samples that do not differ have weights of 0 by any penalty.
  const errors = PENALTIES.map((share) => share * (mean || 1)).map((
    penalty,
  ) => ({
    penalty,
    error: leftOutError(penalty, values, vectors, coordinates),
  }));
  const best = errors.reduce((best, each) =>
    each.error < best.error ? each : best
  );
  const { weights, center } = primalWeights(
    train,
    features,
    coordinates.map((own) => dualWeights(own, best.penalty, values, vectors)),
  );
  const intercepts = Float64Array.from(shares, (share, label) => {
    let product = 0;
    for (let feature = 0; feature < features; feature++) {
      product += weights[label * features + feature] * center[feature];
    }
    return 2 * share - 1 - product;
  });
  return { penalty: best.penalty, errors, weights, intercepts };
}

/**
 * Gives each sample the class of the largest output; the smallest of equals.
 *
 * @param test Samples x features, row-major.
 */
export function predictRidge(
  { weights, intercepts }: Pick<RidgeModel, "weights" | "intercepts">,
  test: Float32Array,
): Int32Array {
  const features = weights.length / intercepts.length;
  return Int32Array.from({ length: test.length / features }, (_, sample) => {
    let best = 0;
    let largest = -Infinity;
    for (let label = 0; label < intercepts.length; label++) {
      let output = intercepts[label];
      for (let feature = 0; feature < features; feature++) {
        output += weights[label * features + feature] *
          test[sample * features + feature];
      }
      if (output <= largest) continue;
      largest = output;
      best = label;
    }
    return best;
  });
}

/** The dot products of the centered samples, from their squared distances. */
function centeredProducts(
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

/** The features' weights: the dual weights times the centered samples. */
function primalWeights(
  train: Float32Array,
  features: number,
  duals: readonly Float64Array[],
): { weights: Float64Array; center: Float64Array } {
  const samples = train.length / features;
  const center = new Float64Array(features);
  const weights = new Float64Array(duals.length * features);
  for (let row = 0; row < samples; row++) {
    const sample = train.subarray(row * features, (row + 1) * features);
    for (let f = 0; f < features; f++) center[f] += sample[f] / samples;
    duals.forEach((dual, label) => {
      const into = weights.subarray(label * features, (label + 1) * features);
      for (let f = 0; f < features; f++) into[f] += dual[row] * sample[f];
    });
  }
  duals.forEach((dual, label) => {
    const total = dual.reduce((sum, weight) => sum + weight, 0);
    const into = weights.subarray(label * features, (label + 1) * features);
    for (let f = 0; f < features; f++) into[f] -= total * center[f];
  });
  return { weights, center };
}
