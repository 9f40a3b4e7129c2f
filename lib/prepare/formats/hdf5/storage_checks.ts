/** Which ways of storing a dataset of an HDF5 file can be read. */

import { quote } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";
import { rewriteAnnData } from "../rewrite.ts";

/** The ids of compressions that the library has itself. */
const BUILT_IN = new Set([1, 2, 3, 5, 6]);
/** The names of others by their ids, as the HDF Group lists them. */
const NAMES = new Map([
  [4, "szip"],
  [307, "bzip2"],
  [32000, "lzf"],
  [32001, "blosc"],
  [32004, "lz4"],
  [32008, "bitshuffle"],
  [32013, "zfp"],
  [32015, "zstd"],
  [32026, "blosc2"],
]);

/**
 * Refuses a dataset that the library would read as garbage.
 *
 * @param dataset Where it is in the file.
 * @throws {InputError} If its values are in other files, or compressed in a way
 * that the library does not know.
 */
export function refuseUnknownStorage(
  path: string,
  dataset: string,
  { isElsewhere, filters }: {
    readonly isElsewhere: boolean;
    readonly filters: readonly { readonly id: number }[];
  },
): void {
  if (isElsewhere) {
    throw unreadable(
      path,
      `the values of ${quote(dataset)} are in other files`,
      "Write them into one file",
    );
  }
  const unknown = filters.find(({ id }) => !BUILT_IN.has(id));
  if (unknown === undefined) return;
  throw unreadable(
    path,
    `${quote(dataset)} is compressed with ${
      NAMES.get(unknown.id) ?? `filter ${unknown.id}`
    }, and only gzip can be read`,
    rewriteAnnData(path),
  );
}
