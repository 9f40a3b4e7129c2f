/** What a worker of the clustering pool does: one gene set at a time. */

import { mapInWorkers, type OnResult } from "../workers/pool.ts";
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
