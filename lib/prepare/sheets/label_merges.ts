/** Reads the user's table of tissues to rename or to merge. */

import { countOf, quote, truncateText } from "../../cli/text.ts";
import {
  readSmallTable,
  refuseTable,
  type TablePurpose,
  type TableRow,
} from "../input/small_table.ts";
import { listNames } from "../labels/named.ts";

/** Rows that a message names. */
const NAMED = 3;
const PURPOSE: TablePurpose = {
  what: "the tissues to merge in",
  remedy: "Give a table with the columns from and to: a tissue, its new name",
};

/**
 * Reads a table with the columns `from` and `to`; other columns are ignored,
 * and so is a row that is there twice. New names are final: a tissue that
 * another one is renamed to cannot itself be renamed.
 *
 * @returns The new name of each tissue that is to be renamed.
 * @throws {InputError} If the file is no such table, lacks a name, or gives a
 * tissue two names.
 */
export async function readLabelMerges(
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const { header, rows } = await readSmallTable(path, PURPOSE);
  const refuse = (fault: string, remedy = PURPOSE.remedy): never => {
    throw refuseTable(path, { ...PURPOSE, remedy }, fault);
  };
  const names = header.map((name) => name.toLowerCase());
  const [from, to] = ["from", "to"].map((name) => {
    const column = names.indexOf(name);
    if (column < 0) {
      const shown = truncateText(header.join(", "), 200);
      refuse(`its columns are ${shown} and should include from and to`);
    }
    if (names.lastIndexOf(name) !== column) {
      refuse(`two of its columns are called ${name}`);
    }
    return column;
  });
  if (rows.length === 0) refuse("it has no row below its header");
  const lacking = rows.filter(({ cells }) =>
    cells[from] === "" || cells[to] === ""
  );
  if (lacking.length > 0) {
    refuse(
      `${countOf(lacking.length, "row")} should have a from and a to and ` +
        `${lacking.length === 1 ? "lacks" : "lack"} one: ${lines(lacking)}`,
      "Complete the rows or remove them",
    );
  }
  const merges = new Map<string, string>();
  const torn = new Map<string, TableRow>();
  for (const row of rows) {
    const [old, name] = [row.cells[from], row.cells[to]];
    if ((merges.get(old) ?? name) !== name) torn.set(old, row);
    else merges.set(old, name);
  }
  if (torn.size > 0) {
    refuse(
      `${countOf(torn.size, "tissue")} ${
        torn.size === 1 ? "is" : "are"
      } given several new names: ${listNames([...torn.keys()], NAMED)} (${
        lines([...torn.values()])
      })`,
      "Keep one row for each tissue in the column from",
    );
  }
  const chained = [...merges].filter(([old, name]) =>
    old !== name && (merges.get(name) ?? name) !== name
  );
  if (chained.length > 0) {
    const [[old, name]] = chained;
    refuse(
      `new names must be final, and ${countOf(chained.length, "tissue")} ${
        chained.length === 1 ? "gets one" : "get ones"
      } that another row renames: ${quote(old)} becomes ${quote(name)}, and ${
        quote(name)
      } becomes ${quote(merges.get(name)!)}`,
      `Give the last name at once: ${truncateText(old, 40)},${
        truncateText(merges.get(name)!, 40)
      }`,
    );
  }
  return merges;
}

function lines(rows: readonly TableRow[]): string {
  const shown = rows.slice(0, NAMED).map(({ line }) => line).join(", ");
  return `${rows.length === 1 ? "line" : "lines"} ${shown}${
    rows.length > NAMED ? ", ..." : ""
  }`;
}
