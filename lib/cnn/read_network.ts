/** Reads a trained network that is to be used on the prepared data. */

import { InputError, rerun } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import type { NetworkFile } from "./ensemble.ts";
import { readModel } from "./keras_model.ts";

/**
 * Reads a network's layers and weights.
 *
 * @throws {InputError} If a file cannot be read, or the network was trained on
 * other data: its number of genes and decoys or its tissues are others.
 */
export async function readNetwork(
  { modelPath, weightsPath }: NetworkFile,
  { tissueNames }: Pick<Dataset, "tissueNames">,
  { columns }: Pick<ImageMatrix, "columns">,
) {
  const { architecture, weights, metadata } = await readModel(
    modelPath,
    weightsPath,
  );
  const refuse = (what: string): never => {
    throw new InputError(
      `Cannot use ${modelPath}: ${what}`,
      rerun("cnn", { force: true }),
    );
  };
  const { genes, tissues } = metadata;
  if (genes !== columns || tissues.length !== tissueNames.length) {
    refuse(
      `it takes ${genes} genes and decoys and knows ${tissues.length} ` +
        `tissues; the prepared data have ${columns} and ${tissueNames.length}`,
    );
  }
  const other = tissueNames.findIndex((name, index) => name !== tissues[index]);
  if (other >= 0) {
    refuse(
      `its tissue ${other + 1} is ${quote(tissues[other])} and should be ` +
        `${quote(tissueNames[other])}, as in the prepared data`,
    );
  }
  return { architecture, weights };
}
