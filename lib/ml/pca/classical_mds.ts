/** Principal coordinates: axes that keep the distances between points. */

import { leadingEigen } from "./lanczos.ts";

/**
 * Turns an axis so that its farthest point (the first of equals) lies on the
 * positive side: an eigenvector's sign is the library's whim.
 *
 * @param points Points x dimensions, row-major; changed in place.
 */
export function fixSign(
  points: Float64Array,
  dimensions: number,
  axis: number,
): void {
  let farthest = 0;
  for (let at = axis; at < points.length; at += dimensions) {
    if (Math.abs(points[at]) > Math.abs(farthest)) farthest = points[at];
  }
  if (farthest >= 0) return;
  for (let at = axis; at < points.length; at += dimensions) {
    points[at] = -points[at];
  }
}

/**
 * Lays points out so that their distances are kept as well as so many
 * dimensions can (classical scaling, Torgerson 1952; Gower 1966): all of them
 * by one dimension fewer than there are points. Those of Euclidean distances
 * are the principal components' scores. Nothing in it is random. Each axis
 * points to where its farthest point lies.
 *
 * @param squares Squared distances, points x points, row-major.
 * @param count Points.
 * @param dimensions Axes to give; those past what the points span are 0.
 * @returns Points x dimensions, row-major, the widest axis first.
 * @throws {RangeError} If the shape does not fit.
 */
export function principalCoordinates(
  squares: Float64Array,
  count: number,
  dimensions: number,
): Float64Array<ArrayBuffer> {
  const means = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) means[i] += squares[i * count + j] / count;
  }
  const all = means.reduce((sum, mean) => sum + mean, 0) / count;
  // Centerd on the points' mean, the dot products take the distances' place.
  const dots = new Float64Array(squares.length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const square = squares[i * count + j];
      dots[i * count + j] = -(square - means[i] - means[j] + all) / 2;
      dots[j * count + i] = dots[i * count + j];
    }
  }
  // The centered points leave one dimension empty, but for roundings.
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
