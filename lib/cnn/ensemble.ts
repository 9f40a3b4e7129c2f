/** Which networks a run has: one a fold and replicate. */

import { InputError } from "../cli/errors.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readTable } from "../store/csv.ts";

/** One network's place in the run. */
export interface EnsembleMember {
  /** The fold whose test samples it has not seen, from 1. */
  readonly fold: number;
  /** From 1; replicates differ in their random numbers alone. */
  readonly replicate: number;
}

/** One network's files. */
export interface NetworkFile extends EnsembleMember {
  readonly modelPath: string;
  readonly weightsPath: string;
}

/** The names of a network's files in `cnn/`. */
export interface NetworkFileNames {
  readonly model: string;
  readonly weights: string;
  readonly history: string;
}

/**
 * All networks of a run, fold by fold.
 */
export function planNetworks(
  folds: number,
  replicates: number,
): EnsembleMember[] {
  return Array.from({ length: folds * replicates }, (_, at) => ({
    fold: Math.floor(at / replicates) + 1,
    replicate: at % replicates + 1,
  }));
}

function isFirst({ fold, replicate }: EnsembleMember): boolean {
  return fold === 1 && replicate === 1;
}

/**
 * The names of a network's files. Those of a run with a single network are
 * the plain ones.
 */
export function networkFileNames(network: EnsembleMember): NetworkFileNames {
  const suffix = isFirst(network)
    ? ""
    : `_fold${network.fold}_replicate${network.replicate}`;
  return {
    model: `model${suffix}.json`,
    weights: `weights${suffix}.bin`,
    history: `history${suffix}.csv`,
  };
}

/**
 * The name of one of a network's random streams.
 */
export function networkStream(network: EnsembleMember, name: string): string {
  return isFirst(network)
    ? name
    : `fold/${network.fold}/replicate/${network.replicate}/${name}`;
}

/**
 * The networks that the cnn stage trained, fold by fold.
 *
 * @param context Finds the stage's files.
 * @throws {InputError} If the stage has not run or a file was altered.
 */
export async function readNetworks(
  context: Pick<StageContext, "artifact">,
): Promise<NetworkFile[]> {
  const path = await context.artifact("cnn/networks.csv");
  const rows = readTable(await Deno.readTextFile(path));
  if (rows.length === 0) {
    throw new InputError(
      `Cannot read the networks: ${path} names none`,
      "deno task cnn --force",
    );
  }
  const networks: NetworkFile[] = [];
  for (const row of rows) {
    networks.push({
      fold: Number(row.fold),
      replicate: Number(row.replicate),
      modelPath: await context.artifact(`cnn/${row.model}`),
      weightsPath: await context.artifact(`cnn/${row.weights}`),
    });
  }
  return networks;
}
