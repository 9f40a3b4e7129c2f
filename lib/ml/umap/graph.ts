/** UMAP's graph of neighbors. */

import type { NearestNeighbors } from "./nearest_neighbors.ts";

/** The edges of the graph, in both directions. */
export interface Graph {
  /** The samples at the ends of each edge, by tail and then by head. */
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** Epochs between two attractions along an edge: at least 1. */
  readonly every: Float64Array;
}

/** Bisections of a sample's scale, and the difference that ends them. */
const BISECTIONS = 64;
const TOLERANCE = 1e-5;

/** The smallest scale, as a share of the mean distance. */
const SMALLEST_SCALE = 1e-3;

/**
 * Makes the graph that a layout keeps (McInnes, Healy and Melville 2018,
 * algorithms 2 and 3): each sample's membership in another's neighborhood falls
 * exponentially with their distance, those of both directions are combined as
 * v + w - v w, and edges that would not be visited once are left out. The
 * numbers are those of umap-js to the last bit; its maps of text keys take five
 * times as long.
 *
 * @param epochs Epochs of the layout.
 */
export function neighborGraph(found: NearestNeighbors, epochs: number): Graph {
  const weights = symmetricWeights(found, memberships(found));
  const largest = weights.values.reduce((a, b) => Math.max(a, b), 0);
  const kept = [...weights.values.keys()].filter((entry) =>
    weights.values[entry] >= largest / epochs
  );
  return {
    heads: Int32Array.from(kept, (entry) => weights.columns[entry]),
    tails: Int32Array.from(kept, (entry) => weights.rows[entry]),
    every: Float64Array.from(
      kept,
      (entry) => epochs / (weights.values[entry] / largest * epochs),
    ),
  };
}

function meanOf(distances: Float64Array): number {
  return distances.reduce((a, b) => a + b) / distances.length;
}

/**
 * How far each neighbor belongs to a sample's neighborhood, in [0, 1]; samples
 * x neighbors. The nearest belongs to it wholly, the sample itself does not.
 */
function memberships(
  { samples, neighbors, indices, distances }: NearestNeighbors,
): Float64Array {
  const wanted = Math.log(neighbors) / Math.log(2);
  const found = new Float64Array(indices.length);
  let meanOfAll: number | undefined;
  for (let sample = 0; sample < samples; sample++) {
    const first = sample * neighbors;
    const own = distances.subarray(first, first + neighbors);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const mean = nearest > 0 ? meanOf(own) : meanOfAll ??= meanOf(
      Float64Array.from(
        { length: samples },
        (_, row) =>
          meanOf(distances.subarray(row * neighbors, (row + 1) * neighbors)),
      ),
    );
    const scale = Math.max(
      scaleOf(own, nearest, wanted),
      SMALLEST_SCALE * mean,
    );
    for (let position = 0; position < neighbors; position++) {
      if (indices[first + position] === sample) continue;
      const beyond = own[position] - nearest;
      found[first + position] = beyond <= 0 ? 1 : Math.exp(-(beyond / scale));
    }
  }
  return found;
}

/** The scale at which the memberships of the neighbors sum to `wanted`. */
function scaleOf(
  distances: Float64Array,
  nearest: number,
  wanted: number,
): number {
  let low = 0;
  let high = Infinity;
  let scale = 1;
  for (let round = 0; round < BISECTIONS; round++) {
    let sum = 0;
    for (let position = 1; position < distances.length; position++) {
      const beyond = distances[position] - nearest;
      sum += beyond > 0 ? Math.exp(-(beyond / scale)) : 1;
    }
    if (Math.abs(sum - wanted) < TOLERANCE) break;
    if (sum > wanted) high = scale;
    else low = scale;
    scale = high === Infinity ? 2 * scale : (low + high) / 2;
  }
  return scale;
}

/** Entries of a symmetric matrix, by row and then by column. */
interface Entries {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** v + w - v w of the memberships v and w of each pair of samples. */
function symmetricWeights(
  { samples, neighbors, indices }: NearestNeighbors,
  strengths: Float64Array,
): Entries {
  // The samples in whose neighborhood each one is, one after the other.
  const starts = new Int32Array(samples + 1);
  for (const neighbor of indices) starts[neighbor + 1]++;
  for (let sample = 0; sample < samples; sample++) {
    starts[sample + 1] += starts[sample];
  }
  const ends = starts.slice();
  const others = new Int32Array(indices.length);
  const otherStrengths = new Float64Array(indices.length);
  for (let entry = 0; entry < indices.length; entry++) {
    const place = ends[indices[entry]]++;
    others[place] = Math.floor(entry / neighbors);
    otherStrengths[place] = strengths[entry];
  }
  const rows = new Int32Array(2 * indices.length);
  const columns = new Int32Array(2 * indices.length);
  const values = new Float64Array(2 * indices.length);
  let count = 0;
  const forward = new Float64Array(samples);
  const backward = new Float64Array(samples);
  const isListed = new Uint8Array(samples);
  for (let row = 0; row < samples; row++) {
    const first = count;
    const list = (column: number) => {
      if (isListed[column] === 0) columns[count++] = column;
      isListed[column] = 1;
    };
    for (let entry = row * neighbors; entry < (row + 1) * neighbors; entry++) {
      forward[indices[entry]] = strengths[entry];
      list(indices[entry]);
    }
    for (let entry = starts[row]; entry < starts[row + 1]; entry++) {
      backward[others[entry]] = otherStrengths[entry];
      list(others[entry]);
    }
    columns.subarray(first, count).sort();
    for (let entry = first; entry < count; entry++) {
      const column = columns[entry];
      const v = forward[column];
      const w = backward[column];
      rows[entry] = row;
      values[entry] = v + w - v * w;
      forward[column] = backward[column] = isListed[column] = 0;
    }
  }
  return {
    rows: rows.subarray(0, count),
    columns: columns.subarray(0, count),
    values: values.subarray(0, count),
  };
}
