/** The epochs of UMAP's layout. */

import type { RandomStream } from "../../random.ts";
import { mlKernels } from "../kernels/module.ts";
import { placeArrays } from "../kernels/place_arrays.ts";
import { type Curve, type ForceTables, forceTables } from "./force_tables.ts";
import type { Graph } from "./graph.ts";

/** Repulsions of an edge's head for each attraction along the edge. */
const REPULSIONS = 5;

/** The first epoch's learning rate; the last epoch's is almost 0. */
const LEARNING_RATE = 1;

/** Bytes of a sample's position: two numbers. */
const POSITION_BYTES = 16;

/** The tables that were made last, and for which curve. */
let made: { curve: Curve; tables: ForceTables } | undefined;

function tablesOf(curve: Curve): ForceTables {
  if (made?.curve.a !== curve.a || made.curve.b !== curve.b) {
    made = { curve, tables: forceTables(curve) };
  }
  return made.tables;
}

/**
 * Lays samples out in two dimensions by stochastic gradient descent (McInnes,
 * Healy and Melville 2018, algorithm 5), as umap-js does, with the same random
 * draws; the forces are those of `forceTables`. The largest step along an axis
 * is 4 times the learning rate.
 *
 * @param positions Start positions, samples x 2, row-major; not changed.
 * @param epochs At least 1.
 * @param random Draws the samples that repel. It is left as it was.
 * @returns Samples x 2, row-major.
 */
export function layOut(
  positions: Float64Array,
  { heads, tails, every }: Graph,
  curve: Curve,
  epochs: number,
  random: RandomStream,
): Float64Array<ArrayBuffer> {
  const edges = every.length;
  const samples = positions.length / 2;
  if (heads.length !== edges || tails.length !== edges) {
    throw new RangeError(
      `Cannot lay out: ${heads.length} heads, ${tails.length} tails and ${edges} intervals are not one of each an edge`,
    );
  }
  for (const ends of [heads, tails]) {
    for (let edge = 0; edge < edges; edge++) {
      if (!(ends[edge] >= 0 && ends[edge] < samples)) {
        throw new RangeError(
          `Cannot lay out: edge ${edge} ends at sample ${
            ends[edge]
          } of ${samples}`,
        );
      }
    }
  }
  const { attraction, repulsion } = tablesOf(curve);
  const state = random.state();
  const placed = placeArrays({
    state: ["i32", state.length],
    attraction: ["f64", attraction.length],
    repulsion: ["f64", repulsion.length],
    positions: ["f64", positions.length],
    heads: ["i32", edges],
    tails: ["i32", edges],
    every: ["f64", edges],
    everyRepulsion: ["f64", edges],
    next: ["f64", edges],
    nextRepulsion: ["f64", edges],
  });
  placed.state.set(state);
  placed.attraction.set(attraction);
  placed.repulsion.set(repulsion);
  placed.positions.set(positions);
  const origin = placed.positions.byteOffset;
  for (let edge = 0; edge < edges; edge++) {
    placed.heads[edge] = origin + heads[edge] * POSITION_BYTES;
    placed.tails[edge] = origin + tails[edge] * POSITION_BYTES;
    placed.everyRepulsion[edge] = every[edge] / REPULSIONS;
  }
  placed.every.set(every);
  placed.next.set(every);
  placed.nextRepulsion.set(placed.everyRepulsion);
  const kernels = mlKernels();
  kernels.setRandomState(placed.state.byteOffset);
  kernels.layOut(
    origin,
    placed.heads.byteOffset,
    placed.tails.byteOffset,
    placed.every.byteOffset,
    placed.everyRepulsion.byteOffset,
    placed.next.byteOffset,
    placed.nextRepulsion.byteOffset,
    edges,
    samples,
    epochs,
    LEARNING_RATE,
    placed.attraction.byteOffset,
    placed.repulsion.byteOffset,
  );
  return placed.positions.slice();
}
