/** Which samples may change places if the tissues do not differ. */

import { symmetricEigen } from "../../ml/pca/symmetric_eigen.ts";
import { membersOf, unitsOf } from "../../statistics/units.ts";
import type { RankingInput } from "../ranking_method.ts";

/** What changes places as one: a sample, or a whole group of one tissue. */
export interface ExchangeUnit {
  /** Its samples, as places in the input's rows. */
  readonly samples: readonly number[];
  /** What it changes places within. */
  readonly stratum: number;
  /** Its tissue, as a place in the input's contrasts. */
  readonly tissue: number;
  /** What its mean counts in the fit: the inverse of its variance. */
  readonly weight: number;
  /**
   * What makes its residual one of standard deviation 1 where a sample's is 1; 0
   * where the fit leaves no residual.
   */
  readonly fromResidual: number;
  /** What makes such a residual that of a unit here. */
  readonly toResidual: number;
}

/** The fit of tissues and strata, and who changes places. */
export interface Exchange {
  readonly units: readonly ExchangeUnit[];
  /** How many there are. */
  readonly strata: number;
  /** Strata x tissues: the tissue's share of the stratum's weight. */
  readonly shares: readonly Float64Array[];
  /** Tissues x tissues: the generalized inverse of the tissues' information. */
  readonly inverse: Float64Array;
  /** By tissue, whether its samples can change places with any. */
  readonly movable: readonly boolean[];
}

/** A residual of less than this share of the variance is rounding. */
const ZERO = 1e-9;

/**
 * Groups of several tissues, such as studies, are strata of their own: their
 * samples change places among themselves. Groups of a single tissue, and samples
 * without a group, are together one stratum, in which whole groups change
 * places: a group's effect goes with it.
 *
 * @param correlation Of two samples of a group, which tells how the variance of
 * a group's mean depends on its size; below 0 it is taken as 0.
 */
export function planExchange(
  { dataset: { tissues, groups }, rows, contrasts }: Pick<
    RankingInput,
    "dataset" | "rows" | "contrasts"
  >,
  correlation: number,
): Exchange {
  const tissueOf = rows.map((row) =>
    contrasts.findIndex(({ tissue }) => tissue === tissues[row])
  );
  const count = contrasts.length;
  const alike = Math.max(0, correlation);
  const drafts: { samples: number[]; stratum: number; variance: number }[] = [];
  let strata = 1;
  for (const samples of membersOf(unitsOf(rows.map((row) => groups[row])))) {
    const mixed = samples.some((i) => tissueOf[i] !== tissueOf[samples[0]]);
    if (mixed) {
      const stratum = strata++;
      for (const i of samples) {
        drafts.push({ samples: [i], stratum, variance: 1 });
      }
    } else {
      const variance = alike + (1 - alike) / samples.length;
      drafts.push({ samples, stratum: 0, variance });
    }
  }
  const totals = new Float64Array(strata);
  const shares = Array.from({ length: strata }, () => new Float64Array(count));
  for (const { samples: [i], stratum, variance } of drafts) {
    totals[stratum] += 1 / variance;
    shares[stratum][tissueOf[i]] += 1 / variance;
  }
  const information = new Float64Array(count * count);
  shares.forEach((own, s) => {
    for (let t = 0; t < count; t++) information[t * count + t] += own[t];
    if (totals[s] === 0) return;
    for (let t = 0; t < count; t++) own[t] /= totals[s];
    for (let t = 0; t < count; t++) {
      for (let u = 0; u < count; u++) {
        information[t * count + u] -= totals[s] * own[t] * own[u];
      }
    }
  });
  const inverse = generalizedInverse(information, count);
  const units = drafts.map(({ samples, stratum, variance }): ExchangeUnit => {
    const tissue = tissueOf[samples[0]];
    const weight = 1 / variance;
    const ofStratum = weight / totals[stratum];
    const rest = 1 - ofStratum -
      weight * spread(inverse, shares[stratum], tissue);
    return {
      samples,
      stratum,
      tissue,
      weight,
      fromResidual: rest < ZERO ? 0 : 1 / Math.sqrt(variance * rest),
      toResidual: Math.sqrt(variance * Math.max(0, 1 - ofStratum)),
    };
  });
  const sources = new Uint32Array(strata);
  for (const { stratum, fromResidual } of units) {
    if (fromResidual > 0) sources[stratum]++;
  }
  return {
    units,
    strata,
    shares,
    inverse,
    movable: contrasts.map((_, t) =>
      units.some(({ tissue, stratum }) => tissue === t && sources[stratum] > 1)
    ),
  };
}

/** x' A x, x the tissue's indicator less its shares of the stratum. */
function spread(
  inverse: Float64Array,
  shares: Float64Array,
  tissue: number,
): number {
  const count = shares.length;
  const x = (t: number) => Number(t === tissue) - shares[t];
  let sum = 0;
  for (let t = 0; t < count; t++) {
    for (let u = 0; u < count; u++) sum += x(t) * inverse[t * count + u] * x(u);
  }
  return sum;
}

/** Of a symmetric matrix: directions of no information are left out. */
function generalizedInverse(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, size);
  const inverse = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    if (!(values[k] > ZERO * values[0])) continue;
    const vector = vectors.subarray(k * size, (k + 1) * size);
    for (let t = 0; t < size; t++) {
      for (let u = 0; u < size; u++) {
        inverse[t * size + u] += vector[t] * vector[u] / values[k];
      }
    }
  }
  return inverse;
}
