/** The rounds of UMAP's layout, over arrays of numbers. */

import { powerOf } from "./fast_pow.ts";

/** What a layout starts from, as umap-js prepares it. */
export interface LayoutStart {
  /** Where the samples begin: two numbers each. */
  readonly headEmbedding: readonly (readonly number[])[];
  /** The samples at the ends of each edge of the graph. */
  readonly head: readonly number[];
  readonly tail: readonly number[];
  /** Rounds after which an edge pulls its ends again. */
  readonly epochsPerSample: readonly number[];
  /** The same for pushing its head away from others. */
  readonly epochsPerNegativeSample: readonly number[];
  /** The curve 1 / (1 + a x^(2b)). */
  readonly a: number;
  readonly b: number;
  /** Weight of pushing against pulling. */
  readonly gamma: number;
  /** How far the first round goes; the last goes almost nowhere. */
  readonly initialAlpha: number;
  readonly nEpochs: number;
}

/** The farthest that one pull or push takes a sample along an axis. */
const LONGEST = 4;

function clip(step: number): number {
  return step > LONGEST ? LONGEST : step < -LONGEST ? -LONGEST : step;
}

/**
 * Lays samples out by stochastic gradient descent (McInnes, Healy and Melville
 * 2018, algorithm 5), as umap-js's own loop does: with `Math.pow` for the power
 * to the same last bit. That loop walks through arrays of arrays, which takes
 * half as long again; and half of its time are powers.
 *
 * @param start The state of umap-js once it is initialized, in two dimensions.
 * @param random Numbers in [0, 1), drawn on where the initialization stopped.
 * @param makePower What makes the curve's powers of a squared distance; the
 * quick `powerOf` by default.
 * @returns Samples x 2, row-major.
 */
export function layOut(
  start: LayoutStart,
  random: () => number,
  makePower: (exponent: number) => (x: number) => number = powerOf,
): Float64Array<ArrayBuffer> {
  const { a, b, gamma, initialAlpha, nEpochs } = start;
  const power = makePower(b);
  const powerLess = makePower(b - 1);
  const places = Float64Array.from(start.headEmbedding.flat());
  const samples = start.headEmbedding.length;
  // Where an end's two numbers begin.
  const heads = Int32Array.from(start.head, (sample) => 2 * sample);
  const tails = Int32Array.from(start.tail, (sample) => 2 * sample);
  const every = Float64Array.from(start.epochsPerSample);
  const everyPush = Float64Array.from(start.epochsPerNegativeSample);
  const next = every.slice();
  const nextPush = everyPush.slice();
  const pull = -2 * a * b;
  const push = 2 * gamma * b;
  let alpha = initialAlpha;
  for (let epoch = 0; epoch < nEpochs; epoch++) {
    for (let edge = 0; edge < heads.length; edge++) {
      if (next[edge] > epoch) continue;
      const head = heads[edge];
      const tail = tails[edge];
      let x = places[head];
      let y = places[head + 1];
      const across = x - places[tail];
      const along = y - places[tail + 1];
      const square = across * across + along * along;
      if (square > 0) {
        const strength = pull * powerLess(square) /
          (a * power(square) + 1);
        const stepX = clip(strength * across) * alpha;
        const stepY = clip(strength * along) * alpha;
        x += stepX;
        y += stepY;
        places[tail] -= stepX;
        places[tail + 1] -= stepY;
      }
      next[edge] += every[edge];
      const pushes = Math.floor((epoch - nextPush[edge]) / everyPush[edge]);
      for (let pushed = 0; pushed < pushes; pushed++) {
        const other = 2 * Math.floor(random() * samples);
        // From itself a sample is not pushed away.
        if (other === head) continue;
        const across = x - places[other];
        const along = y - places[other + 1];
        const square = across * across + along * along;
        if (square > 0) {
          const strength = push /
            ((0.001 + square) * (a * power(square) + 1));
          if (strength > 0) {
            x += clip(strength * across) * alpha;
            y += clip(strength * along) * alpha;
            continue;
          }
        }
        x += LONGEST * alpha;
        y += LONGEST * alpha;
      }
      places[head] = x;
      places[head + 1] = y;
      nextPush[edge] += pushes * everyPush[edge];
    }
    alpha = initialAlpha * (1 - epoch / nEpochs);
  }
  return places;
}
