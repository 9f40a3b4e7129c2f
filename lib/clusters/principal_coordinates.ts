/** Principal coordinates: a plane that keeps the distances of a few points. */

/** Sweeps after which Jacobi's method has long converged on a few rows. */
const SWEEPS = 50;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's
 * rotations; vector k is column k of `vectors`.
 */
function eigen(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const size = matrix.length;
  const a = matrix.map((row) => row.slice());
  const vectors = a.map((_, i): number[] => a.map((_, j) => i === j ? 1 : 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (a[p][q] === 0) continue;
        const angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
        const cos = Math.cos(angle);
        const sin = Math.sin(angle);
        for (let k = 0; k < size; k++) {
          [a[k][p], a[k][q]] = [
            cos * a[k][p] - sin * a[k][q],
            sin * a[k][p] + cos * a[k][q],
          ];
          [vectors[k][p], vectors[k][q]] = [
            cos * vectors[k][p] - sin * vectors[k][q],
            sin * vectors[k][p] + cos * vectors[k][q],
          ];
        }
        for (let k = 0; k < size; k++) {
          [a[p][k], a[q][k]] = [
            cos * a[p][k] - sin * a[q][k],
            sin * a[p][k] + cos * a[q][k],
          ];
        }
      }
    }
  }
  return { values: a.map((row, i) => row[i]), vectors };
}

/**
 * Lays a few points out in two dimensions so that their distances are kept as
 * well as a plane can (classical scaling, Torgerson 1952; Gower 1966). Nothing
 * in it is random. Each axis points to where its farthest point lies.
 *
 * @param squares Squared distances, points x points, row-major.
 * @param count Points.
 * @returns Points x 2, row-major.
 *
 * @example
 * ```ts
 * import { principalCoordinates } from "./principal_coordinates.ts";
 * const [x0, , x1] = principalCoordinates(Float64Array.of(0, 9, 9, 0), 2);
 * console.assert(Math.abs(Math.abs(x0 - x1) - 3) < 1e-12);
 * ```
 */
export function principalCoordinates(
  squares: Float64Array,
  count: number,
): Float64Array<ArrayBuffer> {
  const rowMeans = Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += squares[i * count + j];
    return sum / count;
  });
  const mean = rowMeans.reduce((sum, value) => sum + value, 0) / count;
  const products = rowMeans.map((row, i) =>
    rowMeans.map((column, j) =>
      -(squares[i * count + j] - row - column + mean) / 2
    )
  );
  const { values, vectors } = eigen(products);
  const axes = values.map((_, k) => k).sort((a, b) => values[b] - values[a])
    .slice(0, 2);
  const layout = new Float64Array(count * 2);
  axes.forEach((k, axis) => {
    const scale = Math.sqrt(Math.max(0, values[k]));
    const column = vectors.map((row) => row[k]);
    const farthest = column.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
    const sign = farthest < 0 ? -1 : 1;
    column.forEach((value, point) =>
      layout[point * 2 + axis] = sign * scale * value
    );
  });
  return layout;
}
