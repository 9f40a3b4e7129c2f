/** Gene sets scored in a pool of workers, one set at a time. */

import type { StageContext } from "../pipeline/stage.ts";
import { mapCached } from "../store/cached_tasks.ts";
import { mapInWorkers, type OnResult, openPool } from "../workers/pool.ts";
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

/** Scores gene sets in several calls, with the same workers. */
export interface Scorer extends AsyncDisposable {
  /** The scores in the order of the tasks; checkpoints are kept. */
  score(tasks: readonly GeneSetTask[]): Promise<ScoredGeneSet[]>;
  /** Counts sets as done that will not be scored. */
  skip(sets: number): void;
}

/**
 * Opens the workers for gene sets of which it is not known before how many there
 * will be.
 *
 * @param name Of the progress that is shown.
 * @param most Sets at most.
 */
export async function openScorer(
  { checkpoints, progress, settings }: Pick<
    StageContext,
    "checkpoints" | "progress" | "settings"
  >,
  name: string,
  setup: ClusterSetup,
  most: number,
): Promise<Scorer> {
  const store = await checkpoints();
  const pool = await openPool<ClusterSetup, GeneSetTask, ScoredGeneSet>({
    module: new URL(import.meta.url),
    setup,
    threads: Math.min(settings.threads, Math.max(1, most)),
  });
  const shown = progress(name, most, "sets");
  let calls = 0;
  return {
    score: (tasks) =>
      mapCached<GeneSetTask, ScoredGeneSet>(
        store,
        `sets-${calls++}`,
        tasks,
        (missing, onResult) => pool.forEach(missing, onResult),
        () => shown.advance(),
      ),
    skip: (sets) => {
      if (sets > 0) shown.advance(sets);
    },
    async [Symbol.asyncDispose]() {
      shown.close();
      await pool.close();
    },
  };
}
