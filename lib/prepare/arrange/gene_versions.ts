/** Leaves out the versions at the end of gene ids. */

import { countOf, quote, withCommas } from "../../cli/text.ts";

/**
 * An id that ends with a version: letters, and five or more digits before the
 * point. So `.7` of the clone RP11-34P13.7, `.6` of the worm's F10E9.6 and `.1`
 * of StringTie's MSTRG.1 stay, which are no versions.
 */
const VERSIONED =
  /^([^-\s]*[A-Za-z][^-\s]*\d{5}|[A-Za-z]+\d{5,})\.\d+(_PAR_Y)?$/;
/** The accession of a clone, such as AC012345.1: the name of a gene as it is. */
const CLONE = /^[A-Z]{1,2}\d{5,6}\.\d+$/;

/** The id without its version; `_PAR_Y` behind that stays. */
export function withoutVersion(id: string): string {
  return CLONE.test(id) ? id : id.replace(VERSIONED, "$1$2");
}

/**
 * Leaves out the versions of all ids.
 *
 * @returns The ids, and a note that counts them.
 */
export function stripVersions(
  ids: readonly string[],
): { ids: string[]; note: string } {
  const stripped = ids.map(withoutVersion);
  const changed = ids.filter((id, index) => id !== stripped[index]);
  const kept = ids.filter((id, index) =>
    id === stripped[index] && /\.\d+$/.test(id)
  );
  if (changed.length === 0) {
    return { ids: stripped, note: "No gene id ends with a version" };
  }
  const note = `The version is left out of ${withCommas(changed.length)} of ${
    countOf(ids.length, "gene id")
  }: ${quote(changed[0])} is ${quote(withoutVersion(changed[0]))}`;
  return {
    ids: stripped,
    note: kept.length === 0
      ? note
      : `${note}; ${withCommas(kept.length)}, such as ${
        quote(kept[0])
      }, end with a number that is no version`,
  };
}
