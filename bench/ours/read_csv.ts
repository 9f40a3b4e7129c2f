/** Reads the matrix as the stage `prepare` does. */

import { readMatrix } from "../../lib/prepare/input/read_matrix.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** What to read. */
export interface ReadCsvTask {
  readonly path: string;
}

await reportMeasurement(async ({ path }: ReadCsvTask) => {
  const start = performance.now();
  const { values, sampleIds, genes } = await readMatrix({ path });
  const seconds = secondsSince(start);
  let sum = 0;
  for (const value of values) sum += value;
  return {
    seconds,
    facts: {
      megabytes: Math.round((await Deno.stat(path)).size / 1e6),
      samples: sampleIds.length,
      genes: genes.length,
      sum,
    },
  };
});
