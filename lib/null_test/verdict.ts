/** The test's result in words. */

import { withCommas } from "../cli/text.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import type { NullTest } from "./t_test.ts";
import type { SpaceTest } from "./null_tests.ts";

/**
 * Two sentences: what was found, and what becomes of the null hypothesis.
 *
 * @param genes Genes in the SHAP set.
 * @param nullGenes Genes in each random set.
 */
export function formatVerdict(
  test: NullTest,
  genes: number,
  nullGenes: number,
): string {
  const sets = test.df + 1;
  const found = `V-measure ${test.statistic.toFixed(3)} for the ` +
    `${withCommas(genes)} SHAP genes, ${test.nullMean.toFixed(3)} (sd ` +
    `${test.nullSd.toFixed(3)}) for ${sets} random sets of ${
      withCommas(nullGenes)
    }: `;
  const share =
    `${test.asHigh} of ${sets} random sets score at least as high ` +
    `(empirical p ${formatP(test.pEmpirical)})`;
  const hypothesis = "that the SHAP genes cluster the samples by tissue no " +
    "better than random genes do";
  if (test.t === null || test.pT === null || test.log10PT === null) {
    return `${found}all random sets score the same, so there is no t-test; ` +
      `${share}.\nThe null hypothesis, ${hypothesis}, cannot be tested by t.`;
  }
  const rejected = test.pT < SIGNIFICANCE_LEVEL;
  const empirical = test.pEmpirical < SIGNIFICANCE_LEVEL;
  return `${found}t = ${test.t.toFixed(2)}, df = ${test.df}, one-tailed ` +
    `p ${formatP(test.pT, test.log10PT)}; ${share}.\n` +
    `The null hypothesis, ${hypothesis}, is ` +
    `${rejected ? "" : "not "}rejected at ${SIGNIFICANCE_LEVEL}` +
    `${rejected === empirical ? "" : ", but the empirical p says otherwise"}.`;
}

/**
 * One sentence on all tests: in how many of them the null hypothesis is
 * rejected by t, and in which it is not. Empty where there is one test only.
 */
export function formatTests(
  tests: readonly Pick<SpaceTest, "null" | "space" | "test">[],
): string {
  if (tests.length < 2) return "";
  const kept = tests.filter(({ test }) =>
    test.pT === null || test.pT >= SIGNIFICANCE_LEVEL
  );
  const rejected = tests.length - kept.length;
  const but = rejected === 0 || kept.length === 0
    ? ""
    : ` (not ${
      kept.map((each) => `${each.null} in ${each.space}`).join(", ")
    })`;
  return ` It is rejected in ${
    rejected === 0 ? "none" : kept.length === 0 ? "all" : rejected
  } of ${tests.length} tests, by kind of random sets and space${but}.`;
}
