/** Classical multidimensional scaling: axes that keep the distances. */

import { leadingEigen } from "./lanczos.ts";

/**
 * Flips an axis so that its farthest point (the first of equals) lies on the
 * positive side: an eigenvector is known up to its sign.
 *
 * @param points Points x dimensions, row-major; changed in place.
 */
export function fixSign(
  points: Float64Array,
  dimensions: number,
  axis: number,
): void {
  let farthest = 0;
  for (let i = axis; i < points.length; i += dimensions) {
    if (Math.abs(points[i]) > Math.abs(farthest)) farthest = points[i];
  }
  if (farthest >= 0) return;
  for (let i = axis; i < points.length; i += dimensions) {
    points[i] = -points[i];
  }
}

/**
 * Places points so that their distances are kept as well as the dimensions
 * allow (classical MDS: Torgerson 1952, Gower 1966), exactly with one dimension
 * fewer than points. The coordinates of Euclidean distances are the principal
 * component scores. Nothing in it is random. On each axis the
 * farthest point is positive.
 *
 * @param squares Squared distances, points x points, row-major.
 * @param dimensions Axes to return; those that the points do not span are 0.
 * @returns Points x dimensions, row-major, the widest axis first.
 */
export function classicalMds(
  squares: Float64Array,
  count: number,
  dimensions: number,
): Float64Array<ArrayBuffer> {
  const means = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) means[i] += squares[i * count + j] / count;
  }
  const all = means.reduce((sum, mean) => sum + mean, 0) / count;
  // Double centering turns squared distances into dot products.
  const dots = new Float64Array(squares.length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const square = squares[i * count + j];
      dots[i * count + j] = -(square - means[i] - means[j] + all) / 2;
      dots[j * count + i] = dots[i * count + j];
    }
  }
  // Centered points span one dimension less than there are points.
  const kept = Math.min(dimensions, count - 1);
  const { values, vectors } = leadingEigen(dots, count, Math.max(1, kept));
  const points = new Float64Array(count * dimensions);
  for (let axis = 0; axis < kept && values[axis] > 0; axis++) {
    const length = Math.sqrt(values[axis]);
    for (let point = 0; point < count; point++) {
      points[point * dimensions + axis] = length *
        vectors[axis * count + point];
    }
    fixSign(points, dimensions, axis);
  }
  return points;
}
