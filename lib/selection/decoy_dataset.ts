/** The decoys as a dataset, so that they are compared between tissues alike. */

import type { Dataset } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";

/** The same samples with the decoys' values instead of the genes'. */
export function decoyDataset(
  dataset: Dataset,
  { values, columns, decoyColumns, decoys }: ImageMatrix,
): Dataset {
  const count = decoys.length;
  const own = new Float32Array(dataset.sampleIds.length * count);
  for (let row = 0; row < dataset.sampleIds.length; row++) {
    for (let decoy = 0; decoy < count; decoy++) {
      own[row * count + decoy] = values[row * columns + decoyColumns[decoy]];
    }
  }
  return {
    ...dataset,
    genes: decoys.map(({ name }) => name),
    geneFacts: decoys.map(() => ({ name: null, description: null })),
    values: own,
  };
}
