/** P-values of many tests, adjusted for how many they are. */

/**
 * P-values adjusted by Benjamini and Hochberg (1995,
 * doi:10.1111/j.2517-6161.1995.tb02031.x), as SciPy's
 * `false_discovery_control` and R's `p.adjust(method = "BH")` do.
 *
 * @param p In [0, 1]. NaN stands for a test that was not made: it is not
 * counted and stays NaN.
 * @returns In the order of `p`, each at most 1.
 * @throws {RangeError} If a value lies outside [0, 1].
 *
 * @example
 * ```ts
 * import { benjaminiHochberg } from "./adjust_p.ts";
 * const adjusted = benjaminiHochberg([0.01, 0.5, 0.02, NaN]);
 * console.assert(Math.abs(adjusted[0] - 0.03) < 1e-15);
 * console.assert(adjusted[1] === 0.5 && Number.isNaN(adjusted[3]));
 * ```
 */
export function benjaminiHochberg(p: ArrayLike<number>): Float64Array {
  const tested = ascending(p);
  const adjusted = new Float64Array(p.length).fill(NaN);
  let least = 1;
  for (let rank = tested.length; rank >= 1; rank--) {
    const index = tested[rank - 1];
    least = Math.min(least, p[index] * tested.length / rank);
    adjusted[index] = least;
  }
  return adjusted;
}

/**
 * P-values adjusted by Holm (1979, Scandinavian Journal of Statistics 6,
 * 65-70) so that a false finding among all of the tests is rare, however they
 * depend on each other; as statsmodels' `multipletests(method="holm")` and R's
 * `p.adjust(method = "holm")` do.
 *
 * @param p As for {@linkcode benjaminiHochberg}.
 * @returns In the order of `p`, each at most 1.
 * @throws {RangeError} If a value lies outside [0, 1].
 *
 * @example
 * ```ts
 * import { holm } from "./adjust_p.ts";
 * const adjusted = holm([0.01, 0.04, 0.03, NaN]);
 * console.assert(Math.abs(adjusted[0] - 0.03) < 1e-15);
 * console.assert(adjusted[1] === 0.06 && adjusted[2] === 0.06);
 * ```
 */
export function holm(p: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(p.length).fill(NaN);
  let most = 0;
  ascending(p).forEach((index, rank, { length }) => {
    most = Math.max(most, Math.min(1, p[index] * (length - rank)));
    adjusted[index] = most;
  });
  return adjusted;
}

/** The tests that were made, the smallest p first. */
function ascending(p: ArrayLike<number>): number[] {
  const tested = Array.from({ length: p.length }, (_, index) => index)
    .filter((index) => !Number.isNaN(p[index]));
  for (const index of tested) {
    if (p[index] >= 0 && p[index] <= 1) continue;
    throw new RangeError(
      `Cannot adjust p-values: value ${index} is ${
        p[index]
      } and must be in [0, 1]`,
    );
  }
  return tested.sort((a, b) => p[a] - p[b]);
}
