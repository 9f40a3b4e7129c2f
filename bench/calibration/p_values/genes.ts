/** How often the p of single genes reject by chance. */

import type { Dataset } from "../../../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../../lib/random.ts";
import { rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import type {
  RankingInput,
  RankingMethod,
} from "../../../lib/rankings/ranking_method.ts";
import { limmaRanking } from "../../../lib/rankings/limma.ts";
import { limmaStudyRanking } from "../../../lib/rankings/limma_study.ts";
import { voters } from "../../../lib/rankings/methods.ts";
import { anovaRanking } from "../../../lib/rankings/per_gene/anova_f.ts";
import { kruskalRanking } from "../../../lib/rankings/per_gene/kruskal_wallis.ts";
import { testSpecificGenes } from "../../../lib/rankings/specific_genes.ts";
import { welchRanking } from "../../../lib/rankings/welch_t.ts";
import {
  makeRankAggregation,
  oneOfEachFamily,
} from "../../../lib/rankings/consensus/consensus.ts";
import { mean } from "../../../lib/statistics/describe.ts";
import {
  correctRho,
  normalizedRanks,
  rhoScore,
} from "../../../lib/statistics/rank_aggregation.ts";
import { type KnownStudy, shuffleLabels } from "./known_study.ts";
import { anyBelow, type Measured, shareRejected } from "./measured.ts";
import type { RowId } from "./rows.ts";

const aggregation = makeRankAggregation(voters);

/** Each gene's p with shuffled labels, and with true ones if nothing is planted. */
export function testGenes(study: KnownStudy, seed: number): Measured[] {
  const { dataset, studies, truth } = study;
  const shuffled = inputOf(shuffleLabels(dataset, seed));
  const shuffledBlocks = withGroups(shuffled, studies);
  const planted = new Set(truth.map(({ gene }) => gene));
  const isNull = dataset.genes.map((gene) => !planted.has(gene));
  const real = inputOf(dataset);
  const realBlocks = withGroups(real, studies);
  return [
    ...pOf("limma_shuffled", limmaRanking, shuffled, "limma_adjusted"),
    ...pOf(
      "limma_study_shuffled",
      limmaRanking,
      shuffledBlocks,
      "limma_study_adjusted",
    ),
    ...pOf("welch_shuffled", welchRanking, shuffled, "welch_adjusted"),
    ...pOf("f_shuffled", anovaRanking, shuffled),
    ...pOf("kruskal_shuffled", kruskalRanking, shuffled),
    ...pOf("recipe_shuffled", limmaStudyRanking, shuffled),
    ...pOf("rra_shuffled", aggregation, shuffled),
    ...pOf("limma_real", limmaRanking, real, null, isNull),
    ...pOf("limma_study_real", limmaRanking, realBlocks, null, isNull),
    ...pOf("welch_real", welchRanking, real, null, isNull),
    ...pOf("f_real", anovaRanking, real, null, isNull),
    ...pOf("kruskal_real", kruskalRanking, real, null, isNull),
    specificOf("specific_shuffled", shuffled, () => true),
    specificOf("specific_group", real, upElsewhere(study)),
    specificOf("specific_study_group", realBlocks, upElsewhere(study)),
  ];
}

/** The p of rank aggregation where the rankings are independent. */
export function aggregateAtRandom(
  genes: number,
  stream: RandomStream,
): Measured {
  const count = oneOfEachFamily(voters).length;
  const rankings = Array.from(
    { length: count },
    () => normalizedRanks(Float64Array.from({ length: genes }, stream.uniform)),
  );
  const p = Array.from({ length: genes }, (_, gene) =>
    correctRho(
      rhoScore(Float64Array.from(rankings, (ranks) => ranks[gene])),
      count,
    ));
  return { row: "rra_independent", value: shareRejected(p) };
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

function pOf(
  row: RowId,
  method: RankingMethod,
  input: RankingInput,
  adjustedRow: RowId | null = null,
  counted?: readonly boolean[],
): Measured[] {
  const tissues = rankTissues(method, input);
  const value = mean(
    tissues.map(({ p }) =>
      shareRejected(p!.filter((_, gene) => counted?.[gene] ?? true))
    ),
  );
  return [
    { row, value },
    ...adjustedRow === null ? [] : [{
      row: adjustedRow,
      value: mean(tissues.map(({ adjustedP }) => anyBelow(adjustedP!))),
    }],
  ];
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
