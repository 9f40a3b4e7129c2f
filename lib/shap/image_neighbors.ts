/** Whether a gene's scores follow those of the genes beside it in the image. */

import { imageSide } from "../prepare/image.ts";
import type { RandomStream } from "../random.ts";
import { meanOfKnown } from "../selection/compare_medians.ts";
import { mean } from "../statistics/describe.ts";
import { centeredRanks } from "../statistics/rank_agreement.ts";

/** Random pairings, whose correlations say what chance gives. */
const RANDOM_PAIRINGS = 20;

/** Scores of explained samples, and what they are scores of. */
export interface ScoredSamples {
  /** samples x columns; a part for the genes, and one for the decoys. */
  readonly parts: readonly {
    readonly scores: Float32Array;
    /** Each score's column of the image. */
    readonly columns: Uint32Array;
  }[];
  /** Genes and decoys together. */
  readonly columns: number;
  /** Each sample's values, one a column. */
  readonly valuesOf: (sample: number) => Float32Array;
  /** The means of its background, one a column. */
  readonly meansOf: (sample: number) => Float64Array;
}

/**
 * The mean slope of the output by each column, over some samples: a score is
 * about (value - mean of the background) x slope, so it is the least-squares
 * slope through the origin, sum of score x difference / sum of difference^2.
 *
 * @param samples In the order in which they are to be summed.
 * @returns One a column; NaN where all samples have the mean.
 */
export function meanSlopes(
  { parts, columns, valuesOf, meansOf }: ScoredSamples,
  samples: readonly number[],
): Float64Array {
  const products = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (const sample of samples) {
    const [values, means] = [valuesOf(sample), meansOf(sample)];
    for (const { scores, columns: own } of parts) {
      const start = sample * own.length;
      for (let index = 0; index < own.length; index++) {
        const column = own[index];
        const difference = values[column] - means[column];
        products[column] += scores[start + index] * difference;
        squares[column] += difference * difference;
      }
    }
  }
  return products.map((product, column) => product / squares[column]);
}

/** Correlations of slopes, each a mean over tissues and images. */
export interface NeighborCorrelations {
  /** With the gene below in the image; null if no tissue has two slopes. */
  readonly below: number | null;
  /** With the gene to the right, likewise. */
  readonly right: number | null;
  /** Standard deviation of the same for random pairs of genes. */
  readonly chance_sd: number | null;
}

/**
 * Spearman's correlation of the columns' slopes with those of the columns
 * beside them. Without neighbors that share a kernel or a pool it is 0 but for
 * chance, unless the file's order means something (genes of one locus).
 *
 * @param slopes Of each tissue, one a column.
 * @param images Where the columns are: each image's pixel of every column, or
 * undefined where column c is pixel c.
 * @param stream Draws the random pairs.
 */
export function neighborCorrelations(
  slopes: readonly Float64Array[],
  images: readonly (Uint32Array | undefined)[],
  stream: RandomStream,
): NeighborCorrelations {
  const ranks = slopes.map(rankKnown);
  const columns = slopes[0]?.length ?? 0;
  const side = imageSide(columns);
  const overImages = (step: number, isEdge: (pixel: number) => boolean) =>
    meanOfKnown(
      images.map((pixelOf) =>
        overTissues(ranks, neighborsOf(columns, pixelOf, step, isEdge))
      ),
    );
  const random = Array.from({ length: RANDOM_PAIRINGS }, () => {
    const others = stream.shuffle(
      Int32Array.from({ length: columns }, (_, c) => c),
    );
    return overTissues(ranks, others);
  }).filter((value) => value !== null);
  return {
    below: overImages(side, () => false),
    right: overImages(1, (pixel) => pixel % side === side - 1),
    // About 0, which is known to be their mean.
    chance_sd: random.length === 0
      ? null
      : Math.sqrt(mean(random.map((value) => value * value))),
  };
}

/** Each column's neighbor some pixels on; -1 where there is none. */
function neighborsOf(
  columns: number,
  pixelOf: Uint32Array | undefined,
  step: number,
  isEdge: (pixel: number) => boolean,
): Int32Array {
  const columnOf = new Int32Array(imageSide(columns) ** 2).fill(-1);
  const pixel = (column: number) => pixelOf?.[column] ?? column;
  for (let column = 0; column < columns; column++) {
    columnOf[pixel(column)] = column;
  }
  return Int32Array.from(
    { length: columns },
    (_, column) =>
      isEdge(pixel(column)) ? -1 : columnOf[pixel(column) + step] ?? -1,
  );
}

/** Ranks of the numbers, NaN for those that are not finite. */
function rankKnown(values: Float64Array): Float64Array {
  const known = Uint32Array.from(values.keys())
    .filter((index) => Number.isFinite(values[index]));
  const ranks = new Float64Array(values.length).fill(NaN);
  centeredRanks(Float64Array.from(known, (index) => values[index]))
    .forEach((rank, place) => ranks[known[place]] = rank);
  return ranks;
}

/** The mean over tissues of the correlation of columns with the others. */
function overTissues(
  ranks: readonly Float64Array[],
  others: Int32Array,
): number | null {
  return meanOfKnown(ranks.map((own) => correlate(own, others)));
}

/** Pearson's correlation over pairs of which both are known. */
function correlate(values: Float64Array, others: Int32Array): number | null {
  let [count, sumX, sumY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const [x, y] = [values[index], values[others[index]] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count++;
    sumX += x;
    sumY += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const scale = Math.sqrt(
    (xx - sumX * sumX / count) * (yy - sumY * sumY / count),
  );
  return scale > 0 ? (xy - sumX * sumY / count) / scale : null;
}
