/** The errors for a sample sheet whose samples are not those of the matrix. */

import type { InputError, Remedy } from "../../cli/errors.ts";
import { rerun } from "../../cli/errors.ts";
import { countOf, quote, truncateText, withCommas } from "../../cli/text.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { nearName } from "../labels/named.ts";
import { unreadable } from "../input/unreadable.ts";
import type { Side } from "./id_evidence.ts";
import type { AmbiguousIds } from "./match_ids.ts";

/** Ids that a message shows of each kind. */
const SHOWN = 2;
/** Ambiguous ids that a message names. */
const NAMED = 2;
/** Longer names are not compared. */
const LONGEST_NAME = 100;
/** Characters of a list of columns. */
const LONGEST_LIST = 160;

/** That none of the ids is found, with ids of both kinds. */
export function refuseStrangers(
  path: string,
  raw: Pick<RawMatrix, "rows" | "columns">,
  only: Side | undefined,
  column: { readonly name: string; readonly examples: Iterable<string> },
  remedy: Remedy,
): InputError {
  const shown = (ids: Iterable<string>) => {
    const found = [...ids];
    const first = found.filter((id) => id !== "").slice(0, SHOWN).map(quote);
    return first.length === 0
      ? "nothing"
      : first.join(", ") + (found.length > SHOWN ? ", ..." : "");
  };
  const side = (side: Side) =>
    `${shown(raw[side].ids)} in its ${side} (${
      withCommas(raw[side].ids.length)
    })`;
  const matrix = only === undefined
    ? `${side("rows")} and ${side("columns")}`
    : side(only);
  return unreadable(
    path,
    `it has none of the matrix's samples: the matrix has ${matrix}, the ` +
      `sheet's column ${quote(column.name)} has ${shown(column.examples)}`,
    remedy,
  );
}

/**
 * That ids of the sheet and of the matrix are alike, and not one to one.
 *
 * @param where The side of the matrix with the ids, and whether it is sure that
 * it has the samples.
 */
export function refuseAmbiguous(
  path: string,
  name: string,
  where: { readonly side: Side; readonly isSure: boolean },
  ambiguous: readonly AmbiguousIds[],
  remedy: Remedy,
): InputError {
  const list = (ids: readonly string[]) =>
    ids.slice(0, SHOWN).map(quote).join(", ") +
    (ids.length > SHOWN ? ", ..." : "");
  const ids = ambiguous.reduce((sum, { ours }) => sum + ours.length, 0);
  const named = ambiguous.slice(0, NAMED).map(({ ours, theirs }) =>
    `${list(ours)} could be ${list(theirs)}`
  );
  return unreadable(
    path,
    `${
      where.isSure
        ? `${countOf(ids, "sample")} of the matrix`
        : `${countOf(ids, "id")} of the matrix's ${where.side}`
    } ${ids === 1 ? "has" : "have"} no id of ${
      ids === 1 ? "its" : "their"
    } own in column ${quote(name)}: ${named.join("; ")}${
      ambiguous.length > NAMED ? "; ..." : ""
    }`,
    remedy,
  );
}

/** That the sheet has its samples in columns. */
export function refuseTurned(path: string, rows: number): InputError {
  return unreadable(
    path,
    `its first line has the sample ids: it has a column for each sample and ${
      countOf(rows, "row")
    }, and should have a row for each sample`,
    "Turn it: in a spreadsheet copy it and paste it transposed, in R use t()",
  );
}

/** That rows and columns of the matrix have the same ids. */
export function refuseBothSides(path: string, name: string): InputError {
  return unreadable(
    path,
    `the ids in its column ${quote(name)} are those of the matrix's rows and ` +
      "of its columns, and it must be clear which are the samples",
    "Say where the genes are with --orient genes-in-rows or --orient " +
      "samples-in-rows",
  );
}

/** That a named column is not there. */
export function refuseColumn(
  path: string,
  name: string,
  columns: readonly string[],
  flag: string,
): InputError {
  const list = truncateText(columns.join(", "), LONGEST_LIST);
  const near = nearName(
    name.slice(0, LONGEST_NAME),
    columns.filter(({ length }) => length <= LONGEST_NAME),
  );
  return unreadable(
    path,
    `there is no column ${quote(name)}; its columns are ${list}`,
    near === undefined
      ? `Name one of them with ${flag}`
      : `Did you mean ${flag} ${quote(near)}?`,
  );
}

/** That the first line is not a header. */
export function refuseHeaderless(
  path: string,
  header: readonly string[],
  id: string,
): InputError {
  const columns = header.map((_, index) =>
    ["sample_id", "tissue"][index] ?? `column${index + 1}`
  );
  return unreadable(
    path,
    `its first line should name the columns and has the sample ${quote(id)}`,
    `Put such a line in front: ${truncateText(columns.join(","), 60)}`,
  );
}

/** What to do about ids that do not match: name a column where they do. */
export function remedyFor(other: string | undefined): Remedy {
  return other === undefined
    ? "Write the sample ids in the sheet as they are in the matrix"
    : rerun("prepare", { "sample-column": other });
}
