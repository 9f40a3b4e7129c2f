/** The correlation of neighbors in the image, from what the stage has. */

import { byCodeUnit } from "../cli/text.ts";
import { type ImageMatrix, takeImageRows } from "../prepare/image_matrix.ts";
import type { RandomStream } from "../random.ts";
import { columnMeans } from "./background_control.ts";
import {
  meanSlopes,
  type NeighborCorrelations,
  neighborCorrelations,
} from "./image_neighbors.ts";
import type { ExplainedSample, FoldSamples } from "./fold_samples.ts";

/** The scores with what they were made from. */
export interface NeighborInputs {
  readonly matrix: ImageMatrix;
  readonly folds: readonly FoldSamples[];
  /** One a row of the scores. */
  readonly samples: readonly ExplainedSample[];
  /** Each sample's tissue, or null if it is not ranked. */
  readonly tissueOf: readonly (string | null)[];
  /** samples x genes. */
  readonly genes: Float32Array;
  /** samples x decoys. */
  readonly decoys: Float32Array;
}

/**
 * How far the slopes of neighbors go together: the mean over tissues, and over
 * the networks' images where they differ.
 *
 * @param stream Draws the random pairs.
 */
export function scoredNeighbors(
  { matrix, folds, samples, tissueOf, genes, decoys }: NeighborInputs,
  stream: RandomStream,
): NeighborCorrelations {
  const { values, columns, geneColumns, decoyColumns } = matrix;
  // By the sample itself: with folds and training samples it is there often.
  const meansOf = new Map(
    folds.flatMap(({ samples, backgroundRows }) => {
      const background = takeImageRows(matrix, backgroundRows);
      const means = columnMeans(background, backgroundRows.length);
      return samples.map((sample) => [sample, means] as const);
    }),
  );
  const scored = {
    parts: [
      { scores: genes, columns: geneColumns },
      { scores: decoys, columns: decoyColumns },
    ],
    columns,
    valuesOf: (sample: number) => {
      const start = samples[sample].row * columns;
      return values.subarray(start, start + columns);
    },
    meansOf: (sample: number) => meansOf.get(samples[sample])!,
  };
  const ranked = [...samples.keys()]
    .filter((index) => tissueOf[index] !== null)
    .sort((a, b) =>
      byCodeUnit(samples[a].sample_id, samples[b].sample_id) ||
      samples[a].fold - samples[b].fold
    );
  const tissues = [...Map.groupBy(ranked, (index) => tissueOf[index]!)]
    .sort(([a], [b]) => byCodeUnit(a, b));
  return neighborCorrelations(
    tissues.map(([, own]) => meanSlopes(scored, own)),
    [...new Set(folds.flatMap(({ images }) => images))],
    stream,
  );
}
