/** The two studies that faults are tried on, and what they end in. */

import { RunError } from "../../lib/cli/errors.ts";
import { digestsOf, emptyFolder } from "./run_folder.ts";
import { RUN, runAll } from "./suite.ts";

const words = (text: string) => text.split(" ");

const data = words(
  "--simulate.samples 36 --simulate.genes 50 --simulate.tissues 3 " +
    "--simulate.planted 5 --simulate.studies 3 --backend wasm",
);

/** Most stages take a second or more, and keep checkpoints. */
export const longer: readonly string[] = [
  ...data,
  ...words("--folds 2 --cnn.ensemble 2 --cnn.width 0.125 --cnn.epochs 15"),
  ...words("--shap.draws 10 --clusters.random-sets 4 --clusters.n-init 10"),
  ...words("--ttest.sets 12 --panels.sets 40"),
  ...words("--checks.draws 3 --checks.epochs 4"),
];

/** Every stage takes as little as it can. */
export const quickest: readonly string[] = [
  ...data,
  ...words("--cnn.width 0.0625 --cnn.epochs 2 --shap.draws 5"),
  ...words("--clusters.random-sets 2 --clusters.n-init 5"),
  ...words("--ttest.sets 3 --panels.sets 3"),
  ...words("--checks.draws 2 --checks.epochs 1 --threads 1"),
];

/** One thread works in the command itself, two in workers of their own. */
export type Threads = 1 | 2;

/** The longer study by so many threads; no byte may depend on it. */
export function longerBy(threads: Threads): string[] {
  return [...longer, "--threads", String(threads)];
}

/** A run that was not interrupted. */
export interface WholeRun {
  /** The folder that holds its folder. */
  readonly folder: string;
  readonly digests: ReadonlyMap<string, string>;
  readonly seconds: number;
}

/**
 * Makes a run without interruption.
 *
 * @param lanes Runs that are made at the same time, so that one takes as long
 * as a trial among others.
 * @throws {RunError} If it fails: then no fault can be tried.
 */
export async function makeWhole(
  folder: string,
  flags: readonly string[],
  lanes = 1,
): Promise<WholeRun> {
  await emptyFolder(folder);
  // What is compiled once is not part of the time that a run takes.
  await runAll(folder, ["--help"]);
  const start = performance.now();
  const all = Array.from({ length: lanes }, async (_, lane) => {
    const own = lane === 0 ? folder : await emptyFolder(`${folder}-${lane}`);
    const { code, err } = await runAll(own, flags);
    if (code !== 0) {
      throw new RunError(`Cannot make a whole run: ${err.trim()}`);
    }
  });
  await Promise.all(all);
  return {
    folder,
    digests: await digestsOf(`${folder}/${RUN}`),
    seconds: (performance.now() - start) / 1000,
  };
}
