/** A matrix in bins, feature after feature, for the search of splits. */

import { binOf, canSplit, findBins } from "./bins.ts";
import { type BoostingSettings, minDataOf } from "./settings.ts";

/** The features that can be split, in bins. */
export interface BinnedMatrix {
  readonly samples: number;
  /** The column in the matrix of each kept feature. */
  readonly columns: Int32Array;
  /** Kept features x samples: the bin of each value. */
  readonly bins: Uint8Array;
  /** Each kept feature's bounds; see `FeatureBins`. */
  readonly bounds: readonly Float64Array[];
  /** Bins of each kept feature. */
  readonly binCounts: Int32Array;
  /** See `FeatureBins`. */
  readonly restBins: Int32Array;
}

/**
 * Cuts the features into bins and drops those that no tree can split.
 *
 * @param values Samples x features, row-major, finite.
 * @param order The features' columns in the order in which equal splits are
 * preferred; some may be left out. By default all, ascending.
 * @throws {RangeError} If the shape does not fit or a value is not finite.
 */
export function binMatrix(
  values: Float32Array,
  samples: number,
  settings: Pick<
    BoostingSettings,
    "maxBin" | "minDataInBin" | "minDataInLeaf"
  >,
  order?: Uint32Array,
): BinnedMatrix {
  const features = values.length / samples;
  if (!Number.isInteger(features)) {
    throw new RangeError(
      `Cannot bin a matrix: ${values.length} values are not those of ` +
        `${samples} samples`,
    );
  }
  const { maxBin } = settings;
  if (!(Number.isInteger(maxBin) && maxBin >= 2 && maxBin <= 256)) {
    throw new RangeError(
      `Cannot bin a matrix: ${maxBin} bins should be 2 to 256`,
    );
  }
  const minData = leastOf(settings);
  const columns: number[] = [];
  const bounds: Float64Array[] = [];
  const restBins: number[] = [];
  const taken = order ?? Uint32Array.from({ length: features }, (_, f) => f);
  const bins = new Uint8Array(taken.length * samples);
  // Column after column: else each value is fetched from far away.
  const columnwise = transpose(values, samples, features);
  const own = new Float64Array(samples);
  for (const column of taken) {
    own.set(columnwise.subarray(column * samples, (column + 1) * samples));
    // NaN and infinities are sorted to an end.
    const sorted = own.slice().sort();
    if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted[samples - 1])) {
      throw new RangeError(
        `Cannot bin a matrix: a value of column ${column} is not finite`,
      );
    }
    // A constant feature is met often, and has no use.
    if (sorted[0] === sorted[samples - 1]) continue;
    const found = findBins(sorted, settings);
    if (!canSplit(found, samples, minData)) continue;
    const start = columns.length * samples;
    for (let row = 0; row < samples; row++) {
      bins[start + row] = binOf(found.bounds, own[row]);
    }
    columns.push(column);
    bounds.push(found.bounds);
    restBins.push(found.restBin);
  }
  return {
    samples,
    columns: Int32Array.from(columns),
    bins: bins.slice(0, columns.length * samples),
    bounds,
    binCounts: Int32Array.from(bounds, ({ length }) => length),
    restBins: Int32Array.from(restBins),
  };
}

/** Columns that are laid out at a time, so that what is written stays cached. */
const BLOCK = 16;

function transpose(
  values: Float32Array,
  rows: number,
  columns: number,
): Float32Array {
  const turned = new Float32Array(values.length);
  for (let from = 0; from < columns; from += BLOCK) {
    const to = Math.min(from + BLOCK, columns);
    for (let row = 0; row < rows; row++) {
      for (let column = from; column < to; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
  }
  return turned;
}

function leastOf(settings: Pick<BoostingSettings, "minDataInLeaf">): number {
  const { minDataInLeaf } = settings;
  return typeof minDataInLeaf === "number"
    ? minDataInLeaf
    : Math.min(...minDataInLeaf.map((_, label) => minDataOf(settings, label)));
}
