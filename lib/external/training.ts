/** The run's samples that the simple classifiers learn from. */

import { pickColumns } from "../ml/pick_columns.ts";
import { type Dataset, takeRows } from "../prepare/dataset.ts";
import { contrastRows } from "../prepare/tissue_contrasts.ts";
import type { Cohort } from "./cohort.ts";
import type { CommonSamples } from "./views.ts";

/** Training and validation samples (with folds all), by id. */
export interface TrainingSamples {
  /** Of all tissues, with the run's classes and the common genes. */
  readonly all: CommonSamples;
  /** Of the common tissues, with the cohort's classes. */
  readonly common: CommonSamples;
}

/** Takes the run's samples with the genes that the other cohort has. */
export function takeTraining(
  run: Dataset,
  { columns, classes }: Pick<Cohort, "columns" | "classes">,
): TrainingSamples {
  const take = (
    rows: readonly number[],
    classOf: (row: number) => number,
    tissues: number,
  ): CommonSamples => ({
    values: pickColumns(
      takeRows(run, rows),
      run.genes.length,
      columns,
    ) as Float32Array<ArrayBuffer>,
    genes: columns.length,
    classOf: Int32Array.from(rows, classOf),
    tissues,
  });
  const rows = contrastRows(run);
  const own = (row: number) => run.classOf[row];
  return {
    all: take(rows, own, run.tissueNames.length),
    common: take(
      rows.filter((row) => classes.includes(own(row))),
      (row) => classes.indexOf(own(row)),
      classes.length,
    ),
  };
}
