/** Multinomial logistic regression with a quadratic penalty. */

import { type LogisticProblem, newtonStep } from "./logistic_newton.ts";
import {
  addProducts,
  dot,
  scoresOf,
  softmaxRows,
  totalLoss,
} from "./softmax_scores.ts";

/** A step from which the loss gains less than this is the last, in nats. */
const TOLERANCE = 1e-14;

/** Newton steps: a few are taken; so many are a fault. */
const MOST_STEPS = 200;

/** Of the decrease that the slope promises, so much must come (Armijo). */
const ENOUGH_DECREASE = 1e-4;

/** Samples to learn from. */
export interface LogisticSamples {
  /** Samples x features, row-major; centered features need fewer steps. */
  readonly points: Float64Array;
  readonly features: number;
  /** The class of each sample, in [0, classes). */
  readonly classOf: ArrayLike<number>;
  readonly classes: number;
}

/** A trained classifier. */
export interface LogisticModel {
  /** Features x classes, row-major. */
  readonly weights: Float64Array;
  /** One per class, with a mean of 0; -Infinity without training samples. */
  readonly intercepts: Float64Array;
}

/**
 * Fits the weights W and intercepts b that minimize
 * sum of -log softmax(b + W' x)[class] + penalty / 2 * |W|²
 * over the samples: scikit-learn's `LogisticRegression(C=1 / penalty)` where
 * there are three classes or more. With two, each class has weights of its own
 * here, and scikit-learn's has the same probabilities at C = 2 / penalty. A
 * class without samples has a probability of 0.
 *
 * Newton's method; each step by conjugate gradients, preconditioned by the
 * diagonal (Nocedal and Wright 2006, algorithm 7.1).
 *
 * @param penalty Above 0.
 * @param start Weights and intercepts to start from, by default 0.
 * @param tolerance It stops after a whole step whose slope (the squared Newton
 * decrement) is at most this part of 1 + loss; by default 1e-14, with which
 * probabilities are exact to about 1e-7 or better.
 * @throws {RangeError} If a shape or the penalty does not fit, a number is not
 * finite, or it does not converge.
 */
export function fitLogistic(
  samples: LogisticSamples,
  penalty: number,
  start?: LogisticModel,
  tolerance: number = TOLERANCE,
): LogisticModel {
  const { points, features, classOf } = samples;
  const count = classOf.length;
  if (
    points.length !== count * features || count === 0 || !(penalty > 0) ||
    !points.every(Number.isFinite)
  ) {
    throw new RangeError(
      `Cannot fit: ${points.length} numbers must be ${count} samples x ${features} features, finite, at a penalty above 0, not ${penalty}`,
    );
  }
  const present = [...new Set(Array.from(classOf))].sort((a, b) => a - b);
  const width = present.length;
  const own = Int32Array.from(classOf, (label) => present.indexOf(label));
  // The last row of the weights is the intercepts.
  const weights = new Float64Array((features + 1) * width);
  if (start !== undefined) {
    for (let f = 0; f <= features; f++) {
      const from = f < features
        ? start.weights.subarray(f * samples.classes)
        : start.intercepts;
      present.forEach((label, c) => weights[f * width + c] = from[label]);
    }
  }
  minimize({ points, features, own, width, penalty, weights }, tolerance);
  return spread(weights, present, samples);
}

/**
 * The probability of each class.
 *
 * @param points Samples x features, row-major.
 * @param samples How many there are.
 * @returns Samples x classes, row-major.
 */
export function logisticProbabilities(
  { weights, intercepts }: LogisticModel,
  points: Float64Array,
  samples: number,
): Float64Array {
  const features = weights.length / intercepts.length;
  const all = new Float64Array(weights.length + intercepts.length);
  all.set(weights);
  all.set(intercepts, weights.length);
  const scores = scoresOf(points, features, all, intercepts.length, samples);
  return softmaxRows(scores, intercepts.length);
}

function minimize(problem: LogisticProblem, tolerance: number): void {
  const { points, features, own, width, penalty, weights } = problem;
  const penalized = features * width;
  const scores = scoresOf(points, features, weights, width, own.length);
  const penaltyOf = (from: Float64Array) =>
    penalty / 2 *
    dot(from.subarray(0, penalized), from.subarray(0, penalized));
  let loss = totalLoss(scores, own, width) + penaltyOf(weights);
  let firstNorm = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const probabilities = softmaxRows(scores, width);
    const gradient = gradientOf(problem, probabilities);
    const norm = Math.sqrt(dot(gradient, gradient));
    if (norm === 0) return;
    if (step === 0) firstNorm = norm;
    const { direction, moved } = newtonStep(
      problem,
      probabilities,
      gradient,
      // Ever more exact, so that the last steps are Newton's own.
      Math.min(0.1, Math.sqrt(norm / firstNorm)),
    );
    const slope = dot(gradient, direction);
    let share = 1;
    for (;; share /= 2) {
      const tried = scores.map((score, i) => score + share * moved[i]);
      const wanted = weights.map((weight, i) => weight + share * direction[i]);
      const next = totalLoss(tried, own, width) + penaltyOf(wanted);
      const rounding = 1e-13 * (1 + Math.abs(loss));
      if (next <= loss + ENOUGH_DECREASE * share * slope + rounding) {
        weights.set(wanted);
        // Exactly the scores of these weights: no rounding adds up.
        scores.set(scoresOf(points, features, weights, width, own.length));
        loss = totalLoss(scores, own, width) + penaltyOf(weights);
        break;
      }
      if (share < 1e-12) {
        throw new RangeError("Cannot fit: no step makes the loss smaller");
      }
    }
    // A whole step: what is left is of the order of its square, or rounding.
    if (share === 1 && -slope <= tolerance * (1 + loss)) return;
  }
  throw new RangeError(
    `Cannot fit: ${MOST_STEPS} Newton steps are not enough`,
  );
}

/** The gradient: the samples' errors times their features, and the penalty. */
function gradientOf(
  { points, features, own, width, penalty, weights }: LogisticProblem,
  probabilities: Float64Array,
): Float64Array {
  const errors = probabilities.slice();
  own.forEach((label, row) => errors[row * width + label] -= 1);
  const gradient = new Float64Array(weights.length);
  addProducts(points, features, errors, width, gradient);
  for (let i = 0; i < features * width; i++) {
    gradient[i] += penalty * weights[i];
  }
  return gradient;
}

/** The model of all classes, from the columns of those that occur. */
function spread(
  fitted: Float64Array,
  present: readonly number[],
  { features, classes }: LogisticSamples,
): LogisticModel {
  const width = present.length;
  const weights = new Float64Array(features * classes);
  const intercepts = new Float64Array(classes).fill(-Infinity);
  const last = fitted.subarray(features * width);
  const mean = last.reduce((sum, value) => sum + value, 0) / width;
  present.forEach((label, c) => {
    for (let f = 0; f < features; f++) {
      weights[f * classes + label] = fitted[f * width + c];
    }
    intercepts[label] = last[c] - mean;
  });
  return { weights, intercepts };
}
