/** Which of the network's outputs is explained, and its slope. */

import { softmax } from "../cnn/softmax.ts";

export const explainedOutputs = [
  "probability",
  "log-odds",
  "centered-logit",
] as const;

/**
 * The output of class c, from the logits l:
 *
 * - `probability`: p_c, the softmax.
 * - `log-odds`: ln(p_c / (1 - p_c)) = l_c - ln(sum over k != c of exp(l_k)).
 * - `centered-logit`: l_c - mean over k of l_k. A logit alone is defined only
 *   up to a number that all classes share, which changes no prediction.
 *
 * As dp_c = p_c (1 - p_c) d log-odds, the probability explains the same as the
 * log-odds, but only where the path from the background crosses the boundary
 * of the class.
 */
export type ExplainedOutput = typeof explainedOutputs[number];

/** What is explained by default. */
export const DEFAULT_OUTPUT: ExplainedOutput = "centered-logit";

/**
 * Every class's output.
 *
 * @param logits rows x tissues; at least two tissues.
 * @returns rows x tissues.
 */
export function outputValues(
  logits: ArrayLike<number>,
  tissues: number,
  output: ExplainedOutput,
): Float64Array {
  if (output === "probability") return softmax(logits, tissues);
  const values = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += tissues) {
    for (let k = 0; k < tissues; k++) {
      const others = output === "log-odds"
        ? logSumOfOthers(logits, start, tissues, k)
        : meanOfRow(logits, start, tissues);
      values[start + k] = logits[start + k] - others;
    }
  }
  return values;
}

/**
 * d output of one class / d logits, for rows of logits:
 *
 * - `probability`: p_c (1[k = c] - p_k)
 * - `log-odds`: 1[k = c] - 1[k != c] p_k / (1 - p_c), where p_k / (1 - p_c) is
 *   the softmax of the other logits and so does not lose its digits as p_c
 *   comes near 1
 * - `centered-logit`: 1[k = c] - 1 / tissues
 *
 * @returns rows x tissues.
 */
export function outputGradient(
  logits: ArrayLike<number>,
  tissues: number,
  explainedClass: number,
  output: ExplainedOutput,
): Float32Array {
  const gradient = new Float32Array(logits.length);
  const probabilities = softmax(logits, tissues);
  for (let start = 0; start < gradient.length; start += tissues) {
    const explained = probabilities[start + explainedClass];
    const others = output === "log-odds"
      ? logSumOfOthers(logits, start, tissues, explainedClass)
      : 0;
    for (let k = 0; k < tissues; k++) {
      const isExplained = k === explainedClass;
      const one = isExplained ? 1 : 0;
      gradient[start + k] = output === "probability"
        ? explained * (one - probabilities[start + k])
        : output === "centered-logit"
        ? one - 1 / tissues
        : isExplained
        ? 1
        : -Math.exp(logits[start + k] - others);
    }
  }
  return gradient;
}

/** ln(sum over the other classes of exp(logit)), without overflow. */
function logSumOfOthers(
  logits: ArrayLike<number>,
  start: number,
  tissues: number,
  own: number,
): number {
  let largest = -Infinity;
  for (let k = 0; k < tissues; k++) {
    if (k !== own) largest = Math.max(largest, logits[start + k]);
  }
  let sum = 0;
  for (let k = 0; k < tissues; k++) {
    if (k !== own) sum += Math.exp(logits[start + k] - largest);
  }
  return largest + Math.log(sum);
}

function meanOfRow(
  logits: ArrayLike<number>,
  start: number,
  tissues: number,
): number {
  let sum = 0;
  for (let k = 0; k < tissues; k++) sum += logits[start + k];
  return sum / tissues;
}
