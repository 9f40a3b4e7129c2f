/** Times how gene sets are scored on this machine. */

import { prepareClustering } from "../clusters/clustering_inputs.ts";
import { startsFor } from "../clusters/auto_counts.ts";
import { repeatsOf } from "../clusters/space_tasks.ts";
import type { GeneSetTask, ScoredGeneSet } from "../clusters/score_gene_set.ts";
import type { Space } from "../clusters/spaces/space.ts";
import { pcaSpace } from "../clusters/spaces/pca.ts";
import { umapSpace } from "../clusters/spaces/umap.ts";
import { drawGenes } from "../gene_sets/gene_set.ts";
import { SMALL_MATRIX } from "../ml/pca/small_matrix.ts";
import type { Dataset, Split } from "../prepare/dataset.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { openPool } from "../workers/pool.ts";
import type { SetCosts } from "./costs.ts";
import type { RunPlan } from "./plan.ts";
import { seconds, timeRepeatedly } from "./stopwatch.ts";

/**
 * Samples that are clustered for the measurement at most; and where there are
 * so many that the principal components are found in another way, as few as
 * that still takes.
 */
const MOST_TIMED = 400;

/** Seconds of scoring that do not count, and that each space is timed for. */
const WARM_UP = 3;
const TIMED = 0.7;

/** Sets that each worker scores at a time, where that is short. */
const SETS_A_WORKER = 3;

/** Distances that the set of all genes takes in each space. */
const DISTANCES = 1;

/**
 * Scores gene sets of the size that the SHAP set will have, in every worker at
 * the same time.
 *
 * @param distance Seconds of a distance, for a pair of samples and a gene.
 */
export async function measureSets(
  plan: RunPlan,
  dataset: Dataset,
  distance: number,
): Promise<SetCosts> {
  const { values: { clusters }, settings: { threads } } = plan;
  const all = countClustered(dataset, clusters.samples);
  const { layouts } = repeatsOf(clusters, all);
  const timed = samplesToTime(all);
  const { setup, spaces } = prepareClustering(
    timed < all ? takeSome(dataset, clusters.samples, timed) : dataset,
    {
      ...clusters,
      "n-init-high-dim": clusters["n-init-high-dim"] || startsFor(all),
    },
    () => {},
  );
  const columns = likelySet(dataset, plan.values.shap.top);
  // Several a worker: one that is done would wait for the others.
  const count = threads * (timed <= MOST_TIMED ? SETS_A_WORKER : 1);
  const sets = Array.from(
    { length: count },
    (_, index) =>
      index === 0
        ? columns
        : drawGenes(dataset.genes.length, columns.length, index),
  );
  const [pool, open] = await seconds(() =>
    openPool<typeof setup, GeneSetTask, ScoredGeneSet>({
      module: new URL("../clusters/gene_set_worker.ts", import.meta.url),
      setup,
      threads,
    })
  );
  try {
    const time = async (
      own: readonly Space[],
      runs: number,
      least = TIMED,
    ) => {
      const tasks = sets.map((columns): GeneSetTask => ({
        columns,
        spaces: own.map((space) => ({
          space: space.name,
          layouts: Array.from(
            { length: space.random ? layouts : 1 },
            (_, layout) => ({
              embeddingSeed: space.random ? layout + 1 : null,
              kmeansSeeds: Array.from({ length: runs }, (_, run) => run + 1),
            }),
          ),
        })),
      }));
      const elapsed = await timeRepeatedly(() => pool.map(tasks), {
        least,
        warmUps: 0,
      });
      return elapsed / count;
    };
    // At first V8 still compiles; where a set takes long, that is little.
    if (timed <= MOST_TIMED) await time(spaces, 1, WARM_UP);
    const runs = timed <= MOST_TIMED ? 2 : 1;
    const costs = { embed: 0, low: 0, high: 0 };
    for (const space of spaces) {
      const growth = growthOf(space, timed, all);
      const alone = await time([space], 0);
      const more = await time([space], runs);
      costs.embed += growth * alone;
      costs[space.random ? "low" : "high"] += growth *
        Math.max(0, more - alone) / runs;
    }
    const genes = dataset.genes.length - columns.length;
    const allGenes = DISTANCES * spaces.length * distance * all ** 2 * genes;
    return { openPool: open, ...costs, allGenes };
  } finally {
    await pool.close();
  }
}

function countClustered(dataset: Dataset, which: "test" | "all"): number {
  return which === "all"
    ? dataset.sampleIds.length
    : dataset.split.filter((part) => part === "test").length;
}

/** How many samples to time a set with. */
export function samplesToTime(all: number): number {
  if (all <= MOST_TIMED) return all;
  return all <= SMALL_MATRIX ? MOST_TIMED : SMALL_MATRIX + 1;
}

/**
 * How much longer a space takes with more samples: measured from 400 to 800 and
 * from 801 to 1,600, with sets of 1,200 genes, UMAP and the first principal
 * components took 2.3 times as long, all distances 4.4 times, and all principal
 * components 3.6 times.
 */
export function growthOf(
  { name }: Pick<Space, "name">,
  timed: number,
  all: number,
): number {
  const isFlat = name === umapSpace.name ||
    (name === pcaSpace.name && all > SMALL_MATRIX);
  return (all / timed) ** (isFlat ? 1.2 : 2);
}

/** The dataset with only some of the samples to be clustered. */
function takeSome(
  dataset: Dataset,
  which: "test" | "all",
  count: number,
): Dataset {
  const rows = dataset.sampleIds.flatMap((_, row) =>
    which === "all" || dataset.split[row] === "test" ? [row] : []
  );
  const kept = Array.from(
    { length: count },
    (_, index) => rows[Math.floor(index * rows.length / count)],
  );
  const { genes, values } = dataset;
  const width = genes.length;
  const taken = new Float32Array(count * width);
  kept.forEach((row, index) =>
    taken.set(values.subarray(row * width, (row + 1) * width), index * width)
  );
  return {
    ...dataset,
    sampleIds: kept.map((row) => dataset.sampleIds[row]),
    tissues: kept.map((row) => dataset.tissues[row]),
    split: kept.map((): Split => "test"),
    classOf: Int32Array.from(kept, (row) => dataset.classOf[row]),
    values: taken,
  };
}

/**
 * A gene set such as SHAP may select: the genes that are highest in each tissue
 * above the others.
 *
 * @param top Genes of each tissue.
 * @returns Columns, ascending.
 */
function likelySet(
  dataset: Dataset,
  top: number,
): Uint32Array<ArrayBuffer> {
  const columns = new Set<number>();
  for (const { log2FoldChange } of tissueContrasts(dataset)) {
    const order = Uint32Array.from(log2FoldChange.keys())
      .sort((a, b) => log2FoldChange[b] - log2FoldChange[a]);
    for (const column of order.subarray(0, top)) columns.add(column);
  }
  return Uint32Array.from(columns).sort();
}
