/** A linear classifier by ridge regression, for more features than samples. */

import { centeredProducts, fitDual } from "./ridge_dual.ts";
import { squaredDistances } from "./squared_distances.ts";

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
  const { penalty, errors, duals, shares } = fitDual(
    centeredProducts(squares, samples),
    classOf,
    classes,
  );
  const { weights, center } = primalWeights(
    train,
    features,
    duals,
  );
  const intercepts = Float64Array.from(shares, (share, label) => {
    let product = 0;
    for (let feature = 0; feature < features; feature++) {
      product += weights[label * features + feature] * center[feature];
    }
    return 2 * share - 1 - product;
  });
  return { penalty, errors, weights, intercepts };
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
