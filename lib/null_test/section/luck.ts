/** How much of a result is the luck of layouts and k-means. */

import { fixed, percent } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import { escapeText } from "../../report/markdown.ts";
import { isUndecided } from "../null_tests.ts";
import type { SpaceTest } from "../outputs.ts";
import { type Known, listed, phraseOf } from "./words.ts";

/** A larger error, as a share of the null's spread, is called large. */
const LARGE_SHARE = 0.1;

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
    "Random sets are embedded and clustered as often, so the test is fair " +
    "whatever this error; it only costs power. Which random sets were drawn is " +
    "luck, too, and not in it: more of them make that smaller.";
}

/** The tests that other seeds could turn; empty if there is none. */
export function undecidedTests(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
): string {
  const close = tests.filter(isUndecided);
  if (close.length === 0) return "";
  const names = close.map(({ null_model, space }) =>
    `against ${phraseOf(nullModels, null_model)} in ${phraseOf(spaces, space)}`
  );
  const isRandom = ({ space }: SpaceTest) =>
    spaces.find(({ name }) => name === space)!.random;
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
  return ` **Undecided by the luck of embeddings and k-means: ${
    listed(names.map((name) => escapeText(name)))
  }.** There the set's value is within two Monte Carlo errors of the value at ` +
    `which the result turns. ${withFlag(flags.join(" "))} halves the error.`;
}
