/** Finds tissues that may be one tissue in several spellings. */

import { byCodeUnit, countOf, quote } from "../../cli/text.ts";
import { isMissingLabel, labelKey } from "./label_key.ts";
import { listFew } from "./named.ts";

/** Groups and renamings that the note shows. */
const SHOWN = 4;

/**
 * The tissues that differ only in case, blanks or `_-.`, in groups of two or
 * more; each group begins with the spelling that most samples have.
 *
 * @param sizes The number of samples by tissue.
 */
export function alikeTissues(sizes: ReadonlyMap<string, number>): string[][] {
  const named = [...sizes.keys()].filter((tissue) => !isMissingLabel(tissue))
    .sort((a, b) => sizes.get(b)! - sizes.get(a)! || byCodeUnit(a, b));
  return [...Map.groupBy(named, labelKey).values()]
    .filter(({ length }) => length > 1)
    .sort(([a], [b]) => byCodeUnit(a, b));
}

/** Notes them all at once, with what a table of `--merge-labels` should hold. */
export function noteAlike(groups: readonly (readonly string[])[]): string[] {
  if (groups.length === 0) return [];
  const names = groups.reduce((sum, { length }) => sum + length, 0);
  const spelled = groups.map((group) => listFew(group.map(quote), SHOWN));
  const rows = groups.flatMap(([to, ...others]) =>
    others.map((from) => `${quote(from)} to ${quote(to)}`)
  );
  return [
    `${names} tissues differ from another one only in case, blanks or _-. and ` +
    `may be ${countOf(groups.length, "tissue")}: ${
      spelled.slice(0, SHOWN).join("; ")
    }${spelled.length > SHOWN ? "; …" : ""}. To merge them give ` +
    "--merge-labels FILE, a table with the columns from and to: from " +
    listFew(rows, SHOWN),
  ];
}
