/** Notes names that `--ignore` gives and the matrix has not. */

import { countOf, quote } from "../../cli/text.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { listFew, nearName } from "../labels/named.ts";

/**
 * One note for all names of `--ignore` that are neither an id nor a column or
 * row of texts, with the nearest name if it is near.
 *
 * @param raw The matrix; nothing is noted if its reader does not tell what it
 * left out.
 */
export function noteUnknownIgnored(
  { rows, columns, ignored }: RawMatrix,
  ignore: readonly string[],
): string[] {
  if (ignored === undefined || ignore.length === 0) return [];
  const known = new Set(ignored);
  for (const { title, ids, annotations } of [rows, columns]) {
    known.add(title);
    for (const id of ids) known.add(id.trim());
    for (const { name } of annotations) known.add(name);
  }
  const unknown = ignore.filter((name) => !known.has(name));
  if (unknown.length === 0) return [];
  // What is left out already is not meant.
  for (const name of ignored) known.delete(name);
  const named = unknown.map((name) => {
    const near = nearName(name, known);
    return quote(name) +
      (near === undefined ? "" : ` (did you mean ${quote(near)}?)`);
  });
  return [
    `--ignore gives ${countOf(unknown.length, "name")} that no column and no ` +
    `row of the matrix has: ${listFew(named)}`,
  ];
}
