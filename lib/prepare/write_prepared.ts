/** Writes the samples, the genes and their values, and the decoys. */

import type { StageContext } from "../pipeline/stage.ts";
import { writeNpy } from "../store/npy.ts";
import type { DecoyGenes } from "./decoys.ts";
import { describeGenes } from "./gene_statistics.ts";
import { rowsInIdOrder } from "./order.ts";
import * as files from "./outputs.ts";
import type { PreparationInput } from "./input/read_input.ts";
import type { SampleSplit } from "./split/sample_split.ts";

/**
 * Writes the samples with their parts, their batches if they are given, and the
 * folds if there are several.
 */
export async function writeSamples(
  context: StageContext<unknown>,
  { sampleIds, tissues, groups, batches }: PreparationInput,
  { split, foldOf, folds }: SampleSplit,
): Promise<void> {
  await context.write(
    files.samples,
    sampleIds.map((sample_id, row) => ({
      sample_id,
      tissue: tissues[row],
      group: groups?.[row] ?? "",
      split: split[row],
      fold: foldOf[row] || null,
    })),
  );
  if (batches !== undefined) {
    await context.write(
      files.batches,
      sampleIds.map((sample_id, row) => ({ sample_id, batch: batches[row] })),
    );
  }
  if (foldOf.every((fold) => fold === 0)) return;
  await context.write(
    files.folds,
    folds.flatMap(({ fold, split }) =>
      sampleIds.map((sample_id, row) => ({
        fold,
        sample_id,
        split: split[row],
      }))
    ),
  );
}

/** Writes the genes and their transformed values. */
export async function writeGenes(
  context: StageContext<unknown>,
  { sampleIds, genes, geneFacts, values }: PreparationInput,
  zeros: Int32Array,
): Promise<void> {
  const { mean, sd } = describeGenes(
    values,
    genes.length,
    rowsInIdOrder(sampleIds),
  );
  await context.write(
    files.genes,
    genes.map((gene, column) => ({
      gene,
      name: geneFacts[column].name || null,
      description: geneFacts[column].description || null,
      mean: mean[column],
      sd: sd[column],
      n_zero_samples: zeros[column],
    })),
  );
  await writeNpy(context.pathOf(files.expression), values, [
    sampleIds.length,
    genes.length,
  ]);
}

/** Writes the decoys and their transformed values. */
export async function writeDecoys(
  context: StageContext<unknown>,
  { sampleIds, genes }: PreparationInput,
  { decoys, values, columns }: DecoyGenes,
): Promise<void> {
  await context.write(
    files.decoys,
    decoys.map(({ name, source, kind }, decoy) => ({
      decoy: name,
      source: genes[source],
      kind,
      column: columns[decoy],
    })),
  );
  await writeNpy(context.pathOf(files.decoyValues), values, [
    sampleIds.length,
    decoys.length,
  ]);
}
