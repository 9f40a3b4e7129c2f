/** How much of a result is the luck of layouts, k-means and random sets. */

import { fixed, percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import type { SpaceTest } from "../outputs.ts";
import { dependsOnSeeds, dependsOnSets } from "../significance.ts";
import { formatCell, type Known, listed, namesOf } from "./words.ts";

/** A larger error, as a share of the null's spread, is called large. */
const LARGE_SHARE = 0.1;

/** Five times the random sets and one: 199 become 999. */
const MORE = 5;

/** What other seeds would change in a test's value. */
export function luckOf(
  { monte_carlo_se, null_sd, layouts, repeats }: SpaceTest,
): string {
  if (monte_carlo_se === null) {
    return "**The Monte Carlo error is not known:** " +
      (layouts === 1 && repeats > 1
        ? "one embedding does not tell what another one would give."
        : "one run does not tell what another one would give.");
  }
  if (null_sd === 0) return "";
  const share = monte_carlo_se / null_sd;
  return "Embeddings and k-means start at random. Other seeds would change " +
    `the gene set's value by about ${fixed(monte_carlo_se, 4)} (its standard ` +
    `error), ${percent(share)} of the spread between random sets` +
    (share > LARGE_SHARE ? ", which is much. " : ". ") +
    "Random sets are embedded and clustered as often, so this error makes the " +
    "test less powerful, but not wrong. It leaves out the chance of which " +
    "random sets were drawn; the interval of the adjusted p shows that.";
}

/** The tests that luck could turn; empty if there is none. */
export function undecidedTests(
  tests: readonly SpaceTest[],
  known: Known,
): string {
  return bySeeds(tests, known) + bySets(tests, known);
}

/** The tests that other random sets could turn. */
function bySets(tests: readonly SpaceTest[], known: Known): string {
  const close = tests.filter(dependsOnSets);
  if (close.length === 0) return "";
  const most = Math.max(...close.map(({ sets }) => sets));
  return ` **Undecided, because of the random sets that were drawn: ${
    listed(close.map((test) =>
      `${namesOf([test], known)} (adjusted p ${
        formatCell(test.p_adjusted)
      }, 95 % ` +
      `interval ${fixed(test.p_adjusted_low)} to ${
        fixed(test.p_adjusted_high)
      })`
    ))
  }.** Other random sets could change ${
    close.length === 1 ? "the result" : "the results"
  }; ${
    withFlag(`--ttest.sets ${MORE * (most + 1) - 1}`)
  } narrows the interval.`;
}

/** The tests that other seeds of layouts and k-means could turn. */
function bySeeds(tests: readonly SpaceTest[], known: Known): string {
  const close = tests.filter(dependsOnSeeds);
  if (close.length === 0) return "";
  const isRandom = ({ space }: SpaceTest) =>
    known.spaces.find(({ name }) => name === space)!.random;
  const flags = [
    ...(close.some(isRandom)
      ? [`--clusters.layouts ${4 * close.find(isRandom)!.layouts}`]
      : []),
    ...(close.every(isRandom) ? [] : [
      `--clusters.repeats ${
        4 * close.find((test) => !isRandom(test))!.repeats
      }`,
    ]),
  ];
  return ` **Undecided, because of the seeds of embeddings and k-means: ${
    namesOf(close, known)
  }.** There the set's value is within two Monte Carlo errors of the value at ` +
    `which the result changes. ${withFlag(flags.join(" "))} halves the error.`;
}
