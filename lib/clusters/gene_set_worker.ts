/** What a worker of the clustering pool does: one gene set at a time. */

import { mapInWorkers, type OnResult } from "../run/pool.ts";
import {
  type ClusterSetup,
  type GeneSetTask,
  type ScoredGeneSet,
  scoreGeneSet,
} from "./score_gene_set.ts";

/** Keeps what all gene sets share. */
export function setUp(setup: ClusterSetup): ClusterSetup {
  return setup;
}

/** Scores one gene set. */
export function work(task: GeneSetTask, setup: ClusterSetup): ScoredGeneSet {
  return scoreGeneSet(setup, task);
}

/**
 * Scores gene sets in a pool of workers.
 *
 * @param threads Workers; the scores do not depend on how many.
 * @param onResult Told of each set as it is done.
 * @returns The scores in the order of the tasks.
 *
 * @example
 * ```ts
 * import { scoreGeneSets } from "./gene_set_worker.ts";
 * const setup = {
 *   values: Float32Array.of(0, 1, 10, 11), // 4 samples x 1 gene
 *   genes: 1,
 *   classes: Int32Array.of(0, 0, 1, 1),
 *   clusters: 2,
 *   restarts: 10,
 *   wideRestarts: 10,
 *   maxIterations: 100,
 *   neighbours: 15,
 *   minDist: 0.1,
 *   components: 50,
 * };
 * const [[scored]] = await scoreGeneSets(setup, [{
 *   columns: Uint32Array.of(0),
 *   spaces: [{ space: "umap", embeddingSeed: 1, kmeansSeeds: [2, 3] }],
 * }], 1);
 * console.assert(scored.repeats.length === 2);
 * ```
 */
export function scoreGeneSets(
  setup: ClusterSetup,
  tasks: readonly GeneSetTask[],
  threads: number,
  onResult?: OnResult<ScoredGeneSet>,
): Promise<ScoredGeneSet[]> {
  return mapInWorkers({
    module: new URL(import.meta.url),
    setup,
    tasks,
    threads,
    onResult,
  });
}
