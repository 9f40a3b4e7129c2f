/** The random gene sets of a null with their tasks and seeds. */

import type { GeneSetTask } from "../clusters/score_gene_set.ts";
import { planSpaces, type Repeats } from "../clusters/space_tasks.ts";
import { deriveSeed } from "../random.ts";
import type { GenePool, NullModel } from "./null_models/null_model.ts";

/** One random gene set. */
export interface PlannedSet {
  readonly geneSeed: number;
  readonly task: GeneSetTask;
}

/** All random gene sets of one kind. */
export interface PlannedNull {
  readonly kind: NullModel;
  readonly sets: readonly PlannedSet[];
  /** Mean share of a set's genes that are in the tested set, too. */
  readonly meanOverlap: number;
}

/** How many sets, where they are scored, and how often. */
export interface NullChoices {
  readonly sets: number;
  /** Names of spaces. */
  readonly spaces: readonly string[];
  readonly repeats: Repeats;
  /** Master seed, of which each set's streams are derived by name. */
  readonly master: number;
}

/**
 * Draws the sets of a null. Set n is the same however many sets there are.
 */
export function planNull(
  kind: NullModel,
  pool: GenePool,
  { sets, spaces, repeats, master }: NullChoices,
): PlannedNull {
  const tested = new Set(pool.tested);
  let shared = 0;
  let all = 0;
  const planned = Array.from({ length: sets }, (_, at): PlannedSet => {
    const stream = kind.streamOf(at + 1);
    const geneSeed = deriveSeed(master, `${stream}/genes`);
    const columns = kind.draw(pool, geneSeed);
    for (const column of columns) if (tested.has(column)) shared++;
    all += columns.length;
    return {
      geneSeed,
      task: {
        columns,
        spaces: planSpaces(
          spaces,
          repeats,
          (name) => deriveSeed(master, `${stream}/${name}`),
        ),
      },
    };
  });
  return { kind, sets: planned, meanOverlap: shared / all };
}
