/** Reads the user's table of tissues to rename or to merge. */

/**
 * Reads a table with the columns `from` and `to`.
 *
 * @returns The new name of each tissue that is to be renamed.
 * @throws {InputError} If the file is no such table, or gives a tissue two
 * names.
 */
export function readLabelMerges(
  _path: string,
): Promise<ReadonlyMap<string, string>> {
  return Promise.reject(new Error("not there yet"));
}
