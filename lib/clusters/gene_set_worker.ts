/** Gene sets scored in a pool of workers, one set at a time. */

import type { StageContext } from "../pipeline/stage.ts";
import { mapCached } from "../store/cached_tasks.ts";
import { mapInWorkers, type OnResult } from "../workers/pool.ts";
import {
  type ClusterSetup,
  type GeneSetTask,
  type ScoredGeneSet,
  scoreGeneSet,
} from "./score_gene_set.ts";
import type { Space } from "./spaces/space.ts";

/** Imports the spaces, as functions cannot be sent to a worker. */
export async function setUp(setup: ClusterSetup) {
  const { spaces } = await import(setup.spacesModule);
  return { setup, spaces: spaces as readonly Space[] };
}

export function work(
  task: GeneSetTask,
  { setup, spaces }: Awaited<ReturnType<typeof setUp>>,
): Promise<ScoredGeneSet> {
  return scoreGeneSet(setup, task, spaces);
}

/**
 * Scores gene sets in a pool of workers.
 *
 * @param threads Workers; the scores do not depend on how many.
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

/** The same with progress, by that name, and with a stage's checkpoints. */
export async function scoreWithProgress(
  { checkpoints, progress, settings }: Pick<
    StageContext,
    "checkpoints" | "progress" | "settings"
  >,
  name: string,
  setup: ClusterSetup,
  tasks: readonly GeneSetTask[],
): Promise<ScoredGeneSet[]> {
  using shown = progress(name, tasks.length, "sets");
  return await mapCached<GeneSetTask, ScoredGeneSet>(
    await checkpoints(),
    "set",
    tasks,
    (missing, onResult) =>
      scoreGeneSets(setup, missing, settings.threads, onResult),
    () => shown.advance(),
  );
}
