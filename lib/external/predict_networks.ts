/** What the run's networks say of the other cohort. */

import { type Backend, openBackend } from "../backend/open.ts";
import { noteSpeed } from "../backend/speed_note.ts";
import { withThreads } from "../backend/threads.ts";
import { rerun, RunError } from "../cli/errors.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import { type NetworkFile, readNetworks } from "../cnn/ensemble.ts";
import { disposeFrozen, freeze } from "../cnn/inference_pass.ts";
import { buildNetwork, disposeNetwork } from "../cnn/network.ts";
import { predictLogits } from "../cnn/predict.ts";
import { readNetwork } from "../cnn/read_network.ts";
import { softmax } from "../cnn/softmax.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { type ImageMatrix, readImageMatrix } from "../prepare/image_matrix.ts";
import { contrastRows } from "../prepare/tissue_contrasts.ts";
import type { Cohort } from "./cohort.ts";
import type { View } from "./views.ts";

/** Samples that are made images at a time: a cohort may be large. */
const AT_A_TIME = 256;

/** The networks' mean probabilities. */
export interface NetworkPredictions {
  /** By view: samples x the run's tissues. */
  readonly probabilities: readonly Float64Array[];
  readonly networks: number;
  readonly backend: Backend;
}

/**
 * Predicts the other cohort's samples by every network of the run, those of
 * all folds, and takes the mean of their probabilities. Genes that the cohort
 * lacks, and the decoys, which no other cohort has, are given their means over
 * the run's training samples.
 *
 * @throws {InputError} If a network does not fit the prepared data.
 * @throws {RunError} If an output is not finite.
 */
export async function predictByNetworks(
  context: Pick<
    StageContext,
    "read" | "has" | "artifact" | "progress" | "settings" | "say"
  >,
  run: Dataset,
  cohort: Cohort,
  views: readonly View[],
): Promise<NetworkPredictions> {
  const matrix = await readImageMatrix(context, run);
  const files = await readNetworks(context);
  const backend = await openBackend(context.settings.backend, "external");
  noteSpeed(backend, context.say);
  const samples = cohort.dataset.sampleIds.length;
  const tissues = run.tissueNames.length;
  const usual = trainingMeans(run, matrix);
  const probabilities = views.map(() => new Float64Array(samples * tissues));
  using progress = context.progress(
    "predicting",
    files.length * views.length * samples,
    "samples",
  );
  await withThreads(context.settings.threads, async () => {
    for (const file of files) {
      const { architecture, weights } = await readNetwork(file, run, matrix);
      const frozen = freeze(buildNetwork(architecture, weights));
      const batch = inferenceBatch(backend, architecture);
      for (const [index, { values }] of views.entries()) {
        for (let start = 0; start < samples; start += AT_A_TIME) {
          const count = Math.min(AT_A_TIME, samples - start);
          const logits = await predictLogits(
            frozen,
            placeGenes(values, start, count, usual, cohort.columns, matrix),
            count,
            batch,
            (done) => progress.advance(done),
          );
          checkFinite(logits, file);
          softmax(logits, tissues).forEach((probability, at) =>
            probabilities[index][start * tissues + at] += probability /
              files.length
          );
        }
      }
      disposeFrozen(frozen);
      disposeNetwork(frozen.network);
    }
  });
  return { probabilities, networks: files.length, backend };
}

/** Each column's mean over the run's training samples. */
function trainingMeans(
  run: Dataset,
  { values, columns }: Pick<ImageMatrix, "values" | "columns">,
): Float64Array {
  const rows = contrastRows(run);
  const means = new Float64Array(columns);
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      means[column] += values[row * columns + column];
    }
  }
  return means.map((sum) => sum / rows.length);
}

/** Some samples' values among those of an average sample. */
function placeGenes(
  values: Float32Array,
  start: number,
  samples: number,
  usual: Float64Array,
  genes: Uint32Array,
  { columns, geneColumns }: Pick<ImageMatrix, "columns" | "geneColumns">,
): Float32Array {
  const placed = new Float32Array(samples * columns);
  for (let row = 0; row < samples; row++) {
    placed.set(usual, row * columns);
    genes.forEach((gene, at) =>
      placed[row * columns + geneColumns[gene]] =
        values[(start + row) * genes.length + at]
    );
  }
  return placed;
}

function checkFinite(
  logits: ArrayLike<number>,
  { fold, member }: NetworkFile,
): void {
  if (Array.prototype.every.call(logits, Number.isFinite)) return;
  throw new RunError(
    `Cannot judge by another cohort: outputs of network ${member} of fold ` +
      `${fold} are not finite and should be; its weights may have diverged`,
    rerun("cnn", { "learning-rate": 0.00001 }),
  );
}
