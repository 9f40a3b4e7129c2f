/**
 * What a consensus of rankings finds, by its voters and its rule.
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
import { joined } from "../lib/cli/text.ts";
import { effectsThere } from "../lib/external/replication.ts";
import { type Dataset, readDataset } from "../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../lib/prepare/tissue_contrasts.ts";
import {
  makeConsensus,
  makeMeanRank,
  makeRankAggregation,
} from "../lib/rankings/consensus/consensus.ts";
import { shapVoter } from "../lib/rankings/consensus/shap_voter.ts";
import { foldChangeRanking } from "../lib/rankings/fold_change.ts";
import { limmaRanking } from "../lib/rankings/limma.ts";
import { rankTissues } from "../lib/rankings/rank_tissues.ts";
import type {
  RankingInput,
  RankingMethod,
} from "../lib/rankings/ranking_method.ts";
import { ridgeRanking } from "../lib/rankings/ridge.ts";
import { readShapLists } from "../lib/rankings/shap_rankings.ts";
import { type KnownGene, matchTruth } from "../lib/rankings/truth.ts";
import { readTruthFile } from "../lib/rankings/truth_file.ts";
import { isTrueUp, truth as planted } from "../lib/simulate/outputs.ts";
import { mean } from "../lib/statistics/describe.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runReader } from "./run_reader.ts";

const SCRIPT = "bench/consensus.ts";
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
    title: `${rule} of ${joined(voters.map(({ title }) => title))}`,
    method: make(voters),
  })),
  {
    title: `mean of the ranks by SHAP and by ${
      joined(simple.map(({ title }) => title))
    } together: the consensus`,
    method: makeConsensus(shap, simple),
  },
];

/** What judges the first genes of a tissue: the share that it counts. */
interface Judge {
  readonly title: string;
  readonly input: RankingInput;
  /** Of the tissues that are judged: whether a gene counts. */
  readonly counts: ReadonlyMap<string, (gene: number) => boolean>;
  /** Genes that are left out of all lists. */
  readonly isJudged: (gene: number) => boolean;
}

async function readInput(folder: string): Promise<RankingInput> {
  const reader = runReader(folder);
  const dataset = await readDataset(reader);
  const { rankings: [shap] } = await readShapLists(reader, dataset);
  return {
    dataset,
    rows: contrastRows(dataset),
    contrasts: tissueContrasts(dataset),
    shap: shap.lists,
  };
}

async function judgeByKnown(
  folder: string,
  known: readonly KnownGene[],
  title: string,
): Promise<Judge> {
  const input = await readInput(folder);
  const { tissues } = matchTruth(known, input.dataset, [], title);
  return {
    title,
    input,
    counts: new Map(
      tissues.map((
        { tissue, columns },
      ) => [tissue, (gene) => columns.has(gene)]),
    ),
    isJudged: () => true,
  };
}

/** A gene counts that is higher in the tissue in the other cohort, too. */
async function judgeByCohort(
  folder: string,
  other: string,
  title: string,
): Promise<Judge> {
  const input = await readInput(folder);
  const there: Dataset = await readDataset(runReader(other));
  const columns = new Map(there.genes.map((gene, column) => [gene, column]));
  const at = input.dataset.genes.map((gene) => columns.get(gene));
  return {
    title,
    input,
    counts: new Map(
      effectsThere(there)
        .filter(({ tissue }) => input.dataset.tissueNames.includes(tissue))
        .map(({ tissue, up }) => [tissue, (gene) => up[at[gene]!] === 1]),
    ),
    isJudged: (gene) => at[gene] !== undefined,
  };
}

/** The share of a tissue's first genes that count, mean over the tissues. */
function sharesOf(
  method: RankingMethod,
  { input, counts, isJudged }: Judge,
): number[] {
  const orders = new Map(
    rankTissues(method, input).map(({ tissue, order }) => [
      tissue,
      Array.from(order.filter(isJudged)),
    ]),
  );
  return DEPTHS.map((depth) =>
    mean(
      [...counts].map(([tissue, isHit]) =>
        (orders.get(tissue) ?? []).slice(0, depth).filter(isHit).length / depth
      ),
    )
  );
}

async function readJudges(
  { demos, known, truth, cohorts }: {
    readonly demos: readonly string[];
    readonly known: string;
    readonly truth: string;
    readonly cohorts: readonly string[];
  },
): Promise<Judge[]> {
  const judges: Judge[] = [];
  for (const demo of demos) {
    const rows = (await runReader(demo).read(planted)).filter(isTrueUp);
    judges.push(await judgeByKnown(demo, rows, nameOf(demo)));
  }
  if (known !== "") {
    judges.push(
      await judgeByKnown(known, await readTruthFile(truth), nameOf(known)),
    );
  }
  if (cohorts.length === 2) {
    const [a, b] = cohorts;
    for (const [one, two] of [[a, b], [b, a]]) {
      judges.push(
        await judgeByCohort(one, two, `${nameOf(one)}, up in ${nameOf(two)}`),
      );
    }
  }
  if (judges.length === 0) {
    throw new InputError(
      `Nothing to measure: ${SCRIPT} needs --demos, --known or --cohorts`,
    );
  }
  return judges;
}

function nameOf(folder: string): string {
  return folder.split("/").at(-1)!;
}

function write(judges: readonly Judge[]): string {
  const shares = candidates.map(({ method }) =>
    judges.map((judge) => sharesOf(method, judge))
  );
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const depths = DEPTHS.join(" / ");
  // How far it is below the best of the voters alone, where it is worst.
  const worst = (own: readonly (readonly number[])[], depth: number) =>
    Math.max(
      ...judges.map((_, j) =>
        Math.max(...single.map((_, s) => shares[s][j][depth])) - own[j][depth]
      ),
    );
  return [
    row(["ranking", ...judges.map(({ title }) => title), "at most below"]),
    row(["---", ...judges.map(() => "---"), "---"]),
    ...candidates.map(({ title }, index) =>
      row([
        title,
        ...shares[index].map((own) =>
          own.map((share) => fixed(share)).join(" / ")
        ),
        DEPTHS.map((_, depth) => fixed(worst(shares[index], depth)))
          .join(" / "),
      ])
    ),
    "",
    `The numbers are at ${depths} genes of a tissue.`,
    "",
  ].join("\n");
}

await runBench(async () => {
  const values = readBenchFlags(Deno.args, flags, SCRIPT);
  if (values === undefined) return;
  console.log(write(await readJudges(values)));
});
