/** What is explained: the first network of a finished run and some samples. */

import { openBackend } from "../../lib/backend/open.ts";
import { inferenceBatch } from "../../lib/cnn/batch_limits.ts";
import { freeze, type FrozenNetwork } from "../../lib/cnn/inference_pass.ts";
import { readModel } from "../../lib/cnn/keras_model.ts";
import { buildNetwork } from "../../lib/cnn/network.ts";
import { readNetworks } from "../../lib/cnn/ensemble.ts";
import { readDataset } from "../../lib/prepare/dataset.ts";
import {
  readImageMatrix,
  takeImageRows,
} from "../../lib/prepare/image_matrix.ts";
import { deriveSeed } from "../../lib/random.ts";
import type { DrawSource } from "../../lib/shap/draws.ts";
import { testRows } from "../../lib/shap/explained_rows.ts";
import type { ExplainedSample } from "../../lib/shap/fold_samples.ts";
import { predictFolds } from "../../lib/shap/predictions.ts";
import { runReader } from "../run_reader.ts";

/** A network and the samples that it explains. */
export interface Subjects {
  readonly frozen: FrozenNetwork;
  readonly batch: number;
  /** Background samples x columns. */
  readonly background: Float32Array;
  readonly source: DrawSource;
  /** One per tissue, predicted correctly. */
  readonly samples: readonly (ExplainedSample & {
    readonly expression: Float32Array;
  })[];
  readonly genes: readonly string[];
  /** The image column of each gene. */
  readonly geneColumns: Uint32Array;
}

/**
 * Reads a run; trains and writes nothing.
 *
 * @param folder The run's folder.
 * @param count Most samples, one per tissue.
 * @param seed Master seed.
 */
export async function readSubjects(
  folder: string,
  count: number,
  seed: number,
): Promise<Subjects> {
  const context = runReader(folder);
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const backend = await openBackend("wasm");
  // All, because each fold needs its own; the first network is explained.
  const networks = await readNetworks(context);
  const [file] = networks;
  const [fold] = await predictFolds({
    rowsOf: (fold) => testRows(dataset, fold),
    dataset,
    matrix,
    networks,
    maxBufferBytes: backend.maxBufferBytes,
    output: "probability",
    sampleRule: "right",
    densitySeed: () => deriveSeed(seed, "density"),
  });
  const { architecture, weights } = await readModel(
    file.modelPath,
    file.weightsPath,
  );
  const samples = dataset.tissueNames.flatMap((name) =>
    fold.samples.find(({ tissue, predicted }) =>
      tissue === name && predicted === name
    ) ?? []
  );
  return {
    frozen: freeze(buildNetwork(architecture, weights)),
    batch: inferenceBatch(backend, architecture),
    background: takeImageRows(matrix, fold.backgroundRows),
    source: {
      classes: fold.backgroundClasses,
      density: fold.networks[0].alphaDensity,
    },
    samples: samples.slice(0, count).map((sample) => ({
      ...sample,
      expression: takeImageRows(matrix, [sample.row]),
    })),
    genes: dataset.genes,
    geneColumns: matrix.geneColumns,
  };
}
