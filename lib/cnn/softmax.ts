/**
 * Softmax and its loss, in float64 outside the backend: these tables are
 * small, and are then rounded in the same way on every backend. Only training
 * on WebGPU makes its loss on the device (`running_loss.ts`).
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

/**
 * Categorical cross-entropy of a batch of logits.
 *
 * @param logits rows x tissues.
 * @param classes Each row's true class.
 * @param tissues Number of columns.
 * @returns The loss's sum over the batch, not its mean: batches differ in size;
 * the number of rows whose largest logit is the true class's; and the gradient
 * of the mean loss, rows x tissues: `(softmax - one hot) / rows`.
 */
export function crossEntropy(
  logits: ArrayLike<number>,
  classes: ArrayLike<number>,
  tissues: number,
): { lossSum: number; correct: number; gradient: Float32Array } {
  const rows = classes.length;
  const slopes = softmax(logits, tissues);
  const predicted = largestOfRow(logits, tissues);
  let lossSum = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * tissues;
    const truth = start + classes[row];
    const largest = logits[start + predicted[row]];
    let powers = 0;
    for (let index = start; index < start + tissues; index++) {
      powers += Math.exp(logits[index] - largest);
    }
    // From the logits, as log(softmax) would underflow to log(0).
    lossSum += Math.log(powers) + largest - logits[truth];
    if (predicted[row] === classes[row]) correct++;
    slopes[truth] -= 1;
  }
  const gradient = Float32Array.from(slopes, (slope) => slope / rows);
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
