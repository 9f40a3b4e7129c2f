/** How much of a gene's variance goes with each of two factors. */

/** Shares of the total sum of squares, each in [0, 1]. */
export interface TwoWayEta {
  /** What the first factor explains beyond the second. */
  readonly first: Float64Array;
  /** What the second factor explains beyond the first. */
  readonly second: Float64Array;
  /** What both together explain. */
  readonly both: Float64Array;
  /**
   * Degrees of freedom: what each factor adds to the other one, and what is
   * left. 0 of a factor says that it cannot be told from the other.
   */
  readonly degrees: {
    readonly first: number;
    readonly second: number;
    readonly rest: number;
  };
}

/** A column that adds less than this share of its length adds nothing. */
const DEPENDENT = 1e-9;
/** Values that differ from their mean by less are equal. */
const ROUNDING = 2 ** -50;
/** Features at a time, whose deviations stay in the processor's cache. */
const BLOCK = 32;

/**
 * Eta squared of two factors without interaction, for unbalanced numbers: the
 * type II sum of squares of each factor (what it adds to a model that has the
 * other one), divided by the total sum of squares; those of statsmodels'
 * `anova_lm(typ=2)`. Where the two factors cannot be told apart (a study that
 * is the only one of its tissue), their common part counts for neither.
 *
 * @param values Samples x features, row-major.
 * @param first The level of each sample by the first factor, from 0.
 * @param second The same by the second factor.
 * @returns One value per feature; NaN where a feature is constant.
 * @throws {RangeError} If the shapes do not fit together.
 */
export function twoWayEta(
  values: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): TwoWayEta {
  const samples = first.length;
  const features = samples === 0 ? 0 : values.length / samples;
  if (
    second.length !== samples || !Number.isInteger(features) ||
    samples === 0 && values.length > 0
  ) {
    throw new RangeError(
      `Cannot compute eta squared: ${values.length} values, ${samples} and ${second.length} levels do not fit together`,
    );
  }
  const intercept = [new Float64Array(samples).fill(1)];
  const ofFirst = indicators(first);
  const ofSecond = indicators(second);
  const [firstBasis, secondBasis, basis] = [
    ofFirst,
    ofSecond,
    [...ofFirst, ...ofSecond],
  ].map((columns) => orthonormal([...intercept, ...columns]));
  const byFirst = explained(values, features, firstBasis);
  const bySecond = explained(values, features, secondBasis);
  const both = explained(values, features, basis);
  const less = (whole: Float64Array, part: Float64Array) =>
    whole.map((share, feature) => Math.max(0, share - part[feature]));
  return {
    first: less(both, bySecond),
    second: less(both, byFirst),
    both,
    degrees: {
      first: basis.length - secondBasis.length,
      second: basis.length - firstBasis.length,
      rest: samples - basis.length,
    },
  };
}

/**
 * Epsilon squared of both factors: eta squared less what a factor of so many
 * levels explains by chance, (SS - df MSE) / SST (Kelley 1935,
 * doi:10.1073/pnas.21.9.554). Unlike eta squared it does not grow with the
 * number of levels, so that factors can be compared. It may be below 0.
 *
 * @returns NaN where a feature is constant, or where no degrees of freedom are
 * left.
 */
export function adjustedEta(
  { first, second, both, degrees }: TwoWayEta,
): Pick<TwoWayEta, "first" | "second"> {
  const adjust = (shares: Float64Array, own: number) =>
    shares.map((share, feature) =>
      degrees.rest === 0
        ? NaN
        : share - own * (1 - both[feature]) / degrees.rest
    );
  return {
    first: adjust(first, degrees.first),
    second: adjust(second, degrees.second),
  };
}

/**
 * The second factor's F in the model of both factors, as statsmodels'
 * `anova_lm(typ=2)`.
 *
 * @returns NaN where a feature is constant, or where the second factor or the
 * rest has no degrees of freedom.
 */
export function secondFactorF(
  { second, both, degrees }: Pick<TwoWayEta, "second" | "both" | "degrees">,
): Float64Array {
  return second.map((share, feature) =>
    degrees.second === 0 || degrees.rest === 0
      ? NaN
      : share / degrees.second / ((1 - both[feature]) / degrees.rest)
  );
}

/**
 * What another second factor, such as shuffled levels, adds to the first one.
 *
 * @param eta Of the same values and first factor.
 */
export function otherSecond(
  values: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  eta: TwoWayEta,
): Pick<TwoWayEta, "second" | "both" | "degrees"> {
  const samples = first.length;
  const intercept = [new Float64Array(samples).fill(1)];
  const ofFirst = [...intercept, ...indicators(first)];
  const basis = orthonormal([...ofFirst, ...indicators(second)]);
  const before = orthonormal(ofFirst).length;
  const added = explained(
    values,
    samples === 0 ? 0 : values.length / samples,
    [basis[0], ...basis.slice(before)],
  );
  return {
    second: added,
    both: added.map((share, feature) =>
      Math.min(1, share + eta.both[feature] - eta.second[feature])
    ),
    degrees: {
      ...eta.degrees,
      second: basis.length - before,
      rest: samples - basis.length,
    },
  };
}

/** A column of 0 and 1 per level. */
function indicators(levels: ArrayLike<number>): Float64Array[] {
  const different = [...new Set(Array.from(levels))].sort((a, b) => a - b);
  return different.map((level) =>
    Float64Array.from(levels, (own) => +(own === level))
  );
}

/**
 * An orthonormal basis of the space that the columns span, by the modified
 * Gram-Schmidt process, each column made orthogonal twice.
 */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rest = Float64Array.from(column);
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of basis) {
        const length = dot(rest, unit);
        for (let i = 0; i < rest.length; i++) rest[i] -= length * unit[i];
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length <= DEPENDENT * Math.sqrt(dot(column, column))) continue;
    basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/**
 * The share of each feature's squared deviations from its mean that lies in
 * the space of a basis whose first vector is constant.
 */
function explained(
  values: ArrayLike<number>,
  features: number,
  [, ...basis]: readonly Float64Array[],
): Float64Array {
  const samples = features === 0 ? 0 : values.length / features;
  const mean = new Float64Array(features);
  for (let at = 0; at < values.length; at++) mean[at % features] += values[at];
  for (let feature = 0; feature < features; feature++) {
    mean[feature] /= samples;
  }
  const found = new Float64Array(features);
  for (let from = 0; from < features; from += BLOCK) {
    const width = Math.min(BLOCK, features - from);
    const total = new Float64Array(width);
    const deviations = new Float64Array(samples * width);
    for (let sample = 0; sample < samples; sample++) {
      for (let at = 0; at < width; at++) {
        const deviation = values[sample * features + from + at] -
          mean[from + at];
        deviations[sample * width + at] = deviation;
        total[at] += deviation * deviation;
      }
    }
    const sums = new Float64Array(width);
    for (const unit of basis) {
      const length = new Float64Array(width);
      for (let sample = 0; sample < samples; sample++) {
        const weight = unit[sample];
        for (let at = 0; at < width; at++) {
          length[at] += weight * deviations[sample * width + at];
        }
      }
      for (let at = 0; at < width; at++) sums[at] += length[at] ** 2;
    }
    for (let at = 0; at < width; at++) {
      // The mean of equal values may be rounded.
      const noise = samples * (ROUNDING * mean[from + at]) ** 2;
      found[from + at] = total[at] <= noise
        ? NaN
        : Math.min(1, sums[at] / total[at]);
    }
  }
  return found;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
