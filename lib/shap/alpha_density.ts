/** Where between two samples a network's output changes most. */

import type { FrozenNetwork } from "../cnn/inference_pass.ts";
import { predictLogits } from "../cnn/predict.ts";
import { largestOfRow } from "../cnn/softmax.ts";
import type { RandomStream } from "../random.ts";
import { type ExplainedOutput, outputValues } from "./explained_output.ts";

/** Paths from a background sample to an explained one that are sampled. */
const PATHS = 32;

/** Equal parts of each path. */
const PARTS = 12;

/** Predictions that one density takes. */
export const DENSITY_PREDICTIONS = PATHS * (PARTS + 1);

/**
 * Share of the draws that stays uniform over the path. It bounds a draw's
 * weight by 4, whatever a sample's own path looks like.
 */
const UNIFORM_SHARE = 0.25;

/** The ends of the paths: rows of genes (and decoys). */
export interface Paths {
  /** Background samples x columns transformed values, at least one row. */
  readonly from: Float32Array;
  /**
   * Explained samples x columns, at least one row. Training samples would not
   * do: the network is more certain of them, and the output rises earlier on
   * the path.
   */
  readonly to: Float32Array;
  /** Each explained sample's explained class; default the predicted one. */
  readonly classes?: ArrayLike<number>;
  /** Default the probability. */
  readonly output?: ExplainedOutput;
}

/**
 * How densely to draw alphas in each of 12 equal parts of the path.
 *
 * On 32 paths from a background sample to an explained one, the output of the
 * explained class is read at the ends of the parts: no gradients. The density
 * that gives the sum of the scores the smallest variance is proportional to the
 * root mean square of the slope (Owen 2013, chapter 9); a quarter of the draws
 * stays uniform. One density serves all samples of a network. It makes no score
 * biased, only more or less exact.
 *
 * @param stream Chooses the paths.
 * @param batch Images at a time; it changes the speed alone.
 * @returns 12 numbers, 1 on average, none below 0.25; all 1 where the output
 * never changes or is not finite.
 */
export async function alphaDensity(
  frozen: FrozenNetwork,
  paths: Paths,
  stream: RandomStream,
  batch: number,
  onPredicted: (points: number) => void = () => {},
): Promise<Float64Array> {
  const { genes, tissues } = frozen.network.architecture;
  const squares = new Float64Array(PARTS);
  const points = PARTS + 1;
  const images = new Float32Array(PATHS * points * genes);
  const ends: number[] = [];
  for (let path = 0; path < PATHS; path++) {
    const from = stream.integer(paths.from.length / genes) * genes;
    ends.push(stream.integer(paths.to.length / genes));
    const to = ends[path] * genes;
    for (let point = 0; point < points; point++) {
      const start = (path * points + point) * genes;
      for (let gene = 0; gene < genes; gene++) {
        const base = paths.from[from + gene];
        images[start + gene] = base +
          point / PARTS * (paths.to[to + gene] - base);
      }
    }
  }
  const logits = await predictLogits(
    frozen,
    images,
    PATHS * points,
    batch,
    onPredicted,
  );
  const { classes, output = "probability" } = paths;
  const values = outputValues(logits, tissues, output);
  const predicted = largestOfRow(logits, tissues);
  for (let path = 0; path < PATHS; path++) {
    const first = path * points;
    const explainedClass = classes?.[ends[path]] ?? predicted[first + PARTS];
    for (let part = 0; part < PARTS; part++) {
      const index = (first + part) * tissues + explainedClass;
      squares[part] += (values[index + tissues] - values[index]) ** 2;
    }
  }
  const slopes = squares.map(Math.sqrt);
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / PARTS;
  if (!(mean > 0 && Number.isFinite(mean))) return squares.fill(1);
  return slopes.map((slope) =>
    UNIFORM_SHARE + (1 - UNIFORM_SHARE) * slope / mean
  );
}
