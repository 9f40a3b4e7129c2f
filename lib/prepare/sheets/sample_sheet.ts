/** Reads the user's sample sheet, and finds the matrix's samples in it. */

import { bareName } from "../../cli/input_files.ts";
import { countOf, escapeControls, quote, withCommas } from "../../cli/text.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { checkTableFile } from "../input/table_file.ts";
import { scanLooseTable } from "../input/loose_table.ts";
import { unreadable } from "../input/unreadable.ts";
import {
  findIdColumn,
  type IdColumn,
  type SheetOptions,
} from "./find_id_column.ts";
import type { MatchedSheet, UnusableColumn } from "./matched_sheet.ts";
import { SheetRows } from "./sheet_rows.ts";

export type { SheetOptions };

/** Columns that a note names. */
const NAMED = 3;

/**
 * Reads a sample sheet, CSV or TSV, plain or gzipped, and matches its rows to
 * the samples of a matrix. The column of ids is the one whose content has the
 * most of them; ids may be written differently if they still match one to one
 * (`matchIds`). Rows about other samples are not looked at. A row that is there
 * twice counts once; columns in which such rows differ are not usable.
 *
 * The file is read twice, or three times if less than half of the samples are
 * found at first, and what is kept of it grows with the matrix alone.
 *
 * @throws {InputError} If the file cannot be read or is no such table, has no
 * such column, or has none of the samples or several for one of them.
 */
export async function matchSampleSheet(
  path: string,
  raw: Pick<RawMatrix, "rows" | "columns">,
  options: SheetOptions = {},
): Promise<MatchedSheet> {
  await checkTableFile(path);
  const found = await findIdColumn(path, raw, options);
  const { names, column, side, match: { partners } } = found;
  const rows = new SheetRows(
    column,
    new Set(partners.values()),
    raw.rows.title.trim(),
  );
  await scanLooseTable({ path }, rows);
  if (rows.columns.length !== names.length) {
    throw unreadable(path, "it was changed while it was read", "Run it again");
  }
  const { ids } = raw[side];
  const theirs = ids.map((id) => partners.get(id));
  const { facts, unusable } = rows.facts(names, theirs);
  return {
    path,
    idColumn: names[column],
    samplesIn: side,
    matched: theirs.map((id) => id !== undefined),
    hasRowTitle: rows.hasNoticed,
    facts,
    unusable,
    notes: [
      ...describeMatch(path, found, new Set(ids).size, options),
      ...describeRows(path, rows, unusable),
    ],
  };
}

/** How the ids were found, where the user may not expect it. */
function describeMatch(
  path: string,
  { names, column, match }: IdColumn,
  samples: number,
  { sampleColumn }: SheetOptions,
): string[] {
  const { partners, changed, differences } = match;
  const file = escapeControls(bareName(path));
  const matched = `${withCommas(partners.size)} of ${
    countOf(samples, "sample")
  } matched`;
  if (changed === 0) {
    return sampleColumn === undefined && names[column] !== "sample_id"
      ? [
        `${file}: column ${
          quote(names[column])
        } has the sample ids: ${matched}`,
      ]
      : [];
  }
  const [ours, theirs] = [...partners].find(([one, other]) => one !== other)!;
  return [
    `${file}: the ids in column ${quote(names[column])} differ from the ` +
    `matrix's by ${differences.join(", ")}: ${matched} (${quote(theirs)} = ` +
    `${quote(ours)})`,
  ];
}

/** What of the sheet was left out. */
function describeRows(
  path: string,
  { others }: SheetRows,
  unusable: readonly UnusableColumn[],
): string[] {
  const file = escapeControls(bareName(path));
  const notes: string[] = [];
  if (others > 0) {
    notes.push(
      `${file}: ${countOf(others, "row")} ${
        others === 1 ? "is" : "are"
      } about no sample of the matrix and not used`,
    );
  }
  const [first] = unusable;
  if (first !== undefined) {
    const named = unusable.slice(0, NAMED).map(({ name }) => quote(name));
    notes.push(
      `${file}: ${countOf(unusable.length, "column")} cannot be used (${
        named.join(", ")
      }${unusable.length > NAMED ? ", ..." : ""}); ${
        quote(first.name)
      }: ${first.why}`,
    );
  }
  return notes;
}
