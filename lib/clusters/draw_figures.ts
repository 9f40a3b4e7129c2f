/** The figures that the stage `clusters` draws. */

import type { Dataset } from "../prepare/dataset.ts";
import { drawEmbedding } from "./figures/embedding.ts";
import { drawVMeasures } from "./figures/v_measures.ts";
import { countOf } from "../cli/text.ts";
import type { PreparedClustering } from "./clustering_inputs.ts";
import type { FinishedSet } from "./outputs.ts";
import type { SpaceTask } from "./score_gene_set.ts";
import { findSpace } from "./spaces/spaces.ts";

/** A picture and the name of its file. */
export interface DrawnFigure {
  readonly file: string;
  readonly svg: string;
}

/** The gene set whose principal components are drawn, too. */
const SHAP = "shap";

/** Where the images of a gene set in a space go; `null` for no picture. */
function fileOf(set: string, space: string): string | null {
  if (space === "umap") return `embedding_${set}.svg`;
  return set === SHAP ? `embedding_${space}_${set}.svg` : null;
}

/**
 * Draws every gene set in UMAP space, the SHAP set in the other spaces that
 * can be drawn, too, and the V-measures of all sets in all spaces.
 *
 * @param finished All gene sets, each in the same spaces.
 */
export function drawFigures(
  finished: readonly FinishedSet[],
  dataset: Dataset,
  { rows }: PreparedClustering,
): DrawnFigure[] {
  const embeddings = finished.flatMap(({ set, task, scored }) =>
    scored.flatMap(({ plane }, place): DrawnFigure[] => {
      const { space } = task.spaces[place];
      const file = fileOf(set.name, space);
      if (plane === null || file === null) return [];
      return [{
        file,
        svg: drawEmbedding({
          title: `${titleOf(space)} of ${countOf(rows.length, "sample")} on ` +
            `${countOf(set.columns.length, "gene")} (${set.name})`,
          points: rows.map((row, at) => ({
            sampleId: dataset.sampleIds[row],
            tissue: dataset.tissues[row],
            x: plane[at * 2],
            y: plane[at * 2 + 1],
          })),
        }),
      }];
    })
  );
  const spaces: readonly SpaceTask[] = finished[0]?.task.spaces ?? [];
  const svg = drawVMeasures({
    rows: spaces.flatMap(({ space }, place) =>
      finished.flatMap(({ set, scored }) =>
        scored[place].repeats.map(({ vMeasure }) => ({
          geneSet: set.name,
          genes: set.columns.length,
          space: findSpace(space).title,
          vMeasure,
        }))
      )
    ),
  });
  return [...embeddings, { file: "v_measures.svg", svg }];
}

function titleOf(space: string): string {
  return space === "pca"
    ? "First two principal components"
    : findSpace(space).title;
}
