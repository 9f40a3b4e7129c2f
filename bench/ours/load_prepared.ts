/** Loads the prepared matrix as the stage `cnn` does. */

import { readDataset } from "../../lib/prepare/dataset.ts";
import { readImageMatrix } from "../../lib/prepare/image_matrix.ts";
import { hashFile } from "../../lib/store/hash.ts";
import { secondsSince, tell } from "./measured.ts";

/** What is loaded. */
export interface LoadPreparedTask {
  /** A run's folder in which `prepare` has run. */
  readonly run: string;
}

await tell(async ({ run }: LoadPreparedTask) => {
  const context = {
    artifact: (name: string) => Promise.resolve(`${run}/${name}`),
    hasArtifact: (name: string) =>
      Deno.stat(`${run}/${name}`).then(() => true, () => false),
  };
  const start = performance.now();
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const seconds = secondsSince(start);
  // A stage checks every file that it reads against its record, too.
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
      "checking the files' SHA-256": secondsSince(hashed),
    },
  };
});
