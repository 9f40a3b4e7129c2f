/** Refuses prepared files that `prepare` did not write so. */

import { quote } from "../cli/text.ts";
import { unfit } from "../store/unfit.ts";
import type { Dataset } from "./dataset.ts";
import * as files from "./outputs.ts";

/**
 * Checks what every later stage relies on: ids that are there once, numbers
 * that are finite, and a part in each fold for each sample.
 *
 * @throws {InputError} If the data lack it.
 */
export function checkDataset(
  { sampleIds, genes, folds, values }: Pick<
    Dataset,
    "sampleIds" | "genes" | "folds" | "values"
  >,
): void {
  checkIds(files.samples.file, "sample", sampleIds);
  checkIds(files.genes.file, "gene", genes);
  if (!values.every(Number.isFinite)) {
    throw unfit(files.expression.file, "every value must be a finite number");
  }
  const parts = folds.length > 1 ? files.folds.file : files.samples.file;
  if (folds.length === 0) {
    throw unfit(files.folds.file, "it has no fold and must have at least one");
  }
  for (const { fold, split } of folds) {
    for (const row of sampleIds.keys()) {
      if (split[row] !== undefined) continue;
      throw unfit(
        parts,
        `fold ${fold} must have a part for sample ${quote(sampleIds[row])}`,
      );
    }
    if (!split.includes("train")) {
      throw unfit(parts, `fold ${fold} must have a training sample`);
    }
  }
}

function checkIds(file: string, what: string, ids: readonly string[]): void {
  if (ids.length === 0) throw unfit(file, `it must have a ${what}`);
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) {
      throw unfit(file, `${what} ${quote(id)} must be there once`);
    }
    seen.add(id);
  }
}
