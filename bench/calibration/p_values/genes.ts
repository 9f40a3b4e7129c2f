/** How often the p of single genes reject by chance. */

import type { Dataset } from "../../../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../../lib/prepare/tissue_contrasts.ts";
import { deriveSeed } from "../../../lib/random.ts";
import { makeRankAggregation } from "../../../lib/rankings/consensus/consensus.ts";
import { fitLimma, limmaRanking } from "../../../lib/rankings/limma.ts";
import { limmaStudyRanking } from "../../../lib/rankings/limma_study.ts";
import { voters } from "../../../lib/rankings/methods.ts";
import { anovaRanking } from "../../../lib/rankings/per_gene/anova_f.ts";
import { kruskalRanking } from "../../../lib/rankings/per_gene/kruskal_wallis.ts";
import { adjustP, rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import type {
  RankingInput,
  RankingMethod,
} from "../../../lib/rankings/ranking_method.ts";
import {
  addMethodCounts,
  makeShuffleCounter,
  pooledPs,
} from "../../../lib/rankings/shuffles/null_counts.ts";
import { planShuffles } from "../../../lib/rankings/shuffles/plan_shuffles.ts";
import { testSpecificGenes } from "../../../lib/rankings/specific_genes.ts";
import { welchRanking } from "../../../lib/rankings/welch_t.ts";
import { mean } from "../../../lib/statistics/describe.ts";
import { type KnownStudy, shuffleLabels } from "./known_study.ts";
import { anyBelow, type Measured, shareRejected } from "./measured.ts";
import type { RowId } from "./rows.ts";

/** Methods with p-values from shuffled residuals, by the names of their rows. */
const tested = {
  limma: limmaRanking,
  welch: welchRanking,
  f: anovaRanking,
  kruskal: kruskalRanking,
} as const;

/** Each gene's p with shuffled labels, and with true ones if nothing is planted. */
export function testGenes(
  study: KnownStudy,
  seed: number,
  shuffles: number | "auto",
): Measured[] {
  const { dataset, studies, truth } = study;
  const shuffled = inputOf(shuffleLabels(dataset, seed));
  const shuffledBlocks = withGroups(shuffled, studies);
  const genesOf = (rows: typeof truth) => new Set(rows.map(({ gene }) => gene));
  const [planted, differs] = [
    genesOf(truth),
    genesOf(truth.filter(({ kind }) => kind !== "study")),
  ].map((known) => dataset.genes.map((gene) => known.has(gene)));
  const real = inputOf(dataset);
  const realBlocks = withGroups(real, studies);
  const all = () => true;
  const own = { any: null, planted } as const;
  return [
    ...shuffledP(shuffled, seed, shuffles, [["", all]], "_any"),
    ...shuffledP(
      shuffledBlocks,
      seed,
      shuffles,
      [["_study", all]],
      "_study_any",
    ),
    ...shuffledP(real, seed, shuffles, [["_real", (gene) => !planted[gene]]]),
    ...shuffledP(realBlocks, seed, shuffles, [
      ["_study_real", (gene) => !planted[gene]],
      ["_study_same", (gene) => !differs[gene]],
    ]),
    ...ownP("limma_own", limmaRanking, shuffled, { any: "limma_own_any" }),
    ...ownP("limma_own_study", limmaRanking, shuffledBlocks, {
      any: "limma_own_study_any",
    }),
    ...ownP("recipe_own", limmaStudyRanking, shuffled),
    ...ownP("rra_own", makeRankAggregation(voters), shuffled),
    ...ownP("limma_own_real", limmaRanking, real, own),
    ...ownP("limma_own_study_real", limmaRanking, realBlocks, own),
    specificOf("specific_shuffled", shuffled, () => true),
    specificOf("specific_group", real, upElsewhere(study)),
    specificOf("specific_study_group", realBlocks, upElsewhere(study)),
  ];
}

function inputOf(dataset: Dataset): RankingInput {
  const rows = contrastRows(dataset);
  return {
    dataset,
    rows,
    contrasts: tissueContrasts(dataset, rows),
    toLinear: (value) => 2 ** value - 1,
  };
}

function withGroups(
  input: RankingInput,
  groups: readonly string[],
): RankingInput {
  return { ...input, dataset: { ...input.dataset, groups } };
}

/** P-values of a method's own: the share that rejects, and tissues with any gene. */
function ownP(
  row: RowId,
  method: RankingMethod,
  input: RankingInput,
  { any, planted }: {
    readonly any?: RowId | null;
    readonly planted?: readonly boolean[];
  } = {},
): Measured[] {
  const tissues = rankTissues(method, input).map(({ own }) => own!);
  const value = mean(
    tissues.map(({ p }) => shareRejected(p.filter((_, g) => !planted?.[g]))),
  );
  const found = () => mean(tissues.map(({ adjusted }) => anyBelow(adjusted)));
  return [{ row, value }, ...any ? [{ row: any, value: found() }] : []];
}

/**
 * The p-values from shuffled residuals of all methods.
 *
 * @param counted Ends of rows, and which genes they count.
 * @param any The end of the row that counts tissues with any gene.
 */
function shuffledP(
  input: RankingInput,
  seed: number,
  asked: number | "auto",
  counted: readonly (readonly [string, (gene: number) => boolean])[],
  any?: string,
): Measured[] {
  const methods = Object.values(tested);
  const names = Object.keys(tested);
  const correlation = fitLimma(input)?.correlation ?? 0;
  const count = makeShuffleCounter(methods, input, correlation);
  const counts = Array.from(
    { length: planShuffles(asked, methods, input).shuffles },
    (_, index) => count(deriveSeed(seed, `shuffles/${index + 1}`)),
  ).reduce(addMethodCounts);
  return pooledPs(input.contrasts, counts).flatMap((found, m) => {
    const tissues = [...found.values()].map(adjustP);
    const rate = (counts: (gene: number) => boolean) =>
      mean(
        tissues.map(({ p }) => shareRejected(p.filter((_, g) => counts(g)))),
      );
    const row = (end: string) => (names[m] + end) as RowId;
    return [
      ...counted.map(([end, counts]) => ({
        row: row(end),
        value: rate(counts),
      })),
      ...any === undefined ? [] : [{
        row: row(any),
        value: mean(tissues.map(({ adjusted }) => anyBelow(adjusted))),
      }],
    ];
  });
}

/** Genes that were planted in this tissue and in others with the same effect. */
function upElsewhere({ dataset, truth }: KnownStudy) {
  const known = new Set(
    truth.filter(({ kind }) => kind === "group")
      .map(({ gene, tissue }) => `${gene} ${tissue}`),
  );
  return (gene: number, tissue: string) =>
    known.has(`${dataset.genes[gene]} ${tissue}`);
}

/** The test of specific genes without a margin, where its null is true. */
function specificOf(
  row: RowId,
  { dataset, rows }: RankingInput,
  counts: (gene: number, tissue: string) => boolean,
): Measured {
  const found = testSpecificGenes({ dataset, rows, margin: 0 });
  if (found === null) throw new TypeError("Groups cannot be told from tissues");
  return {
    row,
    value: shareRejected(
      found.tissues.flatMap(({ tissue, p }) =>
        [...p].filter((_, gene) => counts(gene, tissue))
      ),
    ),
  };
}
