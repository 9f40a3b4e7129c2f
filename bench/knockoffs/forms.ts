/** Knockoff columns: what each form keeps of a gene, and what is new. */

import { Matrix, solve } from "ml-matrix";
import { findFactors } from "../../lib/ml/pca/factor_model.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import { makeKnockoffs } from "../../lib/prepare/knockoffs.ts";
import { openStream } from "../../lib/random.ts";

/** A form of knockoffs that know the tissues. */
export interface TissueForm {
  /** What is fitted and taken away before the factors. */
  readonly design: "tissue" | "tissue + study";
  readonly hasFactors: boolean;
}

/** The knockoffs of all genes, in their order. */
export interface Knockoffs {
  /** samples x genes, row-major. */
  readonly values: Float64Array;
  readonly factors: number;
}

/** The suite's knockoffs, in the order of the genes. */
export function suiteKnockoffs(dataset: Dataset, seed: number): Knockoffs {
  const { decoys, values, factors } = makeKnockoffs({ ...dataset, seed });
  const genes = decoys.length;
  const ordered = new Float64Array(values.length);
  decoys.forEach(({ source }, knockoff) => {
    for (let row = 0; row < values.length; row += genes) {
      ordered[row + source] = values[row + knockoff];
    }
  });
  return { values: ordered, factors };
}

/**
 * A gene's mean, its study's effects if these were fitted, its factors within
 * the tissues, and its residuals in another order; without what differs
 * between the tissues.
 */
export function tissueKnockoffs(
  { values, tissues, groups, genes: { length: genes } }: Dataset,
  { design, hasFactors }: TissueForm,
  seed: number,
): Knockoffs {
  const samples = tissues.length;
  const mean = columnMeans(values, genes);
  const centered = Float64Array.from(
    values,
    (value, index) => value - mean[index % genes],
  );
  const ofTissue = indicators(tissues);
  // The last study is in the tissues' means.
  const ofStudy = design === "tissue" ? [] : indicators(groups).slice(0, -1);
  const columns = [...ofTissue, ...ofStudy];
  const effects = leastSquares(columns, centered, samples);
  const tissue = multiply(columns, effects, genes, 0, ofTissue.length);
  const study = multiply(
    columns,
    effects,
    genes,
    ofTissue.length,
    columns.length,
  );
  const shift = columnMeans(study, genes);
  const left = centered.map((value, at) => value - tissue[at] - study[at]);
  const spread = columnMeans(left.map((value) => value ** 2), genes);
  const { count: factors, scores } = hasFactors
    ? findFactors(
      Float32Array.from(
        left,
        (value, at) => value / (Math.sqrt(spread[at % genes]) || 1),
      ),
      samples,
    )
    : { count: 0, scores: new Float64Array() };
  const stream = openStream(seed, "shuffle");
  // What the tissues' means took of the noise is not kept, and is drawn again.
  const widen = Math.sqrt(samples / (samples - ofTissue.length));
  const result = new Float64Array(values.length);
  const own = new Float64Array(samples);
  for (let gene = 0; gene < genes; gene++) {
    for (let i = 0; i < samples; i++) own[i] = left[i * genes + gene];
    const common = new Float64Array(samples);
    for (let k = 0; k < factors; k++) {
      const score = scores.subarray(k * samples, (k + 1) * samples);
      const loading = score.reduce((sum, s, i) => sum + s * own[i], 0);
      score.forEach((s, i) => common[i] += loading * s);
    }
    const noise = stream.shuffle(
      own.map((value, i) => widen * (value - common[i])),
    );
    for (let i = 0; i < samples; i++) {
      result[i * genes + gene] = mean[gene] + study[i * genes + gene] -
        shift[gene] + common[i] + noise[i];
    }
  }
  return { values: result, factors };
}

function columnMeans(
  values: ArrayLike<number>,
  columns: number,
): Float64Array {
  const mean = new Float64Array(columns);
  const rows = values.length / columns;
  for (let index = 0; index < values.length; index++) {
    mean[index % columns] += values[index] / rows;
  }
  return mean;
}

/** A column of 0 and 1 for each name. */
function indicators(names: readonly string[]): number[][] {
  return [...new Set(names)].sort()
    .map((name) => names.map((own) => own === name ? 1 : 0));
}

/** Design columns x genes. */
function leastSquares(
  columns: readonly number[][],
  values: Float64Array,
  samples: number,
): Float64Array {
  const genes = values.length / samples;
  const gram = new Matrix(
    columns.map((a) =>
      columns.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0))
    ),
  );
  const right = columns.map((column) => {
    const sums = new Float64Array(genes);
    column.forEach((value, i) => {
      if (value === 0) return;
      for (let g = 0; g < genes; g++) sums[g] += values[i * genes + g];
    });
    return sums;
  });
  // By singular values: a study may hold one tissue only.
  const inverse = solve(gram, Matrix.eye(columns.length), true);
  const effects = new Float64Array(columns.length * genes);
  for (let k = 0; k < columns.length; k++) {
    right.forEach((sums, other) => {
      const factor = inverse.get(k, other);
      for (let g = 0; g < genes; g++) {
        effects[k * genes + g] += factor * sums[g];
      }
    });
  }
  return effects;
}

/** Samples x genes: the part of some design columns. */
function multiply(
  columns: readonly number[][],
  effects: Float64Array,
  genes: number,
  from: number,
  to: number,
): Float64Array {
  const samples = columns[0].length;
  const product = new Float64Array(samples * genes);
  for (let k = from; k < to; k++) {
    for (let i = 0; i < samples; i++) {
      if (columns[k][i] === 0) continue;
      for (let g = 0; g < genes; g++) {
        product[i * genes + g] += effects[k * genes + g];
      }
    }
  }
  return product;
}
