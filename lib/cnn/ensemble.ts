/** Which networks a run has: an ensemble a fold. */

import type { StageContext } from "../pipeline/stage.ts";
import { unfit } from "../store/unfit.ts";
import { type NetworkRow, networks } from "./outputs.ts";

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

/** What a network is called, such as `2.5`: its fold and its member. */
export function networkName({ fold, member }: EnsembleMember): string {
  return `${fold}.${member}`;
}

/** The names of a network's files in `cnn/`; the first one's are the plain. */
export function networkFileNames(
  network: EnsembleMember,
): Pick<NetworkRow, "model" | "weights" | "history"> {
  const suffix = isFirst(network)
    ? ""
    : `_fold${network.fold}_member${network.member}`;
  return {
    model: `model${suffix}.json`,
    weights: `weights${suffix}.bin`,
    history: `history${suffix}.csv`,
  };
}

/** The name of one of a network's random streams. */
export function networkStream(network: EnsembleMember, name: string): string {
  if (isFirst(network)) return name;
  // The seeds are derived from these words, so they must stay.
  return `fold/${network.fold}/replicate/${network.member}/${name}`;
}

/**
 * The networks that the cnn stage trained, fold by fold.
 *
 * @throws {InputError} If the stage has not run, a file was altered, or the
 * list of networks is none of its own.
 */
export async function readNetworks(
  context: Pick<StageContext, "read" | "artifact">,
): Promise<NetworkFile[]> {
  const rows = await context.read(networks);
  const isOnce = (key: (row: NetworkRow) => string) =>
    new Set(rows.map(key)).size === rows.length;
  const isList = rows.length > 0 &&
    isOnce(({ fold, member }) => `${fold}/${member}`) &&
    isOnce(({ model }) => model) && isOnce(({ weights }) => weights);
  if (!isList) {
    throw unfit(
      networks.file,
      "it must list each network once, with files of its own, and at least one",
    );
  }
  const files: NetworkFile[] = [];
  for (const { fold, member, model, weights } of rows) {
    files.push({
      fold,
      member,
      modelPath: await context.artifact(`cnn/${model}`),
      weightsPath: await context.artifact(`cnn/${weights}`),
    });
  }
  return files;
}
