/** A feature's bins, as LightGBM's `BinMapper::FindBin` cuts them. */

import { ZERO } from "./settings.ts";

/** Different values, ascending, and how many samples have each. */
interface CountedValues {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

/** How a feature is cut. */
export interface BinLimits {
  readonly maxBin: number;
  readonly minDataInBin: number;
}

/** A feature's bins. */
export interface FeatureBins {
  /** The largest value of each bin, ascending; the last is infinite. */
  readonly bounds: Float64Array;
  /** Samples in each bin. */
  readonly counts: Int32Array;
  /**
   * The bin that LightGBM does not sum up but takes as the rest of the leaf:
   * that of zero, or the largest if it has 70 % of the samples.
   */
  readonly restBin: number;
}

/** From this share on the largest bin is left out (`kSparseThreshold`). */
const SPARSE = 0.7;

const { nextAfter, equalOrdered } = doubleSteps();

/**
 * Cuts a feature into bins: zero has one of its own, negative and positive
 * values are cut apart. Few different values are cut halfway between them, once
 * `minDataInBin` samples are in; many are cut into parts of equal counts.
 *
 * @param sorted All values of the feature, ascending, all finite.
 */
export function findBins(sorted: Float64Array, limits: BinLimits): FeatureBins {
  const counted = countValues(sorted);
  const bounds = Float64Array.from(boundsAroundZero(counted, sorted, limits));
  const counts = new Int32Array(bounds.length);
  let bin = 0;
  counted.values.forEach((value, index) => {
    while (value > bounds[bin] && bin < bounds.length - 1) bin++;
    counts[bin] += counted.counts[index];
  });
  const zeroBin = binOf(bounds, 0);
  const largest = counts.indexOf(Math.max(...counts));
  const restBin = counts[largest] / sorted.length < SPARSE ? zeroBin : largest;
  return { bounds, counts, restBin };
}

/** The bin of a value: the first whose bound is not below it. */
export function binOf(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Whether some threshold leaves enough samples on both sides; a feature without
 * one is dropped (`feature_pre_filter`).
 */
export function canSplit(
  { counts }: Pick<FeatureBins, "counts">,
  samples: number,
  minDataInLeaf: number,
): boolean {
  let left = 0;
  for (let bin = 0; bin < counts.length - 1; bin++) {
    left += counts[bin];
    if (left >= minDataInLeaf && samples - left >= minDataInLeaf) return true;
  }
  return false;
}

/** Neighboring doubles count as equal; the larger stands for both. */
function countValues(sorted: Float64Array): CountedValues {
  const values: number[] = [];
  const counts: number[] = [];
  let before = NaN;
  for (const each of sorted) {
    const value = Math.abs(each) <= ZERO ? 0 : each;
    if (values.length > 0 && equalOrdered(before, value)) {
      values[values.length - 1] = value;
      counts[counts.length - 1]++;
    } else {
      // LightGBM puts a zero of no samples between negatives and positives.
      if (before < 0 && value > 0) {
        values.push(0);
        counts.push(0);
      }
      values.push(value);
      counts.push(1);
    }
    before = value;
  }
  return { values, counts };
}

function boundsAroundZero(
  { values, counts }: CountedValues,
  sorted: Float64Array,
  { maxBin, minDataInBin }: BinLimits,
): number[] {
  const below = values.filter((value) => value <= -ZERO).length;
  const notAbove = values.filter((value) => value <= ZERO).length;
  const sum = (from: number, to: number) =>
    counts.slice(from, to).reduce((total, count) => total + count, 0);
  const negatives = sum(0, below);
  const positives = sum(notAbove, counts.length);
  let bounds: number[] = [];
  if (below > 0 && maxBin > 1) {
    const zeros = sorted.length - negatives - positives;
    const share = negatives / (sorted.length - zeros);
    bounds = cutValues(
      values.slice(0, below),
      counts.slice(0, below),
      Math.max(1, Math.trunc(share * (maxBin - 1))),
      negatives,
      minDataInBin,
    );
    bounds[bounds.length - 1] = -ZERO;
  }
  const rest = maxBin - 1 - bounds.length;
  if (notAbove < values.length && rest > 0) {
    return [
      ...bounds,
      ZERO,
      ...cutValues(
        values.slice(notAbove),
        counts.slice(notAbove),
        rest,
        positives,
        minDataInBin,
      ),
    ];
  }
  return [...bounds, Infinity];
}

/** `GreedyFindBin`. */
function cutValues(
  values: readonly number[],
  counts: readonly number[],
  maxBin: number,
  total: number,
  minDataInBin: number,
): number[] {
  const bounds: number[] = [];
  /** Returns whether this cut is a new one. */
  const cutBetween = (low: number, high: number): boolean => {
    const bound = nextAfter((low + high) / 2);
    if (bounds.length > 0 && equalOrdered(bounds.at(-1)!, bound)) return false;
    bounds.push(bound);
    return true;
  };
  if (values.length <= maxBin) {
    let inBin = 0;
    for (let index = 0; index < values.length - 1; index++) {
      inBin += counts[index];
      if (inBin < minDataInBin) continue;
      if (cutBetween(values[index], values[index + 1])) inBin = 0;
    }
  } else {
    for (const last of equalParts(counts, maxBin, total, minDataInBin)) {
      cutBetween(values[last], values[last + 1]);
    }
  }
  return [...bounds, Infinity];
}

/**
 * The last value of each part but the last, of parts of about equal counts. A
 * value that fills a part is a part of its own.
 */
function equalParts(
  counts: readonly number[],
  maxBin: number,
  total: number,
  minDataInBin: number,
): number[] {
  const most = minDataInBin > 0
    ? Math.max(1, Math.min(maxBin, Math.trunc(total / minDataInBin)))
    : maxBin;
  let size = total / most;
  const isHeavy = counts.map((count) => count >= size);
  let restParts = most;
  let rest = total;
  counts.forEach((count, index) => {
    if (!isHeavy[index]) return;
    restParts--;
    rest -= count;
  });
  size = rest / restParts;
  const lasts: number[] = [];
  let inPart = 0;
  for (let index = 0; index < counts.length - 1; index++) {
    if (!isHeavy[index]) rest -= counts[index];
    inPart += counts[index];
    const isFull = isHeavy[index] || inPart >= size ||
      (isHeavy[index + 1] && inPart >= Math.max(1, size * 0.5));
    if (!isFull) continue;
    lasts.push(index);
    if (lasts.length >= most - 1) break;
    inPart = 0;
    if (isHeavy[index]) continue;
    restParts--;
    size = rest / restParts;
  }
  return lasts;
}

/** The next larger double, and whether one is at most the next of another. */
function doubleSteps() {
  const number = new Float64Array(1);
  const bits = new BigInt64Array(number.buffer);
  const nextAfter = (value: number): number => {
    if (value === 0) return Number.MIN_VALUE;
    if (!Number.isFinite(value)) return value;
    number[0] = value;
    bits[0] += value > 0 ? 1n : -1n;
    return number[0];
  };
  return {
    nextAfter,
    // Most numbers are far apart, which needs no next double.
    equalOrdered: (a: number, b: number) =>
      b <= a || !(b - a > Math.abs(a) * 2 ** -50 && b - a > 1e-300) &&
        b <= nextAfter(a),
  };
}
