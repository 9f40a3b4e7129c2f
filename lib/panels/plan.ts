/** Which panels are judged, and the random ones that they are compared with. */

import { deriveSeed } from "../random.ts";
import type { RandomTask, RankedTask } from "./panel_worker.ts";
import { panelOf, type PanelRanking } from "./ranked_lists.ts";
import type { JudgeSetup } from "./score_panel.ts";

/** Random panels of a task: enough that sending it costs little. */
const BATCH = 20;

/** A ranking's panel of one size in all folds. */
export interface PlannedPanel {
  readonly ranking: PanelRanking;
  readonly size: number;
  /** Gene columns by fold, at least one each. */
  readonly columns: readonly Uint32Array[];
}

/** All that is to be done. */
export interface PanelPlan {
  readonly panels: readonly PlannedPanel[];
  /** Panels without a gene in some fold. */
  readonly empty: readonly {
    readonly ranking: string;
    readonly size: number;
  }[];
  /** The seeds of a size's random panels. */
  readonly seedsOf: ReadonlyMap<number, readonly number[]>;
  /** Ranked panels come first: panel by panel, fold by fold. */
  readonly ranked: readonly RankedTask[];
  readonly random: readonly (RandomTask & { readonly size: number })[];
}

/**
 * Plans the panels of all rankings and sizes.
 *
 * A random panel takes its genes from one seed in all folds. The lists of
 * different folds share most genes, as their training samples are mostly the
 * same; random genes drawn for each fold would average out, vary too
 * little, and make lists look better than chance too often. Rankings whose panels have the same number of
 * genes share the random ones, and sizes have streams of their own.
 *
 * @param sets Random panels for each size and number of genes.
 * @param master Master seed.
 */
export function planPanels(
  rankings: readonly PanelRanking[],
  sizes: readonly number[],
  setup: Pick<JudgeSetup, "byId" | "folds">,
  sets: number,
  master: number,
): PanelPlan {
  const all = rankings.flatMap((ranking) =>
    sizes.map((size): PlannedPanel => ({
      ranking,
      size,
      columns: ranking.folds.map((lists) => panelOf(lists, size, setup.byId)),
    }))
  );
  const isWhole = ({ columns }: PlannedPanel) =>
    columns.every(({ length }) => length > 0);
  const panels = all.filter(isWhole);
  const seedsOf = new Map(sizes.map((size) => [
    size,
    Array.from(
      { length: sets },
      (_, index) => deriveSeed(master, `panels/random/${size}/${index + 1}`),
    ),
  ]));
  const folds = [...setup.folds.keys()];
  return {
    panels,
    empty: all.filter((panel) => !isWhole(panel))
      .map(({ ranking: { name }, size }) => ({ ranking: name, size })),
    seedsOf,
    ranked: panels.flatMap(({ columns }) =>
      folds.map((fold) => ({
        kind: "ranked" as const,
        fold,
        columns: columns[fold],
      }))
    ),
    random: sizes.flatMap((size) =>
      folds.flatMap((fold) => {
        const genes = countsOf(panels, size, fold);
        const seeds = seedsOf.get(size)!;
        return genes.length === 0
          ? []
          : Array.from({ length: Math.ceil(sets / BATCH) }, (_, batch) => ({
            kind: "random" as const,
            size,
            fold,
            genes,
            seeds: seeds.slice(batch * BATCH, (batch + 1) * BATCH),
          }));
      })
    ),
  };
}

/** The numbers of genes that panels of a size have in a fold, ascending. */
function countsOf(
  panels: readonly PlannedPanel[],
  size: number,
  fold: number,
): number[] {
  const counts = panels.filter((panel) => panel.size === size)
    .map(({ columns }) => columns[fold].length);
  return [...new Set(counts)].sort((a, b) => a - b);
}
