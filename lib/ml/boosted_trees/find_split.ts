/** The best split of a leaf's samples, among all features. */

import type { BinnedMatrix } from "./binned_matrix.ts";
import { EPSILON } from "./settings.ts";

/** A leaf's samples and the sums of their derivatives. */
export interface LeafSums {
  /** Samples, in the order of their rows. */
  readonly rows: Int32Array;
  readonly gradient: number;
  readonly hessian: number;
}

/** The best split of a leaf. */
export interface Split {
  /** Index of the kept feature. */
  readonly feature: number;
  /** The last bin that goes left. */
  readonly bin: number;
  readonly gain: number;
  readonly left: SplitSide;
  readonly right: SplitSide;
  /**
   * Features whose gain is equal but for rounding, the chosen one among them,
   * and whether higher values get the larger output.
   */
  readonly equals: readonly { feature: number; isUp: boolean }[];
}

/** One side of a split. */
export interface SplitSide {
  readonly gradient: number;
  readonly hessian: number;
  /** The leaf's value, without the learning rate. */
  readonly output: number;
}

/** What a split must leave on both sides. */
export interface SplitLimits {
  readonly minData: number;
  readonly minSumHessian: number;
}

/** Gains that differ by less, relatively, are equal. */
const EQUAL_GAINS = 1e-9;

/** Finds splits; its buffers serve one leaf after the other. */
export class SplitFinder {
  readonly #gradients: Float64Array;
  readonly #hessians: Float64Array;
  /** Gradient and hessian of each bin, by turns. */
  readonly #sums = new Float64Array(2 * 256);
  readonly #gains: Float64Array;
  readonly #isUp: Uint8Array;

  /** @param collects Whether features of equal gain are collected. */
  constructor(
    readonly matrix: BinnedMatrix,
    readonly collects: boolean,
  ) {
    this.#gradients = new Float64Array(matrix.samples);
    this.#hessians = new Float64Array(matrix.samples);
    this.#gains = new Float64Array(matrix.columns.length);
    this.#isUp = new Uint8Array(matrix.columns.length);
  }

  /**
   * Tries each threshold of each candidate, from the largest to the smallest.
   * Of equal gains the first feature wins, and in it the largest threshold.
   * Samples in a bin are not counted but estimated by their hessian, as
   * LightGBM does it.
   *
   * @param candidates Kept features that could split the parent.
   * @returns The split, null if there is none, and the candidates that some
   * threshold can split with a gain: no other one is tried in the children.
   */
  find(
    leaf: LeafSums,
    candidates: Int32Array,
    gradients: Float32Array,
    hessians: Float32Array,
    { minData, minSumHessian }: SplitLimits,
  ): { split: Split | null; splittable: Int32Array } {
    const { rows } = leaf;
    const { samples, bins, binCounts, restBins } = this.matrix;
    const count = rows.length;
    const own = this.#gradients;
    const ownHessians = this.#hessians;
    for (let index = 0; index < count; index++) {
      own[index] = gradients[rows[index]];
      ownHessians[index] = hessians[rows[index]];
    }
    const sums = this.#sums;
    const gains = this.#gains;
    const total = leaf.gradient;
    const totalHessian = leaf.hessian + 2 * EPSILON;
    const perHessian = count / totalHessian;
    const parentGain = total * total / totalHessian;
    const splittable = new Int32Array(candidates.length);
    let kept = 0;
    let best = -Infinity;
    let bestFeature = -1;
    let bestBin = 0;
    let bestGradient = 0;
    let bestHessian = 0;
    for (let index = 0; index < candidates.length; index++) {
      const feature = candidates[index];
      const binCount = binCounts[feature];
      sums.fill(0, 0, 2 * binCount);
      const start = feature * samples;
      for (let sample = 0; sample < count; sample++) {
        const at = 2 * bins[start + rows[sample]];
        sums[at] += own[sample];
        sums[at + 1] += ownHessians[sample];
      }
      const restBin = restBins[feature];
      if (restBin > 0) fillRest(sums, binCount, restBin, leaf);

      let right = 0;
      let rightHessian = EPSILON;
      let rightCount = 0;
      let largest = parentGain;
      let found = -1;
      let leftAt = 0;
      let leftHessianAt = 0;
      for (let bin = binCount - 1; bin >= 1; bin--) {
        const hessian = sums[2 * bin + 1];
        right += sums[2 * bin];
        rightHessian += hessian;
        // Faster than Math.trunc: the counts are small and not negative.
        rightCount += (hessian * perHessian + 0.5) | 0;
        if (rightCount < minData || rightHessian < minSumHessian) continue;
        if (count - rightCount < minData) break;
        const leftHessian = totalHessian - rightHessian;
        if (leftHessian < minSumHessian) break;
        const left = total - right;
        const gain = left * left / leftHessian + right * right / rightHessian;
        if (gain <= largest) continue;
        largest = gain;
        found = bin - 1;
        leftAt = left;
        leftHessianAt = leftHessian;
      }
      if (found < 0) continue;
      splittable[kept] = feature;
      const gain = largest - parentGain;
      gains[kept] = gain;
      // The output is -gradient / hessian.
      this.#isUp[kept] = leftAt / leftHessianAt > total / totalHessian ? 1 : 0;
      kept++;
      if (gain <= best) continue;
      best = gain;
      bestFeature = feature;
      bestBin = found;
      bestGradient = leftAt;
      bestHessian = leftHessianAt;
    }
    const able = splittable.slice(0, kept);
    if (bestFeature < 0) return { split: null, splittable: able };
    const rightGradient = total - bestGradient;
    const rightHessian = totalHessian - bestHessian;
    return {
      split: {
        feature: bestFeature,
        bin: bestBin,
        gain: best,
        left: sideOf(bestGradient, bestHessian),
        right: sideOf(rightGradient, rightHessian),
        equals: this.collects ? this.#equals(able, best) : [],
      },
      splittable: able,
    };
  }

  #equals(splittable: Int32Array, best: number): Split["equals"] {
    const equals: { feature: number; isUp: boolean }[] = [];
    const least = best * (1 - EQUAL_GAINS);
    for (let index = 0; index < splittable.length; index++) {
      if (this.#gains[index] < least) continue;
      equals.push({
        feature: splittable[index],
        isUp: this.#isUp[index] === 1,
      });
    }
    return equals;
  }
}

function sideOf(gradient: number, hessian: number): SplitSide {
  return { gradient, hessian: hessian - EPSILON, output: -gradient / hessian };
}

/** Gives a bin what the leaf has and the other bins have not. */
function fillRest(
  sums: Float64Array,
  binCount: number,
  restBin: number,
  { gradient, hessian }: LeafSums,
): void {
  let rest = gradient;
  let restHessian = hessian;
  for (let bin = 0; bin < binCount; bin++) {
    if (bin === restBin) continue;
    rest -= sums[2 * bin];
    restHessian -= sums[2 * bin + 1];
  }
  sums[2 * restBin] = rest;
  sums[2 * restBin + 1] = restHessian;
}
