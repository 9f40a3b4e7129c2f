/** Reads the matrix as the stage `prepare` does. */

import { delimitedText } from "../../lib/prepare/formats/delimited_text.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** What to read. */
export interface ReadCsvTask {
  readonly path: string;
  /** Whether it has a row for each gene; by default for each sample. */
  readonly genesInRows?: boolean;
}

await reportMeasurement(async ({ path, genesInRows }: ReadCsvTask) => {
  const start = performance.now();
  const { rows, columns, faults, ...matrix } = await delimitedText.read(
    { path },
    { label: "tissue" },
  );
  if (faults.length > 0) throw new Error("Cells hold no number");
  const [samples, genes] = genesInRows ? [columns, rows] : [rows, columns];
  if (samples.annotations.length !== 1) throw new Error("There is no tissue");
  const values = matrix.values.take({ transposed: genesInRows });
  const seconds = secondsSince(start);
  let sum = 0;
  for (const value of values) sum += value;
  return {
    seconds,
    facts: {
      megabytes: Math.round((await Deno.stat(path)).size / 1e6),
      samples: samples.ids.length,
      genes: genes.ids.length,
      sum,
    },
  };
});
