/**
 * What a consensus of rankings finds, by its voters and its rule: writes
 * `CONSENSUS.md`.
 *
 *     deno run --allow-read --allow-write=bench bench/consensus.ts \
 *       --demos reports/demo-42,reports/demo-7 --known reports/six \
 *       --truth KNOWN.csv --repeats reports/six-1 \
 *       --cohorts reports/tcga,reports/gtex
 *
 * Each run has finished the stage `shap`, with `--shap.attributions
 * integrated-gradients,gradient-x-input`.
 */

import { InputError } from "../lib/cli/errors.ts";
import { fixed } from "../lib/cli/numbers.ts";
import { list, text } from "../lib/cli/parameters.ts";
import { countOf, joined } from "../lib/cli/text.ts";
import { attributionRankings } from "../lib/rankings/attributions.ts";
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
  repeats: list("DIR", "runs of --known's data on other splits: only shown"),
  cohorts: list("DIR", "two runs of the same tissues in different cohorts"),
};

/** The rankings that are combined. */
const [shap, limma, change, ridge] = [
  shapVoter,
  limmaRanking,
  foldChangeRanking,
  ridgeRanking,
];
const [integrated, timesInput] = attributionRankings;
const simple = [limma, change, ridge];
const single = [shap, ...simple, integrated, timesInput];
const combined = [
  simple,
  [shap, ...simple],
  [shap, change, ridge],
  [shap, limma, change],
  [shap, limma, ridge],
].flatMap((voters) => [
  { rule: "robust rank aggregation", voters, make: makeRankAggregation },
  { rule: "mean rank", voters, make: makeMeanRank },
]);

/** Parts of the vote: those of the networks and of the simple rankings. */
const parts = {
  third: { networks: 1, simple: 2, words: ["1/3", "2/3"] },
  half: { networks: 1, simple: 1, words: ["half", "half"] },
  twoThirds: { networks: 2, simple: 1, words: ["2/3", "1/3"] },
  most: { networks: 3, simple: 1, words: ["3/4", "1/4"] },
};

/** Who has the part of the networks, what part, and who has the rest. */
const sides: readonly {
  readonly networks: readonly RankingMethod[];
  readonly part: keyof typeof parts;
  readonly simple: readonly RankingMethod[];
}[] = [simple, [limma, change]].flatMap((simple) => [
  ...[
    [shap],
    [integrated],
    [shap, integrated],
    [timesInput],
    [shap, timesInput],
  ].map((networks) => ({ networks, part: "half" as const, simple })),
  ...(["third", "twoThirds", "most"] as const).flatMap((part) =>
    [[shap], [shap, integrated]].map((networks) => ({ networks, part, simple }))
  ),
]);

const titlesOf = (methods: readonly RankingMethod[]) =>
  joined(methods.map(({ title }) => title));

/** All that is measured, with how the table names it. */
const candidates: readonly {
  readonly title: string;
  readonly method: RankingMethod;
  readonly voters: readonly RankingMethod[];
}[] = [
  ...single.map((method) => ({
    title: method.title,
    method,
    voters: [method],
  })),
  ...combined.map(({ rule, voters, make }) => ({
    title: `${rule}: ${titlesOf(voters)}`,
    method: make(voters),
    voters,
  })),
  ...sides.map(({ networks, part, simple: others }) => {
    const { words: [ofNetworks, ofOthers], ...counted } = parts[part];
    const title = `${ofNetworks} ${titlesOf(networks)}, ${ofOthers} ${
      titlesOf(others)
    }`;
    const isOurs = networks.length === 1 && networks[0] === shap &&
      part === "half" && others === simple;
    return {
      title: isOurs ? `**the consensus**: ${title}` : title,
      method: makeConsensus(networks, others, counted),
      voters: [...networks, ...others],
    };
  }),
];

async function readJudges(
  { demos, known, truth, repeats, cohorts }: {
    readonly demos: readonly string[];
    readonly known: string;
    readonly truth: string;
    readonly repeats: readonly string[];
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
  for (const repeat of repeats) {
    const genes = await readTruthFile(truth);
    judges.push({
      ...await judgeByKnown(repeat, genes, "are known of the tissue"),
      isRepeat: true,
    });
  }
  return judges;
}

/** Whether a run has made all that a candidate is made of. */
const isMade = (voters: readonly RankingMethod[], { input }: Judge): boolean =>
  voters.every((voter) =>
    !attributionRankings.includes(voter) || input.network?.has(voter.name)
  );

function formatPage(judges: readonly Judge[]): string {
  const shares = candidates.map(({ method, voters }) =>
    judges.map((judge) =>
      isMade(voters, judge) ? sharesOf(method, judge, DEPTHS) : null
    )
  );
  const own = judges.flatMap(({ isRepeat }, j) => isRepeat ? [] : [j]);
  const best = judges.map((_, j) =>
    DEPTHS.map((_, d) =>
      Math.max(...single.map((_, s) => shares[s][j]?.[d] ?? 0))
    )
  );
  // How far a ranking is below the best single one.
  const behind = (shares: readonly (readonly number[] | null)[], d: number) =>
    own.flatMap((j) => shares[j] === null ? [] : [best[j][d] - shares[j][d]]);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const numbers = (values: readonly number[] | null) =>
    (values ?? []).map((value) => fixed(value)).join(" / ");
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
    "below the best of the single rankings (the first rows), mean of " +
    "the data sets and most; negative if it is better than the best. A " +
    "repeat is the same data set split at random once more, and is not " +
    "counted in it. A tissue that a ranking does not list counts as 0.",
    judges.map(({ title, isRepeat, counted, networks, input, counts }) =>
      `- \`${title}\`${isRepeat ? ", a repeat" : ""}: ${
        countOf(input.rows.length, "sample")
      }, ${countOf(input.dataset.genes.length, "gene")}, SHAP of ${
        countOf(networks, "network")
      } a split; those count that ` +
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
