/** The part on the main test: its numbers, their meaning, and its random sets. */

import { fixed, percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import {
  code,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import type { RunReport } from "../../report/run_report.ts";
import { mean } from "../../statistics/describe.ts";
import { mainMeasure } from "../measures.ts";
import { nullValues, type SpaceTest } from "../outputs.ts";
import { leastPOf } from "../significance.ts";
import type { TtestFindings } from "../section.ts";
import { luckOf } from "./luck.ts";
import { isUnseen } from "./unseen.ts";
import { formatCell, formatTailCell, type Known, phraseOf } from "./words.ts";

/** The main test: its null hypothesis, its numbers, and what they mean. */
export function mainTest(
  found: TtestFindings,
  { spaces }: Known,
  run: RunReport,
): string[] {
  const [test] = found.tests;
  const space = phraseOf(spaces, test.space);
  const isRandom = spaces.find(({ name }) => name === test.space)?.random;
  const times = (count: number) =>
    count === 1 ? "once" : `${withCommas(count)} times`;
  return [
    "**Null hypothesis:** the set's mean AMI is one more draw from the " +
    "distribution of random gene sets of its size. To estimate that " +
    `distribution, ${countOf(test.sets, "set")} of ` +
    `${countOf(test.genes, "gene")} were drawn at random, ` +
    `each embedded in ${space}${
      isRandom ? ` ${times(test.layouts)}, with seeds of its own,` : ""
    } and ${isRandom && test.layouts > 1 ? "each embedding " : ""}clustered ${
      times(test.repeats)
    }. The mean AMI of each set is one value of the ` +
    "null distribution. The gene set's own value is the mean under Clusters, " +
    "of as many embeddings and runs.",
    luckOf(test),
    numberTable(test, space),
    "### What p means here",
    "p is how often a random gene set of this size is expected to separate " +
    "these samples at least as well, on this split. It counts random sets, so " +
    `it cannot be smaller than ${fixed(leastPOf(test), 4)} here. ` +
    "p\\_t takes their scores to be normally distributed; below 1/(m + 1) it is " +
    "not printed, as no random set was seen there. p is not the probability " +
    "that the gene set is random, and says nothing of the size of the effect: " +
    "that is the difference.",
    isUnseen(found, run)
      ? "The genes were ranked on training samples. The samples of this test " +
        "had no part in that, so the set has no advantage over the random sets."
      : "The genes were ranked on test samples whose tissues were known, and " +
        "the set is tested on the same samples; the random sets had no such " +
        "advantage. New samples would be a fairer test.",
    "The spread that matters is the one between random sets. The spread of " +
    `${
      test.layouts > 1 ? "embeddings and " : ""
    }k-means runs within one set is ${fixed(test.within_set_sd, 4)} here, ` +
    `that between sets ${fixed(test.null_sd, 4)}. ${withinSpread(test)}`,
  ];
}

/** Every number of a test. */
function numberTable(test: SpaceTest, space: string): string {
  return table(
    [{ title: "quantity" }, ...numberColumns("value")],
    [
      ["random sets, m", withCommas(test.sets)],
      ["genes a set", withCommas(test.genes)],
      ["embeddings a set", withCommas(test.layouts)],
      ["k-means runs an embedding", withCommas(test.repeats)],
      ["space", space],
      ["mean AMI of the gene set, s", fixed(test.statistic, 4)],
      ["Monte Carlo error of s", fixed(test.monte_carlo_se, 4)],
      ["the same of a random set", fixed(test.null_monte_carlo_se, 4)],
      ["mean of the null distribution", fixed(test.null_mean, 4)],
      ["difference, s − mean", fixed(test.difference, 4)],
      ["sd of the null distribution (between sets)", fixed(test.null_sd, 4)],
      [
        "sd within a set (embeddings and k-means runs)",
        fixed(test.within_set_sd, 4),
      ],
      ["z = (s − mean) / sd", fixed(test.z)],
      [
        "mean share of a random set's genes in the gene set",
        percent(test.mean_gene_overlap),
      ],
      [
        "random sets ≥ s, of those counted",
        `${withCommas(test.n_as_extreme)} of ${withCommas(test.sets_counted)}`,
      ],
      ["p, one-sided", formatCell(test.p_empirical)],
      [
        `p adjusted for ${countOf(test.spaces, "space")}`,
        formatCell(test.p_adjusted),
      ],
      [
        "its 95 % interval, by the number of random sets",
        `${fixed(test.p_adjusted_low, 4)} to ${fixed(test.p_adjusted_high, 4)}`,
      ],
      [
        "s above which the adjusted p is below 0.05",
        fixed(test.critical_value, 4),
      ],
      ["t = (s − mean) / (sd · √(1 + 1/m))", fixed(test.t)],
      ["df = m − 1", withCommas(test.df)],
      ["p\\_t, one-sided", formatTailCell(test)],
    ],
  );
}

/** What a test with the spread within the sets would have claimed. */
function withinSpread({ within_set_sd, null_sd }: SpaceTest): string {
  if (within_set_sd === null) return "";
  if (within_set_sd >= null_sd) {
    return "Here the former is not the smaller one: k-means itself is " +
      "unstable on these embeddings.";
  }
  return within_set_sd === 0
    ? "A test that used the former would call any difference significant."
    : "A test that used the former would make t too large by a factor of " +
      `about ${fixed(null_sd / within_set_sd, 1)}.`;
}

/** Random sets whose seeds the report lists. */
const LISTED_SETS = 100;

/** The seeds of the first random sets, and their mean AMI. */
export function nullSeeds({ nullRows }: TtestFindings): string {
  const sets = Map.groupBy(nullRows, ({ random_set }) => random_set);
  const example = Math.min(17, sets.size);
  const more = sets.size - LISTED_SETS;
  return paragraphs(
    `The seeds of embeddings and k-means runs are in ${
      code(nullValues.file)
    }. ` +
      `${code(`deno task ttest --reproduce ${example}`)}, with ` +
      `${code("--run")} and this folder, scores set ${example} again from ` +
      "its seeds and reports whether it comes out the same.",
    table(
      numberColumns("set", "gene seed", `mean ${mainMeasure.title}`),
      [...sets].slice(0, LISTED_SETS).map(([set, rows]) => [
        String(set),
        String(rows[0].gene_seed),
        fixed(mean(rows.map(({ ami }) => ami)), 4),
      ]),
    ),
    more > 0 ? `${countOf(more, "more set")} are in that file.` : "",
  );
}
