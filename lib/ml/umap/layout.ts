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

/** Layouts that the kernel computes in one vector. */
const PAIR = 2;

/** Bytes of a sample's position in a pair of layouts: four numbers. */
const PLACE_BYTES = 32;

/** The tables that were made last, and for which curve. */
let made: { curve: Curve; tables: ForceTables } | undefined;

function tablesOf(curve: Curve): ForceTables {
  if (made?.curve.a !== curve.a || made.curve.b !== curve.b) {
    made = { curve, tables: forceTables(curve) };
  }
  return made.tables;
}

/** Where the descent of a layout begins, and what draws in it. */
export interface LayoutStart {
  /** Start positions, samples x 2, row-major; not changed. */
  readonly positions: Float64Array;
  /** Draws the samples that repel. It is left as it was. */
  readonly random: RandomStream;
}

/**
 * Lays samples out in two dimensions by stochastic gradient descent (McInnes,
 * Healy and Melville 2018, algorithm 5), as umap-js does, with the same random
 * draws; the forces are those of `forceTables`. The largest step along an axis
 * is 4 times the learning rate.
 *
 * Several layouts of the same graph take less time together than one after the
 * other, and each is the same as alone, to the last bit.
 *
 * @param starts One a layout, at least one, all of as many samples.
 * @param epochs At least 1.
 * @returns Each layout: samples x 2, row-major.
 * @throws {RangeError} If an edge ends at a sample that is not there, or the
 * starts differ in their samples.
 */
export function layOut(
  starts: readonly LayoutStart[],
  graph: Graph,
  curve: Curve,
  epochs: number,
): Float64Array<ArrayBuffer>[] {
  const { heads, tails, every } = graph;
  const edges = every.length;
  const samples = starts[0].positions.length / 2;
  checkLayouts(starts, graph, samples);
  const { attraction, repulsion } = tablesOf(curve);
  const pairs = Math.ceil(starts.length / PAIR);
  const placed = placeArrays({
    states: ["i32", 8 * pairs],
    attraction: ["f64", attraction.length],
    repulsion: ["f64", repulsion.length],
    positions: ["f64", 4 * samples * pairs],
    heads: ["i32", edges],
    tails: ["i32", edges],
    every: ["f64", edges],
    everyRepulsion: ["f64", edges],
    next: ["f64", edges],
    nextRepulsion: ["f64", edges],
  });
  placed.attraction.set(attraction);
  placed.repulsion.set(repulsion);
  for (let half = 0; half < PAIR * pairs; half++) {
    // Of an odd number the last one is computed twice.
    const { positions, random } = starts[Math.min(half, starts.length - 1)];
    const state = random.state();
    const pair = (half - half % PAIR) / PAIR;
    for (const word of [0, 1]) {
      placed.states.set(
        state.subarray(2 * word, 2 * word + 2),
        8 * pair + 4 * word + 2 * (half % PAIR),
      );
    }
    const own = 4 * samples * pair + half % PAIR;
    for (let place = 0; place < positions.length; place++) {
      placed.positions[own + PAIR * place] = positions[place];
    }
  }
  for (let edge = 0; edge < edges; edge++) {
    placed.heads[edge] = heads[edge] * PLACE_BYTES;
    placed.tails[edge] = tails[edge] * PLACE_BYTES;
    placed.everyRepulsion[edge] = every[edge] / REPULSIONS;
  }
  placed.every.set(every);
  placed.next.set(every);
  placed.nextRepulsion.set(placed.everyRepulsion);
  mlKernels().layOut(
    placed.positions.byteOffset,
    placed.states.byteOffset,
    pairs,
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
  return starts.map((_, index) => {
    const own = 4 * samples * ((index - index % PAIR) / PAIR) + index % PAIR;
    return Float64Array.from(
      { length: 2 * samples },
      (_, place) => placed.positions[own + PAIR * place],
    );
  });
}

function checkLayouts(
  starts: readonly LayoutStart[],
  { heads, tails, every }: Graph,
  samples: number,
): void {
  const edges = every.length;
  const other = starts.find(({ positions }) =>
    positions.length !== 2 * samples
  );
  if (other !== undefined) {
    throw new RangeError(
      `Cannot lay out: starts of ${samples} and ${
        other.positions.length / 2
      } samples are not of the same graph`,
    );
  }
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
}
