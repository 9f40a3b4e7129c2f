/** How strongly two columns of categories go together. */

/**
 * Cramér's V of two categorical columns: sqrt(chi² / (n (c - 1))), with the
 * chi² of Pearson's test without a correction and the smaller number c of
 * categories, as SciPy's `association(method="cramer")`. Cramér, Mathematical
 * Methods of Statistics (1946), section 21.9.
 *
 * @param a The category of each item in one column.
 * @param b The category of each item in the other.
 * @returns In [0, 1]; null if a column has a single category, or none.
 * @throws {RangeError} If the columns differ in length.
 *
 * @example
 * ```ts
 * import { cramersV } from "./cramers_v.ts";
 * console.assert(cramersV(["x", "x", "y"], [1, 1, 2]) === 1);
 * console.assert(cramersV(["x", "y"], [1, 1]) === null);
 * ```
 */
export function cramersV<A, B>(
  a: readonly A[],
  b: readonly B[],
): number | null {
  const items = a.length;
  if (b.length !== items) {
    throw new RangeError(
      `Cannot compute Cramér's V: the columns have ${items} and ${b.length} items and must have as many`,
    );
  }
  const rows = countsOf(a);
  const columns = countsOf(b);
  const fewer = Math.min(rows.size, columns.size);
  if (fewer < 2) return null;
  // chi² / n = sum n_ij² / (n_i n_j) - 1: cells without an item add nothing.
  let sum = 0;
  const cells = Map.groupBy(a.keys(), (index) => a[index]);
  for (const [row, indices] of cells) {
    for (const [column, count] of countsOf(indices.map((i) => b[i]))) {
      sum += count * count / (rows.get(row)! * columns.get(column)!);
    }
  }
  const share = Math.max(0, sum - 1) / (fewer - 1);
  return Math.min(1, Math.sqrt(share));
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
