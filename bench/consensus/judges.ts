/** What judges the first genes of a tissue: known genes, or another cohort. */

import { metrics } from "../../lib/cnn/outputs.ts";
import { changesThere } from "../../lib/external/replication.ts";
import { readDataset } from "../../lib/prepare/dataset.ts";
import {
  contrastRows,
  tissueContrasts,
} from "../../lib/prepare/tissue_contrasts.ts";
import { readAttributions } from "../../lib/rankings/attributions.ts";
import { rankTissues } from "../../lib/rankings/rank_tissues.ts";
import type {
  RankingInput,
  RankingMethod,
} from "../../lib/rankings/ranking_method.ts";
import { readShapLists } from "../../lib/rankings/shap_rankings.ts";
import { type KnownGene, matchTruth } from "../../lib/rankings/truth.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { runReader } from "../run_reader.ts";

/** Judges the lists of a run. */
export interface Judge {
  /** The run's folder, without the folders above. */
  readonly title: string;
  /** Whether another judge has the same data, split otherwise. */
  readonly isRepeat?: boolean;
  /** What the genes counted are, for the page. */
  readonly counted: string;
  /** Members of the ensemble. */
  readonly networks: number;
  readonly input: RankingInput;
  /** Of the tissues that are judged: whether a gene counts. */
  readonly counts: ReadonlyMap<string, (gene: number) => boolean>;
  /** Whether a gene stays in the lists. */
  readonly isJudged: (gene: number) => boolean;
}

/** Judges a run by known genes. */
export async function judgeByKnown(
  folder: string,
  known: readonly KnownGene[],
  counted: string,
): Promise<Judge> {
  const run = await readRun(folder);
  const { tissues } = matchTruth(known, run.input.dataset, [], counted);
  return {
    ...run,
    counted,
    counts: new Map(
      tissues.map((
        { tissue, columns },
      ) => [tissue, (gene) => columns.has(gene)]),
    ),
    isJudged: () => true,
  };
}

/**
 * Judges a run by another one: a gene counts that is higher in the tissue
 * there, too. Genes that the other run lacks are taken out of the lists.
 */
export async function judgeByCohort(
  folder: string,
  other: string,
): Promise<Judge> {
  const run = await readRun(folder);
  const { dataset: { genes, tissueNames } } = run.input;
  const there = await readDataset(runReader(other));
  const columns = new Map(there.genes.map((gene, column) => [gene, column]));
  const at = genes.map((gene) => columns.get(gene));
  return {
    ...run,
    counted: `are higher in the tissue in \`${nameOf(other)}\`, too`,
    counts: new Map(
      changesThere(there).filter(({ tissue }) => tissueNames.includes(tissue))
        .map(({ tissue, up }) => [tissue, (gene) => up[at[gene]!] === 1]),
    ),
    isJudged: (gene) => at[gene] !== undefined,
  };
}

/** The share of a tissue's first genes that count, mean over the tissues. */
export function sharesOf(
  method: RankingMethod,
  { input, counts, isJudged }: Judge,
  depths: readonly number[],
): number[] {
  const orders = new Map(
    rankTissues(method, input).map(({ tissue, order }) => [
      tissue,
      Array.from(order.filter(isJudged)),
    ]),
  );
  return depths.map((depth) =>
    mean(
      [...counts].map(([tissue, isHit]) =>
        (orders.get(tissue) ?? []).slice(0, depth).filter(isHit).length / depth
      ),
    )
  );
}

async function readRun(
  folder: string,
): Promise<Pick<Judge, "title" | "networks" | "input">> {
  const reader = runReader(folder);
  const dataset = await readDataset(reader);
  const { rankings: [shap] } = await readShapLists(reader, dataset);
  const { ensemble } = await reader.read(metrics);
  return {
    title: nameOf(folder),
    networks: ensemble,
    input: {
      dataset,
      rows: contrastRows(dataset),
      contrasts: tissueContrasts(dataset),
      shap: shap.lists,
      network: await readAttributions(reader, dataset),
    },
  };
}

function nameOf(folder: string): string {
  return folder.split("/").at(-1)!;
}
