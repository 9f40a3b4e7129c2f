/** The forces of UMAP's layout as tables for the kernel. */

/** The curve 1 / (1 + a x^(2b)) of the distance x in the layout. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

/** Pieces that each octave of squared distances is divided into. */
const PIECES = 32;
/** The tables begin at squared distances of 2^-40 and end at 2^24. */
const FIRST_OCTAVE = -40;
const OCTAVES = 64;

/** Coefficients of a cubic piece. */
const COEFFICIENTS = 4;

/** Weight of repulsion compared with attraction. */
const GAMMA = 1;

/** Keeps the repulsion of two samples at one position finite. */
const SOFTENING = 0.001;

/**
 * x^p for x > 0 and p >= 0, by square roots and products alone, which are the
 * same on every machine; within 1e-14.
 */
export function power(x: number, p: number): number {
  let rest = p;
  let product = 1;
  for (; rest >= 1; rest--) product *= x;
  for (let root = x; rest > 0;) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      product *= root;
      rest--;
    }
  }
  return product;
}

/**
 * The two forces between two points of the layout, divided by their distance,
 * as functions of its square x (McInnes, Healy and Melville 2018):
 *
 *     attraction  -2 a b x^(b - 1) / (1 + a x^b)
 *     repulsion    2 gamma b / ((0.001 + x) (1 + a x^b))
 *
 * @param x The squared distance, and `raised` its b-th power.
 */
export function forces({ a, b }: Curve, x: number, raised: number) {
  const curve = 1 + a * raised;
  return {
    attraction: -2 * a * b * raised / x / curve,
    repulsion: 2 * GAMMA * b / ((SOFTENING + x) * curve),
  };
}

/**
 * The cubic through four points, as coefficients of 1, x, x² and x³
 * (Newton's divided differences).
 */
function cubicThrough(x: readonly number[], y: readonly number[]): number[] {
  const d = [...y];
  for (let order = 1; order < COEFFICIENTS; order++) {
    for (let i = COEFFICIENTS - 1; i >= order; i--) {
      d[i] = (d[i] - d[i - 1]) / (x[i] - x[i - order]);
    }
  }
  let c = [d[3]];
  for (let i = COEFFICIENTS - 2; i >= 0; i--) {
    // c (x - x[i]) + d[i]
    c = [...c, 0].map((_, k) => (c[k - 1] ?? 0) - x[i] * (c[k] ?? 0));
    c[0] += d[i];
  }
  return c;
}

/** Both forces as cubic pieces, 4 coefficients of the squared distance each. */
export interface ForceTables {
  readonly attraction: Float64Array<ArrayBuffer>;
  readonly repulsion: Float64Array<ArrayBuffer>;
}

/**
 * Tables of both forces for squared distances in [2^-40, 2^24): a layout's lie
 * within. Each octave has 32 pieces of equal width, each the cubic that takes
 * the force's values at the four Chebyshev nodes. The relative error is below
 * 4e-8 for b up to 1, and 2e-7 for the largest minimum distance, where b is 2.3.
 * The kernel takes the ends of a table for what lies beyond: two samples that
 * are nearer than 1e-6. The last piece is there twice.
 */
export function forceTables(curve: Curve): ForceTables {
  const last = OCTAVES * PIECES * COEFFICIENTS;
  const length = last + COEFFICIENTS;
  const attraction = new Float64Array(length);
  const repulsion = new Float64Array(length);
  // cos(pi / 8) and cos(3 pi / 8).
  const outer = Math.sqrt(2 + Math.SQRT2) / 2;
  const inner = Math.sqrt(2 - Math.SQRT2) / 2;
  const nodes = [-outer, -inner, inner, outer];
  for (let piece = 0; piece < PIECES; piece++) {
    const mantissas = nodes.map((node) =>
      1 + (piece + (1 + node) / 2) / PIECES
    );
    const raised = mantissas.map((mantissa) => power(mantissa, curve.b));
    for (let octave = 0; octave < OCTAVES; octave++) {
      const exponent = FIRST_OCTAVE + octave;
      const scale = exponent < 0 ? 1 / power(2, -exponent) : power(2, exponent);
      const scaleRaised = exponent < 0
        ? 1 / power(2, -exponent * curve.b)
        : power(2, exponent * curve.b);
      const values = mantissas.map((mantissa, node) =>
        forces(curve, scale * mantissa, scaleRaised * raised[node])
      );
      const at = (octave * PIECES + piece) * COEFFICIENTS;
      for (
        const [table, force] of [
          [attraction, "attraction"],
          [repulsion, "repulsion"],
        ] as const
      ) {
        const cubic = cubicThrough(
          mantissas,
          values.map((value) => value[force]),
        );
        for (let k = 0, unit = 1; k < COEFFICIENTS; k++, unit *= scale) {
          table[at + k] = cubic[k] / unit;
        }
      }
    }
  }
  // What is clamped to the end of a table lies in the piece behind it.
  for (const table of [attraction, repulsion]) {
    table.copyWithin(last, last - COEFFICIENTS, last);
  }
  return { attraction, repulsion };
}
