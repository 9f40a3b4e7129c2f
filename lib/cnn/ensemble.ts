/** Which networks a run has: an ensemble a fold. */

import { InputError, rerun } from "../cli/errors.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readTable } from "../store/csv.ts";

/** One network of the run. */
export interface EnsembleMember {
  /** The fold whose test samples it has not seen, from 1. */
  readonly fold: number;
  /** From 1; the members of a fold differ in their random numbers alone. */
  readonly member: number;
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
 *
 * @param members Networks a fold.
 */
export function planNetworks(
  folds: number,
  members: number,
): EnsembleMember[] {
  return Array.from({ length: folds * members }, (_, index) => ({
    fold: Math.floor(index / members) + 1,
    member: index % members + 1,
  }));
}

function isFirst({ fold, member }: EnsembleMember): boolean {
  return fold === 1 && member === 1;
}

/**
 * The names of a network's files. Those of a run with a single network are
 * the plain ones.
 */
export function networkFileNames(network: EnsembleMember): NetworkFileNames {
  const suffix = isFirst(network)
    ? ""
    : `_fold${network.fold}_member${network.member}`;
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
  if (isFirst(network)) return name;
  // The seeds are derived from these words: other words, other numbers.
  return `fold/${network.fold}/replicate/${network.member}/${name}`;
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
      `Cannot read the networks: ${path} lists none`,
      rerun("cnn", { force: true }),
    );
  }
  const networks: NetworkFile[] = [];
  for (const row of rows) {
    networks.push({
      fold: Number(row.fold),
      member: Number(row.member),
      modelPath: await context.artifact(`cnn/${row.model}`),
      weightsPath: await context.artifact(`cnn/${row.weights}`),
    });
  }
  return networks;
}
