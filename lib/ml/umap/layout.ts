/** The epochs of UMAP's layout, on flat arrays. */

import { fastPow } from "./fast_pow.ts";

/** What a layout starts from, as umap-js prepares it. */
export interface LayoutStart {
  /** Start positions of the samples: two numbers each. */
  readonly headEmbedding: readonly (readonly number[])[];
  /** The samples at the ends of each edge of the graph. */
  readonly head: readonly number[];
  readonly tail: readonly number[];
  /** Epochs between two attractions along an edge. */
  readonly epochsPerSample: readonly number[];
  /** Epochs between two repulsions of its head from other samples. */
  readonly epochsPerNegativeSample: readonly number[];
  /** The curve 1 / (1 + a x^(2b)). */
  readonly a: number;
  readonly b: number;
  /** Weight of repulsion compared with attraction. */
  readonly gamma: number;
  /** The first epoch's learning rate; the last epoch's is almost 0. */
  readonly initialAlpha: number;
  readonly nEpochs: number;
}

/** The largest gradient along an axis. */
const MAX_STEP = 4;

function clip(step: number): number {
  return step > MAX_STEP ? MAX_STEP : step < -MAX_STEP ? -MAX_STEP : step;
}

/**
 * Lays samples out by stochastic gradient descent (McInnes, Healy and Melville
 * 2018, algorithm 5), as umap-js does: with `Math.pow` to the last bit. The
 * loop of umap-js takes half as long again, as it uses arrays of arrays, and
 * spends half of its time on powers.
 *
 * @param start The state of umap-js after its initialization, in two
 * dimensions.
 * @param random Numbers in [0, 1), from the stream of the initialization.
 * @param makePower Makes the curve's powers of a squared distance; `fastPow` by
 * default.
 * @returns Samples x 2, row-major.
 */
export function layOut(
  start: LayoutStart,
  random: () => number,
  makePower: (exponent: number) => (x: number) => number = fastPow,
): Float64Array<ArrayBuffer> {
  const { a, b, gamma, initialAlpha, nEpochs } = start;
  const power = makePower(b);
  const powerLess = makePower(b - 1);
  const layout = Float64Array.from(start.headEmbedding.flat());
  const samples = start.headEmbedding.length;
  // Offsets of the two numbers of each end.
  const heads = Int32Array.from(start.head, (sample) => 2 * sample);
  const tails = Int32Array.from(start.tail, (sample) => 2 * sample);
  const every = Float64Array.from(start.epochsPerSample);
  const everyRepulsion = Float64Array.from(start.epochsPerNegativeSample);
  const next = every.slice();
  const nextRepulsion = everyRepulsion.slice();
  const attraction = -2 * a * b;
  const repulsion = 2 * gamma * b;
  let alpha = initialAlpha;
  for (let epoch = 0; epoch < nEpochs; epoch++) {
    for (let edge = 0; edge < heads.length; edge++) {
      if (next[edge] > epoch) continue;
      const head = heads[edge];
      const tail = tails[edge];
      let x = layout[head];
      let y = layout[head + 1];
      const dx = x - layout[tail];
      const dy = y - layout[tail + 1];
      const square = dx * dx + dy * dy;
      if (square > 0) {
        const strength = attraction * powerLess(square) /
          (a * power(square) + 1);
        const stepX = clip(strength * dx) * alpha;
        const stepY = clip(strength * dy) * alpha;
        x += stepX;
        y += stepY;
        layout[tail] -= stepX;
        layout[tail + 1] -= stepY;
      }
      next[edge] += every[edge];
      const repulsions = Math.floor(
        (epoch - nextRepulsion[edge]) / everyRepulsion[edge],
      );
      for (let draw = 0; draw < repulsions; draw++) {
        const other = 2 * Math.floor(random() * samples);
        // A sample is not repelled from itself.
        if (other === head) continue;
        const dx = x - layout[other];
        const dy = y - layout[other + 1];
        const square = dx * dx + dy * dy;
        if (square > 0) {
          const strength = repulsion /
            ((0.001 + square) * (a * power(square) + 1));
          if (strength > 0) {
            x += clip(strength * dx) * alpha;
            y += clip(strength * dy) * alpha;
            continue;
          }
        }
        x += MAX_STEP * alpha;
        y += MAX_STEP * alpha;
      }
      layout[head] = x;
      layout[head + 1] = y;
      nextRepulsion[edge] += repulsions * everyRepulsion[edge];
    }
    alpha = initialAlpha * (1 - epoch / nEpochs);
  }
  return layout;
}
