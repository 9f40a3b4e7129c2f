/** Reads a delimited text table of numbers into a matrix. */

import { countOf, quote, withCommas } from "../../cli/text.ts";
import type { ReadOptions } from "../formats/format.ts";
import { isDecimal } from "./cell_value.ts";
import { findRoles, Role } from "./column_roles.ts";
import { BLANKS, plainName } from "./delimiter.ts";
import type { FileSource } from "./file_stream.ts";
import { NAME_LIMIT } from "./limits.ts";
import { MatrixRows } from "./matrix_rows.ts";
import { type OpenTable, openTable } from "./open_table.ts";
import { havePointGroups } from "./point_groups.ts";
import type { RawMatrix } from "./raw_matrix.ts";
import type { EmptyCells } from "./row_plan.ts";
import { layOut, type TableLayout } from "./table_layout.ts";
import { TableSample } from "./table_sample.ts";
import { unreadable } from "./unreadable.ts";

/** Rows from which the columns' roles are found. */
const SAMPLE = 64;
/** More columns of texts are not texts about the rows. */
const TEXT_LIMIT = 200;
/** Columns that a message names. */
const NAMED = 3;

/** What separates the cells, for the user. */
const DELIMITERS = new Map<number, readonly [format: string, name: string]>([
  [0x09, ["TSV", "tabs"]],
  [0x2c, ["CSV", "commas"]],
  [0x3b, ["semicolon-separated text", "semicolons"]],
  [BLANKS, ["blank-separated text", "blanks"]],
]);

/** What a format knows of its tables. */
export interface TableRules {
  /** What the format is called; by default by the delimiter: `CSV`. */
  readonly format?: string;
  /** The byte between cells; by default found from the content. */
  readonly delimiter?: number;
  /** Lines in front of the header to leave out, besides comment lines. */
  readonly skipLines?: number;
  /** Whether such files begin with comment lines, which need no note. */
  readonly hasComments?: boolean;
  /** Columns that are kept as texts about the rows, whatever they hold. */
  isText?(name: string, column: number): boolean;
  /** Columns that are not kept at all. */
  isLeftOut?(name: string, column: number): boolean;
  /** Makes the id of a column of numbers from its name in the header. */
  renameColumn?(name: string): string;
  /** So many of the first rows are texts about the columns. */
  readonly textRows?: number;
  readonly genesIn?: "rows" | "columns";
  /** What an empty cell stands for; by default it is missing. */
  readonly emptyCells?: EmptyCells;
}

/**
 * Reads a table: a header, then rows that begin with their id. Columns of words
 * become texts about the rows, and rows of words texts about the columns; a
 * column or row that the user named as the label does so, too, and those to be
 * ignored are left out. The first column (column 0) is never asked for in the
 * rules.
 *
 * @param source The file, plain or gzipped.
 * @throws {InputError} If the file cannot be read or is no such table: rows
 * have too few or too many cells, no column holds numbers, most columns hold
 * words, there is no row, or ids are too long.
 */
export async function readTextMatrix(
  source: FileSource,
  rules: TableRules,
  options: ReadOptions,
): Promise<RawMatrix> {
  const { path } = source;
  const table = await openTable(source, rules);
  try {
    const sample = new TableSample(path, SAMPLE);
    table.scanStart(sample);
    const { header, headerLine } = sample;
    if (header === undefined) {
      throw unreadable(
        path,
        "its header does not end (is a quote left open?)",
      );
    }
    const layout = layOut(header, sample.rows);
    const { names } = layout;
    checkNames(path, names, headerLine);
    const ignored = new Set(options.ignore);
    const { label } = options;
    const { textRows = 0 } = rules;
    const firstRows = sample.rows.slice(textRows).filter(({ id }) =>
      id !== label && !ignored.has(id)
    );
    const roles = findRoles(
      names.map((name, column) => {
        if (column === 0) return Role.text;
        if (ignored.has(name)) return Role.leftOut;
        if (name === label || rules.isText?.(name, column)) return Role.text;
        return rules.isLeftOut?.(name, column) ? Role.leftOut : undefined;
      }),
      firstRows,
    );
    checkRoles(path, names, roles);
    const rows = new MatrixRows({
      path,
      names,
      roles,
      textRows,
      label,
      leftOut: ignored,
      emptyCells: rules.emptyCells,
      hasPointGroups: havePointGroups(firstRows, roles),
    });
    await table.scan(rows);
    const notes = [
      ...notesOn(path, table, rules),
      ...layout.notes,
      ...rows.finish(),
    ];
    return {
      ...toMatrix(rules, layout, roles, rows, notes, table.delimiter),
      textRowNotes: rows.rowTexts.notes(),
      ignored: [...ignored].filter((name) =>
        names.includes(name, 1) || rows.ignored.has(name)
      ),
    };
  } finally {
    await table.close();
  }
}

function toMatrix(
  rules: TableRules,
  { title, names, isShifted }: TableLayout,
  roles: Uint8Array,
  rows: MatrixRows,
  notes: readonly string[],
  delimiter: number,
): RawMatrix {
  const columnsOf = (wanted: number) =>
    [...roles.keys()].filter((column) =>
      column > 0 && roles[column] === wanted
    );
  const numbers = columnsOf(Role.number);
  const { renameColumn = (name) => name } = rules;
  return {
    format: rules.format ?? DELIMITERS.get(delimiter)?.[0] ?? "delimited text",
    rows: {
      title,
      ids: rows.ids,
      annotations: columnsOf(Role.text).map((column, index) => ({
        name: names[column],
        texts: rows.texts[index],
      })),
      locate: (index) => `line ${rows.lines[index]}`,
    },
    columns: {
      title: "",
      ids: numbers.map((column) => renameColumn(names[column])),
      annotations: rows.rowTexts.annotations,
      locate: (index) =>
        `column ${numbers[index] + (isShifted ? 0 : 1)} of the header`,
    },
    values: rows.values,
    faults: rows.faults.list(),
    genesIn: rules.genesIn,
    notes,
  };
}

function checkNames(
  path: string,
  names: readonly string[],
  line: number,
): void {
  if (names.length < 2) {
    throw unreadable(
      path,
      `its header (line ${line}) has ${countOf(names.length, "column")} and ` +
        "must have at least 2: ids and values",
      "Give a table whose cells are separated by commas, tabs, semicolons or " +
        "blanks",
    );
  }
  const long = names.findIndex((name) => name.length > NAME_LIMIT);
  if (long >= 0) {
    throw unreadable(
      path,
      `column ${long + 1} of the header, ${
        quote(names[long])
      }, has more than ` +
        `${NAME_LIMIT} characters`,
    );
  }
  // Whole numbers may be names, but are then different.
  const numbers = names.filter(isDecimal);
  const isData = (name: string) => name.includes(".");
  if (
    2 * numbers.length > names.length &&
    (2 * numbers.filter(isData).length > names.length ||
      new Set(numbers).size < numbers.length)
  ) {
    throw unreadable(
      path,
      `its first line (line ${line}) holds numbers such as ` +
        `${quote(numbers.find(isData) ?? numbers[0])} and must hold the ` +
        "names of the columns",
      "Write the table with a header",
    );
  }
}

function checkRoles(
  path: string,
  names: readonly string[],
  roles: Uint8Array,
): void {
  const namesOf = (role: number) =>
    names.filter((_, column) => column > 0 && roles[column] === role);
  const words = namesOf(Role.text);
  const list = words.slice(0, NAMED).map(quote).join(", ") +
    (words.length > NAMED ? " …" : "");
  if (namesOf(Role.number).length === 0) {
    throw unreadable(
      path,
      "no column holds numbers" +
        (words.length > 0
          ? `; ${list} ${words.length === 1 ? "holds" : "hold"} words`
          : ""),
      "Give the table of genes and samples, whose cells are numbers; a sample " +
        "sheet goes with --samples, a table of genes with --features",
    );
  }
  if (words.length > TEXT_LIMIT) {
    throw unreadable(
      path,
      `${withCommas(words.length)} of its ${
        countOf(names.length - 1, "column")
      } hold words: ${list}`,
      "Give a table of genes and samples whose cells are numbers, with at " +
        `most ${TEXT_LIMIT} columns of words`,
    );
  }
}

/** What the user should know about the text in front of the cells. */
function notesOn(
  path: string,
  { delimiter, comments, titles }: OpenTable,
  { hasComments = false }: TableRules,
): string[] {
  const notes = [];
  const name = plainName(path);
  const between = DELIMITERS.get(delimiter)?.[1];
  for (const [end, usual] of [[".csv", ",;"], [".tsv", "\t"]]) {
    if (
      name.endsWith(end) && between !== undefined &&
      !usual.includes(String.fromCharCode(delimiter))
    ) {
      notes.push(
        `The name of the matrix's file ends in ${end}, but its cells are ` +
          `separated by ${between}, and so it was read`,
      );
    }
  }
  if (titles > 0) {
    notes.push(
      `${countOf(titles, "line")} above the header of the matrix ` +
        `${titles === 1 ? "is" : "are"} left out`,
    );
  }
  if (comments > 0 && !hasComments) {
    notes.push(
      `${countOf(comments, "comment line")} in front of the matrix ` +
        `${comments === 1 ? "is" : "are"} left out`,
    );
  }
  return notes;
}
