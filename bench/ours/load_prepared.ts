/** Loads the prepared matrix as the stage `cnn` does. */

import { readDataset } from "../../lib/prepare/dataset.ts";
import { readImageMatrix } from "../../lib/prepare/image_matrix.ts";
import { hashFile } from "../../lib/store/hash.ts";
import { runReader } from "../run_reader.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** What to load. */
export interface LoadPreparedTask {
  /** The folder of a run with a finished `prepare`. */
  readonly run: string;
}

await reportMeasurement(async ({ run }: LoadPreparedTask) => {
  const context = runReader(run);
  const start = performance.now();
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const seconds = secondsSince(start);
  // A stage also checks the hash of every file that it reads.
  const hashed = performance.now();
  for (const name of ["expression.npy", "decoys.npy"]) {
    await hashFile(`${run}/prepare/${name}`);
  }
  return {
    seconds,
    facts: {
      samples: dataset.sampleIds.length,
      genes: dataset.genes.length,
      columns: matrix.columns,
      "seconds of the SHA-256 check": secondsSince(hashed),
    },
  };
});
