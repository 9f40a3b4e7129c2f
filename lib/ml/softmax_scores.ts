/** The matrix products of logistic regression, and its softmax. */

/** Products added to a sum at a time, in their order, before it is stored. */
const TOGETHER = 4;

/**
 * The scores of samples: their features times the weights, and the intercepts.
 *
 * @param points Samples x features, row-major.
 * @param weights Features and, as the last row, intercepts x width, row-major.
 * @returns Samples x width, row-major.
 */
export function scoresOf(
  points: Float64Array,
  features: number,
  weights: Float64Array,
  width: number,
  samples: number,
): Float64Array {
  const scores = new Float64Array(samples * width);
  const last = features * width;
  for (let row = 0; row < samples; row++) {
    const into = row * width;
    for (let c = 0; c < width; c++) scores[into + c] = weights[last + c];
    const first = row * features;
    let f = 0;
    for (; f + TOGETHER <= features; f += TOGETHER) {
      addFour(
        points[first + f],
        points[first + f + 1],
        points[first + f + 2],
        points[first + f + 3],
        weights,
        f * width,
        width,
        scores,
        into,
      );
    }
    for (; f < features; f++) {
      addOne(points[first + f], weights, f * width, width, scores, into);
    }
  }
  return scores;
}

/**
 * Adds the features of each sample times its values: the transposed of
 * {@linkcode scoresOf}, with the sums of the values as the last row.
 *
 * @param values Samples x width, row-major.
 * @param into Features and one x width; changed.
 */
export function addProducts(
  points: Float64Array,
  features: number,
  values: Float64Array,
  width: number,
  into: Float64Array,
): void {
  const samples = values.length / width;
  const last = features * width;
  let row = 0;
  for (; row + TOGETHER <= samples; row += TOGETHER) {
    const from = row * width;
    for (let f = 0; f < features; f++) {
      const at = row * features + f;
      addFour(
        points[at],
        points[at + features],
        points[at + 2 * features],
        points[at + 3 * features],
        values,
        from,
        width,
        into,
        f * width,
      );
    }
  }
  for (; row < samples; row++) {
    const from = row * width;
    for (let f = 0; f < features; f++) {
      addOne(points[row * features + f], values, from, width, into, f * width);
    }
  }
  for (let row = 0; row < samples; row++) {
    const from = row * width;
    for (let c = 0; c < width; c++) into[last + c] += values[from + c];
  }
}

/**
 * Adds four rows of a matrix, each times a value, to a row of sums: in their
 * order, so that the sums are those of four times {@linkcode addOne}.
 *
 * @param from Where the first row begins; the others follow it.
 * @param to Where the row of sums begins.
 */
function addFour(
  value0: number,
  value1: number,
  value2: number,
  value3: number,
  rows: Float64Array,
  from: number,
  width: number,
  sums: Float64Array,
  to: number,
): void {
  for (let c = 0; c < width; c++) {
    let sum = sums[to + c];
    sum += value0 * rows[from + c];
    sum += value1 * rows[from + width + c];
    sum += value2 * rows[from + 2 * width + c];
    sum += value3 * rows[from + 3 * width + c];
    sums[to + c] = sum;
  }
}

/** Adds a row of a matrix times a value to a row of sums. */
function addOne(
  value: number,
  rows: Float64Array,
  from: number,
  width: number,
  sums: Float64Array,
  to: number,
): void {
  for (let c = 0; c < width; c++) sums[to + c] += value * rows[from + c];
}

/** The softmax of each row; a score of -Infinity has a probability of 0. */
export function softmaxRows(
  scores: Float64Array,
  width: number,
): Float64Array {
  const probabilities = new Float64Array(scores.length);
  for (let from = 0; from < scores.length; from += width) {
    let largest = -Infinity;
    for (let c = 0; c < width; c++) {
      largest = Math.max(largest, scores[from + c]);
    }
    let sum = 0;
    for (let c = 0; c < width; c++) {
      sum += probabilities[from + c] = Math.exp(scores[from + c] - largest);
    }
    for (let c = 0; c < width; c++) probabilities[from + c] /= sum;
  }
  return probabilities;
}

/** The sum over the rows of -log softmax of the own class, in nats. */
export function totalLoss(
  scores: Float64Array,
  own: ArrayLike<number>,
  width: number,
): number {
  let total = 0;
  for (let row = 0; row < own.length; row++) {
    const from = row * width;
    let largest = -Infinity;
    for (let c = 0; c < width; c++) {
      largest = Math.max(largest, scores[from + c]);
    }
    let sum = 0;
    for (let c = 0; c < width; c++) sum += Math.exp(scores[from + c] - largest);
    total += Math.log(sum) + largest - scores[from + own[row]];
  }
  return total;
}

/** The dot product of two vectors. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
