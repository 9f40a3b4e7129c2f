// RMSprop by a gradient that is a matrix product, which is never stored whole.

import { matMul, matMulScratch } from "./mat_mul";
import { rmspropStep } from "./rmsprop";

/**
 * g[rows][columns] = transposed(a) b, then one step of `weights` and
 * `meanSquare`, which have g's shape. `a` is `[inner][aColumns]`, of which the
 * first `rows` columns are used; `b` is `[inner][columns]`. `scratch` holds
 * matMulScratch bytes and g.
 */
export function matMulRmsprop(
  a: usize,
  aColumns: i32,
  b: usize,
  weights: usize,
  meanSquare: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rate: f32,
  rho: f32,
  rest: f32,
  epsilon: f32,
  scratch: usize,
): void {
  const gradient = scratch + matMulScratch();
  const row = <usize>columns << 2;
  matMul(
    a, 4, <usize>aColumns << 2, b, row, 4, gradient, row, rows, inner, columns,
    scratch,
  );
  rmspropStep(
    weights, meanSquare, gradient, <usize>(rows * columns), rate, rho, rest,
    epsilon,
  );
}
