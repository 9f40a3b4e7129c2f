/** The test's result in words, for the terminal. */

import { withCommas } from "../cli/text.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import {
  FEWEST_SETS,
  isSignificant,
  isUndecided,
  leastP,
} from "./null_tests.ts";
import type { SpaceTest } from "./outputs.ts";

/** Two lines: what was found, and what becomes of the null hypothesis. */
export function formatVerdict(test: SpaceTest, genes: number): string {
  const { gene_set, sets, p_t, p_empirical } = test;
  const error = test.monte_carlo_se === null
    ? "unknown"
    : test.monte_carlo_se.toFixed(4);
  const found = `V-measure ${test.statistic.toFixed(3)} (Monte Carlo error ` +
    `${error}) for ${gene_set} ` +
    `(${withCommas(genes)} genes), ${test.null_mean.toFixed(3)} (sd ` +
    `${test.null_sd.toFixed(3)}) for ${sets} random sets of ${
      withCommas(test.genes)
    }: `;
  const share = `${test.n_as_extreme} of ${sets} random sets score at least ` +
    `as high (empirical p ${formatP(p_empirical)})`;
  const hypothesis = `that the genes of ${gene_set} cluster the samples by ` +
    "tissue no better than random genes do";
  if (test.t === null || p_t === null) {
    return `${found}all random sets score the same, so there is no t-test; ` +
      `${share}.\nThe null hypothesis, ${hypothesis}, cannot be tested by t.`;
  }
  const statistic = `${found}t = ${test.t.toFixed(2)}, df = ${test.df}, ` +
    `one-tailed p ${formatP(p_t, test.log10_p_t)}; ${share}.\n` +
    `The null hypothesis, ${hypothesis}, `;
  if (sets < FEWEST_SETS) {
    return `${statistic}cannot be rejected with ${sets} random sets: the ` +
      `empirical p cannot be below ${leastP(sets).toPrecision(3)}. ` +
      `--ttest.sets ${FEWEST_SETS} or more can reject it at ` +
      `${SIGNIFICANCE_LEVEL}.`;
  }
  const rejected = p_t < SIGNIFICANCE_LEVEL;
  const agree = rejected === p_empirical < SIGNIFICANCE_LEVEL;
  return `${statistic}is ${rejected ? "" : "not "}` +
    `rejected at ${SIGNIFICANCE_LEVEL}` +
    `${agree ? "" : ", but the empirical p says otherwise"}.`;
}

/**
 * One sentence on all tests: how many of them are significant, and which are
 * not, and one on those that are undecided. Empty with too few random sets for
 * any.
 */
export function formatTests(tests: readonly SpaceTest[]): string {
  if (tests[0].sets < FEWEST_SETS) return "";
  return `${countTests(tests)}${nameUndecided(tests)}`;
}

/** The tests that other seeds could turn. */
function nameUndecided(tests: readonly SpaceTest[]): string {
  const names = tests.filter(isUndecided).map((
    { gene_set, null_model, space },
  ) => `${gene_set}, ${null_model} in ${space}`);
  return names.length === 0
    ? ""
    : ` Undecided by the luck of embeddings and k-means: ${names.join("; ")}.`;
}

function countTests(tests: readonly SpaceTest[]): string {
  if (tests.length < 2) return "";
  const others = tests.filter((test) => !isSignificant(test));
  const count = tests.length - others.length;
  const several = new Set(tests.map(({ gene_set }) => gene_set)).size > 1;
  const names = others.map(({ gene_set, null_model, space }) =>
    `${several ? `${gene_set}, ` : ""}${null_model} in ${space}`
  );
  return ` Both p are below ${SIGNIFICANCE_LEVEL} in ${
    count === 0 ? "none" : others.length === 0 ? "all" : count
  } of ${tests.length} tests${
    count === 0 || others.length === 0 ? "" : ` (not ${names.join(", ")})`
  }.`;
}
