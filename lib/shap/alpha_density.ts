/** Where between two samples a network's output changes most. */

import type { FrozenNetwork } from "../cnn/inference_pass.ts";
import { predictLogits } from "../cnn/predict.ts";
import { largestOfRow, softmax } from "../cnn/softmax.ts";
import type { RandomStream } from "../random.ts";

/** Paths from a background sample to an explained one that are walked. */
const WAYS = 32;

/** Equal parts of each way. */
const PARTS = 12;

/** Predictions that one density takes. */
export const DENSITY_PREDICTIONS = WAYS * (PARTS + 1);

/**
 * Share of the draws that stay even over the way. It bounds a draw's weight
 * by 4, whatever a sample's own way looks like.
 */
const EVEN_SHARE = 0.25;

/** Samples between which the ways lead: rows of genes (and decoys). */
export interface Paths {
  /** Background samples x columns transformed values, at least one row. */
  readonly from: Float32Array;
  /**
   * Explained samples x columns, at least one row. Training samples would not
   * do: the network is surer of them, and the output rises earlier on the way.
   */
  readonly to: Float32Array;
}

/**
 * How densely to draw alphas in each of 12 equal parts of the way.
 *
 * On 32 ways from a background sample to an explained one the probability of
 * the tissue that the end is predicted as is read at the ends of the parts: no
 * gradients. The density that leaves the scores' sum the smallest variance
 * goes with the root mean square of the slope (Owen 2013, chapter 9); a quarter
 * of the draws stay even. One density serves all samples of a network. It makes
 * no score biased, only more or less exact.
 *
 * @param stream Chooses the ways.
 * @param batch Pictures at a time; it changes the speed alone.
 * @returns 12 numbers, 1 on average, none below 0.25; all 1 where the output
 * never changes or is not finite.
 */
export async function alphaDensity(
  frozen: FrozenNetwork,
  ways: Paths,
  stream: RandomStream,
  batch: number,
  onPredicted: (points: number) => void = () => {},
): Promise<Float64Array> {
  const { genes, tissues } = frozen.network.architecture;
  const squares = new Float64Array(PARTS);
  const points = PARTS + 1;
  const images = new Float32Array(WAYS * points * genes);
  for (let way = 0; way < WAYS; way++) {
    const from = stream.integer(ways.from.length / genes) * genes;
    const to = stream.integer(ways.to.length / genes) * genes;
    for (let place = 0; place < points; place++) {
      const start = (way * points + place) * genes;
      for (let gene = 0; gene < genes; gene++) {
        const base = ways.from[from + gene];
        images[start + gene] = base +
          place / PARTS * (ways.to[to + gene] - base);
      }
    }
  }
  const probabilities = softmax(
    await predictLogits(frozen, images, WAYS * points, batch, onPredicted),
    tissues,
  );
  const classes = largestOfRow(probabilities, tissues);
  for (let way = 0; way < WAYS; way++) {
    const first = way * points;
    const explainedClass = classes[first + PARTS];
    for (let part = 0; part < PARTS; part++) {
      const at = (first + part) * tissues + explainedClass;
      squares[part] += (probabilities[at + tissues] - probabilities[at]) ** 2;
    }
  }
  const slopes = squares.map(Math.sqrt);
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / PARTS;
  if (!(mean > 0 && Number.isFinite(mean))) return squares.fill(1);
  return slopes.map((slope) => EVEN_SHARE + (1 - EVEN_SHARE) * slope / mean);
}
