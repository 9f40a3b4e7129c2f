/** UMAP's layout as a plain loop, for comparison with the kernel. */

import type { LayoutStart } from "./umap_js.ts";

/** Squared distances that the forces are known for; beyond, the ends count. */
const NEAREST = 2 ** -40;
const FARTHEST = 2 ** 24;

/** The largest gradient along an axis. */
const MAX_STEP = 4;

const withinTable = (square: number) =>
  Math.max(NEAREST, Math.min(FARTHEST, square));

const clip = (step: number) => Math.max(-MAX_STEP, Math.min(MAX_STEP, step));

/**
 * The loop of umap-js on a flat array, from any start. It is the same to the
 * last bit where no two samples come nearer than 2^-20 or farther than 2^12.
 *
 * @param random Numbers in [0, 1).
 * @returns Samples x 2, row-major.
 */
export function plainLayout(
  start: LayoutStart,
  random: () => number,
): Float64Array {
  const { a, b, gamma, initialAlpha, nEpochs, head: heads, tail: tails } =
    start;
  const layout = Float64Array.from(start.headEmbedding.flat());
  const samples = layout.length / 2;
  const next = [...start.epochsPerSample];
  const nextRepulsion = [...start.epochsPerNegativeSample];
  let alpha = initialAlpha;
  for (let epoch = 0; epoch < nEpochs; epoch++) {
    for (let edge = 0; edge < heads.length; edge++) {
      if (next[edge] > epoch) continue;
      next[edge] += start.epochsPerSample[edge];
      const head = 2 * heads[edge];
      const tail = 2 * tails[edge];
      const squareTo = (other: number) =>
        (layout[head] - layout[other]) ** 2 +
        (layout[head + 1] - layout[other + 1]) ** 2;
      let square = squareTo(tail);
      let x = withinTable(square);
      let strength = square === 0
        ? 0
        : -2 * a * b * Math.pow(x, b - 1) / (a * Math.pow(x, b) + 1);
      for (const axis of [0, 1]) {
        const step = alpha *
          clip(strength * (layout[head + axis] - layout[tail + axis]));
        layout[head + axis] += step;
        layout[tail + axis] -= step;
      }
      const every = start.epochsPerNegativeSample[edge];
      const repulsions = Math.floor((epoch - nextRepulsion[edge]) / every);
      nextRepulsion[edge] += repulsions * every;
      for (let draw = 0; draw < repulsions; draw++) {
        const other = 2 * Math.floor(random() * samples);
        if (other === head) continue;
        square = squareTo(other);
        x = withinTable(square);
        strength = 2 * gamma * b / ((0.001 + x) * (a * Math.pow(x, b) + 1));
        for (const axis of [0, 1]) {
          const apart = layout[head + axis] - layout[other + axis];
          layout[head + axis] += alpha *
            (square === 0 ? MAX_STEP : clip(strength * apart));
        }
      }
    }
    alpha = initialAlpha * (1 - epoch / nEpochs);
  }
  return layout;
}
