/**
 * What a consensus of rankings finds, by its voters and its rule: writes
 * `CONSENSUS.md`.
 *
 *     deno run --allow-read --allow-write=bench bench/consensus.ts \
 *       --demos reports/demo-42,reports/demo-7 --known reports/six \
 *       --truth KNOWN.csv --cohorts reports/tcga,reports/gtex
 *
 * Each run has finished the stage `shap`.
 */

import { InputError } from "../lib/cli/errors.ts";
import { fixed } from "../lib/cli/numbers.ts";
import { list, text } from "../lib/cli/parameters.ts";
import { countOf, joined } from "../lib/cli/text.ts";
import {
  makeConsensus,
  makeMeanRank,
  makeRankAggregation,
} from "../lib/rankings/consensus/consensus.ts";
import { shapVoter } from "../lib/rankings/consensus/shap_voter.ts";
import { foldChangeRanking } from "../lib/rankings/fold_change.ts";
import { limmaRanking } from "../lib/rankings/limma.ts";
import type { RankingMethod } from "../lib/rankings/ranking_method.ts";
import { ridgeRanking } from "../lib/rankings/ridge.ts";
import { readTruthFile } from "../lib/rankings/truth_file.ts";
import { isTrueUp, truth as planted } from "../lib/simulate/outputs.ts";
import { mean } from "../lib/statistics/describe.ts";
import {
  type Judge,
  judgeByCohort,
  judgeByKnown,
  sharesOf,
} from "./consensus/judges.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runReader } from "./run_reader.ts";

const SCRIPT = "bench/consensus.ts";
const PAGE = "bench/CONSENSUS.md";
const DEPTHS = [10, 50, 100];

const flags = {
  demos: list("DIR", "runs of the demo, whose planted genes are known"),
  known: text("", "DIR", "a run whose tissues have known genes"),
  truth: text("", "FILE", "these genes, as --truth of the stage genesets"),
  cohorts: list("DIR", "two runs of the same tissues in different cohorts"),
};

/** The rankings that are combined. */
const single = [shapVoter, limmaRanking, foldChangeRanking, ridgeRanking];
const [shap, limma, change, ridge] = single;
const simple = [limma, change, ridge];
const combined = [
  simple,
  single,
  [shap, change, ridge],
  [shap, limma, change],
  [shap, limma, ridge],
].flatMap((voters) => [
  { rule: "robust rank aggregation", voters, make: makeRankAggregation },
  { rule: "mean rank", voters, make: makeMeanRank },
]);

/** All that is measured, with how the table names it. */
const candidates: readonly {
  readonly title: string;
  readonly method: RankingMethod;
}[] = [
  ...single.map((method) => ({ title: method.title, method })),
  ...combined.map(({ rule, voters, make }) => ({
    title: `${rule}: ${joined(voters.map(({ title }) => title))}`,
    method: make(voters),
  })),
  {
    title: `**the consensus**: half SHAP, half ${
      joined(simple.map(({ title }) => title))
    }`,
    method: makeConsensus(shap, simple),
  },
];

async function readJudges(
  { demos, known, truth, cohorts }: {
    readonly demos: readonly string[];
    readonly known: string;
    readonly truth: string;
    readonly cohorts: readonly string[];
  },
): Promise<Judge[]> {
  if (cohorts.length !== 0 && cohorts.length !== 2) {
    throw new InputError(
      `Cannot read --cohorts: it names ${
        countOf(cohorts.length, "run")
      } and should name 2`,
    );
  }
  const judges: Judge[] = [];
  for (const demo of demos) {
    const genes = (await runReader(demo).read(planted)).filter(isTrueUp);
    judges.push(await judgeByKnown(demo, genes, "are planted in the tissue"));
  }
  if (known !== "") {
    const genes = await readTruthFile(truth);
    judges.push(await judgeByKnown(known, genes, "are known of the tissue"));
  }
  if (cohorts.length === 2) {
    const [one, two] = cohorts;
    judges.push(await judgeByCohort(one, two), await judgeByCohort(two, one));
  }
  if (judges.length === 0) {
    throw new InputError(
      `Nothing to measure: ${SCRIPT} needs --demos, --known or --cohorts`,
    );
  }
  return judges;
}

function formatPage(judges: readonly Judge[]): string {
  const shares = candidates.map(({ method }) =>
    judges.map((judge) => sharesOf(method, judge, DEPTHS))
  );
  const best = judges.map((_, j) =>
    DEPTHS.map((_, d) => Math.max(...single.map((_, s) => shares[s][j][d])))
  );
  // How far a ranking is below the best single one.
  const behind = (own: typeof shares[number], d: number) =>
    own.map((shares, j) => best[j][d] - shares[d]);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const numbers = (values: readonly number[]) =>
    values.map((value) => fixed(value)).join(" / ");
  const columns = [
    "ranking",
    ...judges.map(({ title }) => `\`${title}\``),
    "behind, mean",
    "behind, most",
  ];
  return [
    "# The consensus of the rankings",
    `Made by \`${SCRIPT}\`: the share of a tissue's first ${
      DEPTHS.join(" / ")
    } genes that count, mean over the tissues. _Behind_ is how far it is ` +
    "below the best of the four single rankings (the first rows), mean of " +
    "the columns before and most; negative if it is better than the best.",
    judges.map(({ title, counted, networks, input, counts }) =>
      `- \`${title}\`: ${countOf(input.rows.length, "sample")}, ${
        countOf(input.dataset.genes.length, "gene")
      }, SHAP of ${countOf(networks, "network")} a split; those count that ` +
      `${counted}, in ${countOf(counts.size, "tissue")}.`
    ).join("\n"),
    [
      row(columns),
      row(columns.map((_, index) => index === 0 ? "---" : "--:")),
      ...candidates.map(({ title }, index) =>
        row([
          title,
          ...shares[index].map(numbers),
          numbers(DEPTHS.map((_, d) => mean(behind(shares[index], d)))),
          numbers(DEPTHS.map((_, d) => Math.max(...behind(shares[index], d)))),
        ])
      ),
    ].join("\n"),
  ].join("\n\n") + "\n";
}

await runBench(async () => {
  const values = readBenchFlags(Deno.args, flags, SCRIPT);
  if (values === undefined) return;
  await Deno.writeTextFile(PAGE, formatPage(await readJudges(values)));
});
