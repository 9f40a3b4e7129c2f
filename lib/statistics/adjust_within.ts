/** P-values of several families of tests, each adjusted by itself. */

import { holm } from "./adjust_p.ts";

/**
 * P-values adjusted by Holm (1979) within each family: a false finding among
 * the tests of one family is rare.
 *
 * @param tests With their p, in [0, 1].
 * @param familyOf What the tests of a family have in common.
 * @returns The adjusted p of each test.
 * @throws {RangeError} If a p lies outside [0, 1].
 *
 * @example
 * ```ts
 * import { holmWithin } from "./adjust_within.ts";
 * const tests = [{ of: "a", p: 0.01 }, { of: "a", p: 0.5 }, { of: "b", p: 0.01 }];
 * const adjusted = holmWithin(tests, (test) => test.of);
 * console.assert(adjusted.get(tests[0]) === 0.02);
 * console.assert(adjusted.get(tests[2]) === 0.01);
 * ```
 */
export function holmWithin<Test extends { readonly p: number }>(
  tests: readonly Test[],
  familyOf: (test: Test) => unknown,
): Map<Test, number> {
  return new Map(
    [...Map.groupBy(tests, familyOf).values()].flatMap((family) => {
      const adjusted = holm(family.map(({ p }) => p));
      return family.map((test, index) => [test, adjusted[index]] as const);
    }),
  );
}
