/** The ridge classifier where there are fewer features than samples. */

import { symmetricEigen } from "./pca/symmetric_eigen.ts";
import { type RidgeModel, trainRidge } from "./ridge.ts";
import { centeredTargets, choosePenalty } from "./ridge_dual.ts";

/**
 * The classifier of {@linkcode trainRidge}, by the way that takes less time:
 * with fewer features than samples one eigendecomposition of the features'
 * products (features³ and samples x features² steps instead of samples³).
 *
 * The hat matrix is 1/n + sum over k of z_k z_k' / (d_k + lambda), z_k the
 * centered samples times the k-th eigenvector and d_k its eigenvalue, so that
 * nothing is divided by an eigenvalue near 0.
 *
 * @param train At least one sample x features, row-major.
 * @param classOf The class of each sample, in [0, classes).
 * @throws {RangeError} If a shape does not fit or a number is not finite.
 */
export function trainRidgeFast(
  train: Float32Array,
  classOf: ArrayLike<number>,
  classes: number,
  features: number,
): RidgeModel {
  const samples = classOf.length;
  if (features >= samples) return trainRidge(train, classOf, classes, features);
  checkNumbers(train, samples, features);
  const { centered, center } = centerColumns(train, samples, features);
  const { values, vectors } = symmetricEigen(
    featureProducts(centered, samples, features),
    features,
  );
  // Rounding may leave eigenvalues a little below 0.
  for (let k = 0; k < features; k++) values[k] = Math.max(0, values[k]);
  const scores = project(centered, samples, vectors, features);
  const { shares, targets } = centeredTargets(classOf, classes);
  /** Products of each target with each score. */
  const products = targets.map((target) =>
    Float64Array.from({ length: features }, (_, k) => {
      let sum = 0;
      for (let row = 0; row < samples; row++) {
        sum += scores[k * samples + row] * target[row];
      }
      return sum;
    })
  );
  const { penalty, errors } = choosePenalty(
    values,
    samples,
    (penalty) => leftOutError(penalty, values, scores, targets, products),
  );
  const weights = new Float64Array(classes * features);
  const intercepts = Float64Array.from(shares, (share, label) => {
    const own = weights.subarray(label * features, (label + 1) * features);
    for (let k = 0; k < features; k++) {
      const scaled = products[label][k] / (values[k] + penalty);
      for (let f = 0; f < features; f++) {
        own[f] += scaled * vectors[k * features + f];
      }
    }
    return 2 * share - 1 -
      own.reduce((sum, weight, f) => sum + weight * center[f], 0);
  });
  return { penalty, errors, weights, intercepts };
}

function checkNumbers(
  train: Float32Array,
  samples: number,
  features: number,
): void {
  if (!(features >= 1) || train.length !== samples * features) {
    throw new RangeError(
      `Cannot fit: ${train.length} numbers are not ${samples} samples of ${features}`,
    );
  }
  if (!train.every(Number.isFinite)) {
    throw new RangeError("Cannot fit: every number must be finite");
  }
}

function centerColumns(
  train: Float32Array,
  samples: number,
  features: number,
): { centered: Float64Array; center: Float64Array } {
  const center = new Float64Array(features);
  for (let row = 0; row < samples; row++) {
    for (let f = 0; f < features; f++) center[f] += train[row * features + f];
  }
  for (let f = 0; f < features; f++) center[f] /= samples;
  const centered = Float64Array.from(
    train,
    (value, index) => value - center[index % features],
  );
  return { centered, center };
}

/** X'X of the centered samples. */
function featureProducts(
  centered: Float64Array,
  samples: number,
  features: number,
): Float64Array {
  const products = new Float64Array(features * features);
  for (let row = 0; row < samples; row++) {
    const sample = centered.subarray(row * features, (row + 1) * features);
    for (let i = 0; i < features; i++) {
      const into = products.subarray(i * features, (i + 1) * features);
      for (let j = i; j < features; j++) into[j] += sample[i] * sample[j];
    }
  }
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < i; j++) {
      products[i * features + j] = products[j * features + i];
    }
  }
  return products;
}

/** The samples along each eigenvector: features x samples. */
function project(
  centered: Float64Array,
  samples: number,
  vectors: Float64Array,
  features: number,
): Float64Array {
  const scores = new Float64Array(features * samples);
  for (let k = 0; k < features; k++) {
    const vector = vectors.subarray(k * features, (k + 1) * features);
    for (let row = 0; row < samples; row++) {
      let sum = 0;
      for (let f = 0; f < features; f++) {
        sum += vector[f] * centered[row * features + f];
      }
      scores[k * samples + row] = sum;
    }
  }
  return scores;
}

/** As in `ridge_dual.ts`: residuals divided by 1 - h. */
function leftOutError(
  penalty: number,
  values: Float64Array,
  scores: Float64Array,
  targets: readonly Float64Array[],
  products: readonly Float64Array[],
): number {
  const samples = targets[0].length;
  const own = new Float64Array(samples).fill(1 - 1 / samples);
  const residuals = targets.map((target) => target.slice());
  values.forEach((value, k) => {
    const score = scores.subarray(k * samples, (k + 1) * samples);
    for (let i = 0; i < samples; i++) {
      own[i] -= score[i] ** 2 / (value + penalty);
    }
    products.forEach((product, label) => {
      const scaled = product[k] / (value + penalty);
      const residual = residuals[label];
      for (let i = 0; i < samples; i++) residual[i] -= scaled * score[i];
    });
  });
  let sum = 0;
  for (const residual of residuals) {
    for (let i = 0; i < samples; i++) sum += (residual[i] / own[i]) ** 2;
  }
  return sum / samples / targets.length;
}
