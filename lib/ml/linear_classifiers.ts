/** Ridge and logistic regression, each with the penalty that predicts best. */

import { INNER_FOLDS } from "./inner_folds.ts";
import {
  fitLogistic,
  type LogisticModel,
  logisticProbabilities,
} from "./logistic_regression.ts";
import {
  centeredProducts,
  centeredTargets,
  fitDual,
  leastError,
  penaltiesFor,
} from "./ridge_dual.ts";
import { findAxes, type SampleAxes } from "./sample_axes.ts";

/** How near the optimum is near enough to choose a penalty. */
const CHOICE_TOLERANCE = 1e-6;

/**
 * Penalties that logistic regression tries, as multiples of the mean eigenvalue
 * of the samples' dot products. Its loss is flat where a sample is right by far,
 * so that smaller ones than ridge's do.
 */
const LOGISTIC_PENALTIES = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];

/** A probability below this counts as this in a log loss. */
const LEAST_PROBABILITY = 1e-15;

/** Samples whose class is known. */
export interface OtherSamples {
  /** Squared distances from the training samples, row-major. */
  readonly squares: Float64Array;
  readonly classOf: ArrayLike<number>;
}

/** What a classifier learns from. */
export interface TrainingParts {
  /** The training samples, with the distances among them. */
  readonly train: OtherSamples;
  /** Samples that choose the penalty; if there are none, `innerFold` does. */
  readonly validation: OtherSamples;
  readonly classes: number;
  /** The part, in [0, 5), in which each training sample is left out. */
  readonly innerFold: ArrayLike<number>;
}

/** A classifier with its penalty. */
export interface TunedClassifier {
  readonly penalty: number;
  /** The error by each penalty tried, ascending. */
  readonly errors: readonly { penalty: number; error: number }[];
  /**
   * What it says of samples: a row of outputs a sample, the largest that of the
   * class.
   *
   * @param squares Squared distances from the training samples, row-major.
   */
  outputsOf(squares: Float64Array): Float64Array;
}

/**
 * The ridge classifier of `trainRidge`. Its penalty has the least mean squared
 * error of the validation samples' targets or, without such samples, of the
 * training samples' by leave-one-out.
 *
 * @param axes Of the training samples.
 */
export function tuneRidge(
  { train, validation, classes }: TrainingParts,
  axes: SampleAxes,
): TunedClassifier {
  const samples = train.classOf.length;
  const { shares, targets } = centeredTargets(train.classOf, classes);
  // Without the penalty: the axes are orthogonal.
  const products = new Float64Array(axes.axes * classes);
  targets.forEach((target, label) => {
    for (let row = 0; row < samples; row++) {
      for (let axis = 0; axis < axes.axes; axis++) {
        products[axis * classes + label] += target[row] *
          axes.points[row * axes.axes + axis];
      }
    }
  });
  const outputsAt = (penalty: number, points: Float64Array, count: number) => {
    const outputs = new Float64Array(count * classes);
    for (let row = 0; row < count; row++) {
      for (let c = 0; c < classes; c++) {
        outputs[row * classes + c] = 2 * shares[c] - 1;
      }
      for (let axis = 0; axis < axes.axes; axis++) {
        const value = points[row * axes.axes + axis] /
          (axes.squares[axis] + penalty);
        for (let c = 0; c < classes; c++) {
          outputs[row * classes + c] += value * products[axis * classes + c];
        }
      }
    }
    return outputs;
  };
  const count = validation.classOf.length;
  const errors = count === 0
    ? fitDual(
      centeredProducts(train.squares, samples),
      train.classOf,
      classes,
    ).errors
    : (() => {
      const points = axes.place(validation.squares);
      return penaltiesFor(axes.meanSquare).map((penalty) => ({
        penalty,
        error: outputsAt(penalty, points, count).reduce((sum, output, i) => {
          const isOwn = i % classes ===
            validation.classOf[Math.floor(i / classes)];
          return sum + (output - (isOwn ? 1 : -1)) ** 2;
        }, 0) / count / classes,
      }));
    })();
  const penalty = leastError(errors);
  return {
    penalty,
    errors,
    outputsOf: (squares) =>
      outputsAt(penalty, axes.place(squares), squares.length / samples),
  };
}

/**
 * Multinomial logistic regression. Its penalty has the least mean log loss of
 * the validation samples or, without such samples, of the training samples in
 * an inner cross-validation.
 *
 * @param axes Of the training samples.
 */
export function tuneLogistic(
  parts: TrainingParts,
  axes: SampleAxes,
): TunedClassifier {
  const { train, validation, classes } = parts;
  const samples = train.classOf.length;
  const own = {
    points: axes.points,
    features: axes.axes,
    classOf: train.classOf,
    classes,
  };
  const penalties = LOGISTIC_PENALTIES
    .map((share) => share * (axes.meanSquare || 1));
  const losses = validation.classOf.length === 0
    ? innerLosses(parts, penalties)
    : tryPenalties(own, penalties, {
      points: axes.place(validation.squares),
      classOf: validation.classOf,
    });
  const errors = penalties.map((penalty, index) => ({
    penalty,
    error: losses[index],
  }));
  const penalty = leastError(errors);
  const model = fitLogistic(own, penalty);
  return {
    penalty,
    errors,
    outputsOf: (squares) =>
      logisticProbabilities(
        model,
        axes.place(squares),
        squares.length / samples,
      ),
  };
}

/** The mean log loss of judged samples at each penalty. */
function tryPenalties(
  own: Parameters<typeof fitLogistic>[0],
  penalties: readonly number[],
  judged: {
    readonly points: Float64Array;
    readonly classOf: ArrayLike<number>;
  },
): number[] {
  const count = judged.classOf.length;
  const losses: number[] = [];
  let model: LogisticModel | undefined;
  // The strongest first: each fit then starts near its end.
  for (const penalty of penalties.toReversed()) {
    model = fitLogistic(own, penalty, model, CHOICE_TOLERANCE);
    const found = logisticProbabilities(model, judged.points, count);
    let loss = 0;
    for (let row = 0; row < count; row++) {
      const p = found[row * own.classes + judged.classOf[row]];
      loss -= Math.log(Math.max(LEAST_PROBABILITY, p));
    }
    losses.unshift(loss / count);
  }
  return losses;
}

/** The same over the left-out parts of the training samples. */
function innerLosses(
  { train: { squares, classOf }, classes, innerFold }: TrainingParts,
  penalties: readonly number[],
): number[] {
  const size = classOf.length;
  const all = Array.from({ length: size }, (_, row) => row);
  const sums = penalties.map(() => 0);
  for (let part = 0; part < INNER_FOLDS; part++) {
    const rest = all.filter((row) => innerFold[row] !== part);
    const out = all.filter((row) => innerFold[row] === part);
    if (rest.length === 0 || out.length === 0) continue;
    const between = (rows: readonly number[]) =>
      Float64Array.from(
        rows.flatMap((row) => rest.map((other) => squares[row * size + other])),
      );
    const axes = findAxes(between(rest), rest.length);
    tryPenalties(
      {
        points: axes.points,
        features: axes.axes,
        classOf: rest.map((row) => classOf[row]),
        classes,
      },
      penalties,
      {
        points: axes.place(between(out)),
        classOf: out.map((row) => classOf[row]),
      },
    ).forEach((loss, index) => sums[index] += loss * out.length);
  }
  return sums.map((sum) => sum / size);
}
