/**
 * Softmax and its loss, in float64 outside the backend: these tables are
 * small, and the loss of every backend is then rounded in the same way.
 */

/**
 * Softmax of each row.
 *
 * @param logits rows x tissues, row after row.
 * @param tissues Number of columns.
 * @returns Probabilities of the same layout.
 */
export function softmax(
  logits: ArrayLike<number>,
  tissues: number,
): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += tissues) {
    let largest = -Infinity;
    for (let k = 0; k < tissues; k++) {
      largest = Math.max(largest, logits[start + k]);
    }
    let sum = 0;
    for (let k = 0; k < tissues; k++) {
      const power = Math.exp(logits[start + k] - largest);
      probabilities[start + k] = power;
      sum += power;
    }
    for (let k = 0; k < tissues; k++) probabilities[start + k] /= sum;
  }
  return probabilities;
}

/** The loss of a batch and its gradient. */
export interface BatchLoss {
  /** Sum over the batch, not the mean: batches differ in size. */
  readonly lossSum: number;
  /** Samples whose most probable tissue is the true one. */
  readonly correct: number;
  /** d mean loss / d logits, rows x tissues. */
  readonly gradient: Float32Array;
}

/**
 * Categorical cross-entropy of a batch of logits and its gradient,
 * `(softmax - one hot) / rows`.
 *
 * @param logits rows x tissues.
 * @param classes Each row's true class.
 * @param tissues Number of columns.
 */
export function crossEntropy(
  logits: ArrayLike<number>,
  classes: ArrayLike<number>,
  tissues: number,
): BatchLoss {
  const rows = classes.length;
  const probabilities = softmax(logits, tissues);
  const gradient = new Float32Array(logits.length);
  let lossSum = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * tissues;
    const end = start + tissues;
    const truth = start + classes[row];
    let largest = start;
    let powers = 0;
    for (let index = start; index < end; index++) {
      if (logits[index] > logits[largest]) largest = index;
    }
    for (let index = start; index < end; index++) {
      powers += Math.exp(logits[index] - logits[largest]);
      gradient[index] = (probabilities[index] - (index === truth ? 1 : 0)) /
        rows;
    }
    // From the logits, as log(softmax) would underflow to log(0).
    lossSum += Math.log(powers) + logits[largest] - logits[truth];
    if (largest === truth) correct++;
  }
  return { lossSum, correct, gradient };
}

/** The column of each row's largest value; the first of equals. */
export function largestOfRow(
  values: ArrayLike<number>,
  columns: number,
): Int32Array {
  const rows = values.length / columns;
  const largest = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 1; column < columns; column++) {
      const best = row * columns + largest[row];
      if (values[row * columns + column] > values[best]) largest[row] = column;
    }
  }
  return largest;
}
