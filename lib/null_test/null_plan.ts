/** The random gene sets of a null model with their tasks and seeds. */

import { planSpaces, type Repeats } from "../clusters/space_tasks.ts";
import type { Space } from "../clusters/spaces/space.ts";
import { shapMethod } from "../gene_sets/shap.ts";
import { deriveSeed } from "../random.ts";
import type { Looks } from "../statistics/interim_look.ts";
import type { GenePool, NullModel } from "./null_models/null_model.ts";
import { uniformNull } from "./null_models/uniform.ts";

/**
 * Draws the sets of a null model. Set n is the same however many sets there
 * are.
 */
export function planNull(
  model: NullModel,
  pool: GenePool,
  { geneSet, sets, firstLook = sets, spaces, repeats, master }: {
    readonly geneSet: string;
    readonly sets: number;
    /** Sets after which a clear test ends; by default all. */
    readonly firstLook?: number;
    readonly spaces: readonly Space[];
    readonly repeats: Repeats;
    /** Master seed. */
    readonly master: number;
  },
) {
  const tested = new Set(pool.tested);
  const planned = Array.from({ length: sets }, (_, index) => {
    const stream = `${streamOf(geneSet, model)}/${index + 1}`;
    const geneSeed = deriveSeed(master, `${stream}/genes`);
    const columns = model.draw(pool, geneSeed);
    return {
      geneSeed,
      /** Genes that are in the tested set, too. */
      shared: columns.reduce((sum, column) => sum + +tested.has(column), 0),
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
  const looks: Looks = { first: Math.min(firstLook, sets), last: sets };
  return { model, geneSet, sets: planned, looks };
}

export type PlannedNull = ReturnType<typeof planNull>;

/** Random sets for the SHAP set have streams without its name. */
function streamOf(geneSet: string, { name }: NullModel): string {
  const kind = name === uniformNull.name ? "set" : name;
  return geneSet === shapMethod.name
    ? `ttest/${kind}`
    : `ttest/${geneSet}/${kind}`;
}
