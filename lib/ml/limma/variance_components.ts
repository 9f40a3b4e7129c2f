/** How much of a column's variance lies between blocks, and how much within. */

/** Both components; that of the blocks may be below 0. */
export interface VarianceComponents {
  readonly residual: number;
  readonly block: number;
}

const MOST_STEPS = 21;
/** A step that changes the log likelihood by less ends the search. */
const TOLERANCE = 1e-6;

/**
 * Estimates the components by restricted maximum likelihood. In the basis of
 * the blocks' contrasts a squared value has the mean residual + block x
 * eigenvalue and is a multiple of chi squared with one degree of freedom: a
 * gamma regression with the identity link. It is fitted as in R's statmod
 * (`mixedModel2Fit`, whose numbers limma uses), by Fisher's scoring damped after
 * Levenberg and Marquardt, with at most 21 steps.
 *
 * @param eigenvalues Of the blocks' contrasts, greater than 0.
 * @param squares The squared value along each.
 * @param rest Residual directions in which no block differs.
 * @param restSquares The sum of the squared values along those.
 * @returns Null where the two cannot be told apart.
 */
export function fitVarianceComponents(
  eigenvalues: readonly number[],
  squares: ArrayLike<number>,
  rest: number,
  restSquares: number,
): VarianceComponents | null {
  const problem: Problem = { eigenvalues, squares, rest, restSquares };
  const count = eigenvalues.length + rest;
  let total = restSquares;
  for (let k = 0; k < eigenvalues.length; k++) total += squares[k];
  if (!(total > 0)) return null;
  const line = leastSquares(problem, count, total);
  if (line === null) return null;
  if (count <= 2 || eigenvalues.length < 2) return line;
  return score(
    problem,
    isPossible(problem, line) ? line : { residual: total / count, block: 0 },
  );
}

interface Problem {
  readonly eigenvalues: readonly number[];
  readonly squares: ArrayLike<number>;
  readonly rest: number;
  readonly restSquares: number;
}

/** The straight line through squares by eigenvalue; null if all are alike. */
function leastSquares(
  { eigenvalues, squares }: Problem,
  count: number,
  total: number,
): VarianceComponents | null {
  let sum = 0;
  for (const each of eigenvalues) sum += each;
  const center = sum / count;
  let spread = (count - eigenvalues.length) * center ** 2;
  let shared = 0;
  eigenvalues.forEach((each, k) => {
    spread += (each - center) ** 2;
    shared += each * squares[k];
  });
  if (!(spread / (count - 1) > 1e-15)) return null;
  const block = (shared - center * total) / spread;
  return { residual: total / count - block * center, block };
}

function isPossible(
  { eigenvalues, rest }: Problem,
  { residual, block }: VarianceComponents,
): boolean {
  return (rest === 0 || residual >= 0) &&
    eigenvalues.every((each) => residual + block * each >= 0);
}

/** The deviance but for what the components do not change. */
function deviance(problem: Problem, at: VarianceComponents): number {
  if (!isPossible(problem, at)) return Infinity;
  const { eigenvalues, squares, rest, restSquares } = problem;
  let sum = rest === 0
    ? 0
    : restSquares / at.residual + rest * Math.log(at.residual);
  for (let k = 0; k < eigenvalues.length; k++) {
    const expected = at.residual + at.block * eigenvalues[k];
    sum += squares[k] / expected + Math.log(expected);
  }
  return sum;
}

function score(
  problem: Problem,
  start: VarianceComponents,
): VarianceComponents | null {
  let at = start;
  let now = deviance(problem, at);
  let damping = NaN;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const { a, b, c, first, second } = information(problem, at);
    const largest = Math.max(a, c);
    if (step === 1) damping = (a + c) / 4;
    const before = { at, now };
    let tries = 0;
    let gain = 0;
    for (;;) {
      tries++;
      const determinant = (a + damping) * (c + damping) - b * b;
      const residual = ((c + damping) * first - b * second) / determinant;
      const block = ((a + damping) * second - b * first) / determinant;
      at = {
        residual: before.at.residual + residual,
        block: before.at.block + block,
      };
      gain = first * residual + second * block;
      now = deviance(problem, at);
      if (Number.isNaN(now)) return null;
      if (now <= before.now) break;
      if (damping / largest > 1e15) return before.at;
      damping *= 2;
    }
    if (tries === 1) damping /= 10;
    if (gain < TOLERANCE) break;
  }
  return at;
}

/** The information matrix (a b; b c) and the score. */
function information(
  { eigenvalues, squares, rest, restSquares }: Problem,
  { residual, block }: VarianceComponents,
) {
  let most = rest === 0 ? 0 : residual ** 2;
  for (const each of eigenvalues) {
    most = Math.max(most, (residual + block * each) ** 2);
  }
  const least = most / 1000;
  let a = 0;
  let b = 0;
  let c = 0;
  let first = 0;
  let second = 0;
  if (rest > 0) {
    const variance = Math.max(residual ** 2, least);
    a = rest / variance;
    first = (restSquares - rest * residual) / variance;
  }
  for (let k = 0; k < eigenvalues.length; k++) {
    const value = eigenvalues[k];
    const expected = residual + block * value;
    const variance = Math.max(expected ** 2, least);
    const difference = (squares[k] - expected) / variance;
    a += 1 / variance;
    b += value / variance;
    c += value ** 2 / variance;
    first += difference;
    second += value * difference;
  }
  return { a, b, c, first, second };
}
