/** What a worker of the clustering pool does: one gene set at a time. */

import { mapInWorkers, type OnResult } from "../workers/pool.ts";
import {
  type ClusterSetup,
  type GeneSetTask,
  type ScoredGeneSet,
  scoreGeneSet,
} from "./score_gene_set.ts";
import type { Space } from "./spaces/space.ts";

/** What all gene sets share. */
interface WorkerState {
  readonly setup: ClusterSetup;
  readonly spaces: readonly Space[];
}

/** Imports the spaces, as functions cannot be sent to a worker. */
export async function setUp(setup: ClusterSetup): Promise<WorkerState> {
  const { spaces } = await import(setup.spacesModule);
  return { setup, spaces };
}

/** Scores one gene set. */
export function work(
  task: GeneSetTask,
  { setup, spaces }: WorkerState,
): ScoredGeneSet {
  return scoreGeneSet(setup, task, spaces);
}

/**
 * Scores gene sets in a pool of workers.
 *
 * @param threads Workers; the scores do not depend on how many.
 * @param onResult Is called after each set.
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
