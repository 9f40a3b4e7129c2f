/** A factor model of a matrix: principal components of its columns. */

import { symmetricEigen } from "../../lib/ml/pca/symmetric_eigen.ts";

/** More factors than this share of the samples are not looked for. */
const MOST_FACTORS = 0.25;

/** Columns as scores x loadings, and what is left. */
export interface FactorModel {
  readonly count: number;
  /** The number by the largest ratio of two eigenvalues in a row. */
  readonly byRatio: number;
  /** samples x columns: scores times loadings. */
  readonly common: Float64Array;
  /** factors x columns, in units of the column. */
  readonly loadings: Float64Array;
  /** By column: the spread that columns were divided by. */
  readonly scale: Float64Array;
}

/**
 * Fits factors to centered columns, each divided by its standard deviation.
 * Their number minimizes Bai and Ng's IC_p2 (2002, doi:10.1111/1468-0262.00273);
 * that of Ahn and Horenstein's eigenvalue ratio (2013, doi:10.3982/ECTA8968) is
 * given beside it.
 *
 * @param centered samples x columns, row-major.
 * @param rule Whose number of factors is taken.
 */
export function fitFactors(
  centered: Float64Array,
  samples: number,
  rule: "information" | "ratio" | "none" = "information",
): FactorModel {
  const columns = centered.length / samples;
  const scale = new Float64Array(columns);
  centered.forEach((value, index) => scale[index % columns] += value ** 2);
  scale.forEach((sum, column) =>
    scale[column] = sum > 0 ? Math.sqrt(sum / samples) : 1
  );
  const scaled = centered.map((value, index) => value / scale[index % columns]);
  const products = new Float64Array(samples ** 2);
  const row = (sample: number) =>
    scaled.subarray(sample * columns, (sample + 1) * columns);
  for (let i = 0; i < samples; i++) {
    const first = row(i);
    for (let j = 0; j <= i; j++) {
      const second = row(j);
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += first[c] * second[c];
      products[i * samples + j] = products[j * samples + i] = sum;
    }
  }
  const { values, vectors } = symmetricEigen(products, samples);
  const most = Math.floor(MOST_FACTORS * samples);
  const byRatio = indexOfLeast(
    Array.from({ length: most }, (_, k) => -values[k] / values[k + 1]),
  ) + 1;
  const penalty = (columns + samples) / (columns * samples) *
    Math.log(Math.min(columns, samples));
  let left = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const criteria = Array.from({ length: most + 1 }, (_, k) => {
    if (k > 0) left -= values[k - 1];
    return Math.log(left / (columns * samples)) + k * penalty;
  });
  const count = rule === "none"
    ? 0
    : rule === "ratio"
    ? byRatio
    : indexOfLeast(criteria);
  const loadings = new Float64Array(count * columns);
  const common = new Float64Array(centered.length);
  for (let k = 0; k < count; k++) {
    const vector = vectors.subarray(k * samples, (k + 1) * samples);
    const into = loadings.subarray(k * columns, (k + 1) * columns);
    for (let i = 0; i < samples; i++) {
      for (let c = 0; c < columns; c++) {
        into[c] += vector[i] * centered[i * columns + c];
      }
    }
    for (let i = 0; i < samples; i++) {
      for (let c = 0; c < columns; c++) {
        common[i * columns + c] += vector[i] * into[c];
      }
    }
  }
  return { count, byRatio, common, loadings, scale };
}

function indexOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}
