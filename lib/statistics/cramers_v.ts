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
  const found = meanSquareContingency(a, b);
  if (found === null) return null;
  const fewer = Math.min(found.rows, found.columns);
  return Math.min(1, Math.sqrt(found.phiSquared / (fewer - 1)));
}

/**
 * Cramér's V less what unrelated columns have by chance, which is much where
 * there are many categories and few items (Bergsma 2013,
 * doi:10.1016/j.jkss.2012.10.002).
 *
 * @returns In [0, 1]; null if a column has a single category, or none, or if
 * there are too few items to correct it.
 * @throws {RangeError} If the columns differ in length.
 *
 * @example
 * ```ts
 * import { correctedCramersV } from "./cramers_v.ts";
 * const v = correctedCramersV(["x", "x", "y", "y"], [1, 2, 1, 2]);
 * console.assert(v === 0);
 * ```
 */
export function correctedCramersV<A, B>(
  a: readonly A[],
  b: readonly B[],
): number | null {
  const found = meanSquareContingency(a, b);
  if (found === null) return null;
  const { rows, columns, phiSquared } = found;
  const others = a.length - 1;
  const phi = phiSquared - (rows - 1) * (columns - 1) / others;
  const corrected = (count: number) => count - 1 - (count - 1) ** 2 / others;
  const fewer = Math.min(corrected(rows), corrected(columns));
  if (fewer <= 0) return null;
  return Math.min(1, Math.sqrt(Math.max(0, phi) / fewer));
}

/** chi² / n, and the categories of both columns; null if one has a single. */
function meanSquareContingency<A, B>(a: readonly A[], b: readonly B[]) {
  const items = a.length;
  if (b.length !== items) {
    throw new RangeError(
      `Cannot compute Cramér's V: the columns have ${items} and ${b.length} items and must have as many`,
    );
  }
  const rows = countsOf(a);
  const columns = countsOf(b);
  if (Math.min(rows.size, columns.size) < 2) return null;
  // chi² / n = sum n_ij² / (n_i n_j) - 1: cells without an item add nothing.
  let sum = 0;
  const cells = Map.groupBy(a.keys(), (index) => a[index]);
  for (const [row, indices] of cells) {
    for (const [column, count] of countsOf(indices.map((i) => b[i]))) {
      sum += count * count / (rows.get(row)! * columns.get(column)!);
    }
  }
  return {
    rows: rows.size,
    columns: columns.size,
    phiSquared: Math.max(0, sum - 1),
  };
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
