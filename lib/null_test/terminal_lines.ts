/** The test's result in words, for the terminal. */

import { countOf, withCommas } from "../cli/text.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import { measures } from "./measures.ts";
import type { SpaceTest } from "./outputs.ts";
import {
  dependsOnSeeds,
  dependsOnSets,
  FEWEST_SETS,
  isSignificant,
  isUndecided,
  leastP,
  luckThatTurns,
} from "./significance.ts";
import { formatTail } from "./t_test.ts";

/** Two lines: what was found, and what becomes of the null hypothesis. */
export function formatVerdict(test: SpaceTest, genes: number): string {
  const { gene_set, sets, p_empirical } = test;
  const error = test.monte_carlo_se === null
    ? "unknown"
    : test.monte_carlo_se.toFixed(4);
  const { title } = measures.find(({ name }) => name === test.measure)!;
  const effect = test.z === null
    ? "all random sets score the same"
    : `difference ${test.difference.toFixed(3)}, z = ${test.z.toFixed(2)}`;
  const adjusted = test.spaces > 1
    ? `; adjusted for ${countOf(test.spaces, "space")} ${
      formatP(test.p_adjusted)
    }`
    : "";
  const found = `${title} ${test.statistic.toFixed(3)} (Monte Carlo error ` +
    `${error}) for ${gene_set} ` +
    `(${withCommas(genes)} genes), ${test.null_mean.toFixed(3)} (sd ` +
    `${test.null_sd.toFixed(3)}) for ${sets} random sets of ${
      withCommas(test.genes)
    }: ${effect}; ${countHits(test)} (p ${formatP(p_empirical)}${adjusted})` +
    (test.p_t === null ? "" : `, t-test p ${formatTail(test.p_t, sets)}`);
  const hypothesis = `The null hypothesis, that the genes of ${gene_set} ` +
    "cluster the samples by tissue no better than random genes do, ";
  if (sets < FEWEST_SETS) {
    return `${found}.\n${hypothesis}cannot be rejected with ${sets} random ` +
      `sets: p cannot be below ${leastP(sets).toPrecision(3)}. ` +
      `--ttest.sets ${FEWEST_SETS} or more can reject it at ` +
      `${SIGNIFICANCE_LEVEL}.`;
  }
  return `${found}.\n${hypothesis}is ${isSignificant(test) ? "" : "not "}` +
    `rejected at ${SIGNIFICANCE_LEVEL}${
      isUndecided(test) ? `, but ${luckThatTurns(test)} could change that` : ""
    }.`;
}

/** How many of the random sets that p counts score as high. */
export function countHits(
  { n_as_extreme, sets, sets_counted }: Pick<
    SpaceTest,
    "n_as_extreme" | "sets" | "sets_counted"
  >,
): string {
  return `${withCommas(n_as_extreme)} of ${
    sets_counted === sets ? "" : "the first "
  }${countOf(sets_counted, "random set")} ${
    n_as_extreme === 1 ? "scores" : "score"
  } at least as high`;
}

/**
 * One sentence on all tests, with the p that are adjusted for the spaces, and
 * one on those that are undecided. Empty with too few random sets for any.
 */
export function formatTests(tests: readonly SpaceTest[]): string {
  if (Math.max(...tests.map(({ sets }) => sets)) < FEWEST_SETS) return "";
  return listTests(tests) +
    nameUndecided(
      tests,
      dependsOnSeeds,
      "the seeds of embeddings and k-means",
      "",
    ) +
    nameUndecided(
      tests,
      dependsOnSets,
      "the random sets that were drawn",
      " (more --ttest.sets decide)",
    );
}

/** The tests that luck of some kind could turn. */
function nameUndecided(
  tests: readonly SpaceTest[],
  isClose: (test: SpaceTest) => boolean,
  luck: string,
  remedy: string,
): string {
  const names = tests.filter(isClose).map((
    { gene_set, null_model, space },
  ) => `${gene_set}, ${null_model} in ${space}`);
  return names.length === 0
    ? ""
    : ` Undecided, because of ${luck}: ${names.join("; ")}${remedy}.`;
}

function listTests(tests: readonly SpaceTest[]): string {
  if (tests.length < 2) return "";
  const groups = Map.groupBy(
    tests,
    ({ gene_set, null_model }) => JSON.stringify([gene_set, null_model]),
  );
  const several = new Set(tests.map(({ gene_set }) => gene_set)).size > 1;
  const parts = [...groups.values()].map((own) => {
    const [{ gene_set, null_model }] = own;
    const each = own.map(({ space, p_adjusted }) =>
      `${space} ${formatP(p_adjusted).replace("= ", "")}`
    );
    return `${several ? `${gene_set}, ` : ""}${null_model}: ${each.join(", ")}`;
  });
  return ` P adjusted for the spaces: ${parts.join("; ")}.`;
}
