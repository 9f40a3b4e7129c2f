/** Renames and merges tissues as the user's table says. */

import { InputError } from "../../cli/errors.ts";
import { countOf, quote } from "../../cli/text.ts";
import type { Revision } from "../review/revision.ts";
import { listFew, listNames, nearName, sortedNames } from "./named.ts";

/**
 * Gives tissues the names of a table, all at once: a new name is not renamed
 * again. Blanks around a name do not matter where no tissue has just these.
 *
 * @param merges The new name of each tissue.
 * @throws {InputError} If it names no tissue of the samples.
 */
export function mergeLabels(
  revision: Revision,
  merges: ReadonlyMap<string, string>,
): void {
  const { tissues } = revision;
  const known = new Set(tissues);
  const trimmed = new Map(
    [...merges].map(([from, to]) => [from.trim(), to] as const),
  );
  const counts = new Map<string, number>();
  const used = new Set<string>();
  const targetOf = new Map<string, string>();
  for (const tissue of known) {
    const to = merges.get(tissue) ?? trimmed.get(tissue.trim());
    if (to === undefined) continue;
    used.add(merges.has(tissue) ? tissue : tissue.trim());
    if (to !== tissue) targetOf.set(tissue, to);
  }
  tissues.forEach((tissue, row) => {
    const to = targetOf.get(tissue);
    if (to === undefined) return;
    tissues[row] = to;
    counts.set(tissue, (counts.get(tissue) ?? 0) + 1);
  });
  const unknown = sortedNames(merges.keys())
    .filter((from) => !used.has(from) && !used.has(from.trim()));
  if (merges.size > 0 && unknown.length === merges.size) {
    throw new InputError(
      `Cannot merge tissues: no sample has a tissue that --merge-labels ` +
        `names (${listNames(unknown)}), and some should; the tissues are ` +
        listNames(sortedNames(known)),
      "Write the tissues into the column from just as the matrix has them",
    );
  }
  for (const from of sortedNames(targetOf.keys())) {
    revision.merged.push({
      from,
      to: targetOf.get(from)!,
      samples: counts.get(from)!,
    });
  }
  revision.notes.push(...noteMerged(revision), ...noteUnknown(unknown, known));
}

function noteMerged({ merged }: Revision): string[] {
  if (merged.length === 0) return [];
  const samples = merged.reduce((sum, { samples }) => sum + samples, 0);
  return [
    `--merge-labels gave ${countOf(samples, "sample")} another tissue: ` +
    listFew(
      merged.map(({ from, to, samples }) =>
        `${quote(from)} is now ${quote(to)} (${samples})`
      ),
    ),
  ];
}

function noteUnknown(
  unknown: readonly string[],
  known: ReadonlySet<string>,
): string[] {
  if (unknown.length === 0) return [];
  const named = unknown.map((from) => {
    const near = nearName(from, known);
    return quote(from) +
      (near === undefined ? "" : ` (did you mean ${quote(near)}?)`);
  });
  return [
    `--merge-labels names ${countOf(unknown.length, "tissue")} that no ` +
    `sample has: ${listFew(named)}`,
  ];
}
