/** What the report says of the data is made from. */

import type { SectionReader } from "../../report/section.ts";
import * as files from "../outputs.ts";

/** With fewer test samples per tissue the scores are very uncertain. */
const FEW_SAMPLES_PER_TISSUE = 5;

/** What the data are, with the rows behind it. */
export type DataRows = Awaited<ReturnType<typeof readRows>>;

/** Reads what the stage wrote. */
export async function readRows(reader: SectionReader) {
  const sampleRows = await reader.read(files.samples);
  const genes = await reader.read(files.genes);
  const preprocessing = await reader.read(files.preprocessing);
  const input = await reader.read(files.input);
  const review = await reader.read(files.review);
  const foldRows = await reader.has(files.folds)
    ? await reader.read(files.folds)
    : [];
  const decoys = await reader.has(files.decoys)
    ? await reader.read(files.decoys)
    : [];
  const tissues = distinct(sampleRows.map(({ tissue }) => tissue)).length;
  const tested = inPart(sampleRows, "test").length;
  return {
    samples: sampleRows.length,
    genes: genes.length,
    /** Zero in every sample. */
    silent_genes:
      genes.filter(({ n_zero_samples }) => n_zero_samples === sampleRows.length)
        .length,
    /** Those of noise. */
    decoys: decoys.filter(({ kind }) => kind === "noise").length,
    /** The factors that genes and knockoffs share; null without knockoffs. */
    knockoff_factors: await reader.has(files.knockoffs)
      ? (await reader.read(files.knockoffs)).factors
      : null,
    tissues,
    /** Test parts; 1 for a single one. */
    folds: Math.max(1, distinct(foldRows.map(({ fold }) => fold)).length),
    test_samples: tested,
    test_samples_per_tissue: tested / tissues,
    few_test_samples: tested / tissues < FEW_SAMPLES_PER_TISSUE,
    preprocessing,
    input,
    review,
    sampleRows,
    foldRows,
  };
}

/** The rows of one part of the split. */
export function inPart<Row extends { readonly split: files.Split }>(
  rows: readonly Row[],
  part: files.Split,
): Row[] {
  return rows.filter(({ split }) => split === part);
}

/** Each value once, in the order of the first. */
export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
