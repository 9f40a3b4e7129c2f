/** The exact test of a sum of whole numbers whose signs are random. */

/**
 * How often random signs make the sum of the given numbers at least so large:
 * P(|sum of +-d| >= s) for s = 0, 1 ... sum of |d|. Each sign is + or - with
 * probability 1/2, independently, so the distribution is found exactly, number
 * by number (a convolution; Pagano and Tritchler 1983,
 * doi:10.1080/01621459.1983.10477990).
 *
 * @param differences Whole numbers.
 * @throws {RangeError} If a number is not whole.
 *
 * @example
 * ```ts
 * import { signFlipTail } from "./sign_flips.ts";
 * console.assert(signFlipTail([2, -1]).join() === "1,1,0.5,0.5");
 * ```
 */
export function signFlipTail(differences: ArrayLike<number>): Float64Array {
  const sizes = Array.from(differences, Math.abs).filter((size) => size !== 0);
  if (!sizes.every(Number.isSafeInteger)) {
    throw new RangeError("Cannot flip signs: a difference is not whole");
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // Of the sum of the numbers with a +, which is (total + sum of +-d) / 2.
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let sum = reached; sum >= 0; sum--) {
      const taken = sum >= size ? probability[sum - size] : 0;
      probability[sum] = (probability[sum] + taken) / 2;
    }
  }
  const tail = new Float64Array(total + 1);
  let outside = 0;
  for (let size = total; size >= 0; size--) {
    if ((total - size) % 2 === 0) {
      const one = probability[(total - size) / 2];
      outside += size === 0 ? one : 2 * one;
    }
    tail[size] = Math.min(1, outside);
  }
  return tail;
}

/**
 * The two-sided p of the sum of differences whose signs are as likely + as -:
 * P(|sum of +-d| >= |sum of d|), as SciPy's exact
 * `permutation_test(permutation_type="samples")` of their mean. At least
 * 2^(1 - k) for k differences that are not 0.
 *
 * @param differences Whole numbers, one of each independent unit.
 * @throws {RangeError} If a number is not whole.
 *
 * @example
 * ```ts
 * import { signFlipP } from "./sign_flips.ts";
 * console.assert(signFlipP([3, 1, 0, 2]) === 0.25);
 * ```
 */
export function signFlipP(differences: ArrayLike<number>): number {
  const tail = signFlipTail(differences);
  const sum = Array.from(differences).reduce((sum, each) => sum + each, 0);
  return tail[Math.abs(sum)];
}
