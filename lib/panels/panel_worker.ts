/** Panels judged in a pool of workers, several of them a task. */

import type { StageContext } from "../pipeline/stage.ts";
import { RandomStream } from "../random.ts";
import { mapCached } from "../store/cached_tasks.ts";
import { mapInWorkers } from "../workers/pool.ts";
import {
  type JudgedPanel,
  type JudgeSetup,
  PanelJudge,
} from "./score_panel.ts";
import type { FoldScores } from "./scores.ts";

/** A panel of a ranking in a fold. */
export interface RankedTask {
  readonly kind: "ranked";
  /** Of `setup.folds`. */
  readonly fold: number;
  /** Gene columns. */
  readonly columns: Uint32Array;
}

/** Random panels in a fold: every seed with every number of genes. */
export interface RandomTask {
  readonly kind: "random";
  readonly fold: number;
  readonly seeds: readonly number[];
  readonly genes: readonly number[];
}

/** Of a ranked panel, or of random ones: by seed, then by number of genes. */
export type TaskResult =
  | { readonly kind: "ranked"; readonly judged: JudgedPanel }
  | { readonly kind: "random"; readonly scores: FoldScores[][] };

/**
 * The genes of random panels: the first ones of an order that the seed draws,
 * so that a smaller panel of a seed is part of a larger one.
 *
 * @param byId The gene columns in the order of the genes' ids.
 * @param counts Genes of each panel.
 * @returns Of each panel the columns in the order of their ids.
 */
export function drawPanels(
  byId: Uint32Array,
  counts: readonly number[],
  seed: number,
): Uint32Array[] {
  const order = new RandomStream(seed)
    .sample(byId.length, Math.max(0, ...counts));
  return counts.map((genes) =>
    order.slice(0, genes).sort().map((place) => byId[place])
  );
}

export function setUp(setup: JudgeSetup): PanelJudge {
  return new PanelJudge(setup);
}

export function work(
  task: RankedTask | RandomTask,
  judge: PanelJudge,
): TaskResult {
  const { folds, byId } = judge.setup;
  const fold = folds[task.fold];
  if (task.kind === "ranked") {
    return { kind: "ranked", judged: judge.judge(fold, task.columns) };
  }
  return {
    kind: "random",
    scores: task.seeds.map((seed) =>
      drawPanels(byId, task.genes, seed)
        .map((columns) => judge.score(fold, columns))
    ),
  };
}

/**
 * Does the tasks with progress and with the stage's checkpoints.
 *
 * @returns The results in the order of the tasks, whatever the threads.
 */
export async function judgeInWorkers(
  { checkpoints, progress, settings }: Pick<
    StageContext,
    "checkpoints" | "progress" | "settings"
  >,
  setup: JudgeSetup,
  tasks: readonly (RankedTask | RandomTask)[],
): Promise<TaskResult[]> {
  using shown = progress("panels", tasks.length, "parts");
  return await mapCached<RankedTask | RandomTask, TaskResult>(
    await checkpoints(),
    "panels",
    tasks,
    (missing, onResult) =>
      mapInWorkers({
        module: new URL(import.meta.url),
        setup,
        tasks: missing,
        threads: settings.threads,
        onResult,
      }),
    () => shown.advance(),
  );
}
