/** The user's sample sheet: which group (study, donor) each sample is of. */

import { InputError } from "../cli/errors.ts";
import {
  type CellSink,
  decodeCell,
  scanTable,
} from "./formats/table_scanner.ts";
import { escapeControls, quote, suggestName } from "./text.ts";

const KEY = "sample_id";
/** A wider table is no sample sheet. */
const COLUMN_LIMIT = 1_000_000;
/** More than any study has, and less than a `Map` can hold. */
const SAMPLE_LIMIT = 10_000_000;
/** A longer id or group is none. */
const NAME_LIMIT = 1000;

/**
 * Reads a sample sheet: a CSV or TSV file, plain or gzipped, with a column
 * `sample_id` and a column of groups.
 *
 * @param path The file.
 * @param groupColumn The column that names each sample's group.
 * @returns The group of each sample of the sheet.
 * @throws {InputError} If the file cannot be read, a column is missing, a
 * sample stands there twice or has no group.
 */
export async function readSampleSheet(
  path: string,
  groupColumn: string,
): Promise<Map<string, string>> {
  const sheet = new SheetReader(path, groupColumn);
  await scanTable(path, sheet);
  return sheet.finish();
}

/**
 * The group of each sample of a matrix.
 *
 * @param sampleIds The matrix's samples.
 * @param sheet What `readSampleSheet` gave; it may hold more samples.
 * @param path The sheet's file, for the message.
 * @returns The groups in the order of the samples, and how many samples of
 * the sheet are not in the matrix.
 * @throws {InputError} If the sheet lacks a sample of the matrix.
 */
export function groupsOf(
  sampleIds: readonly string[],
  sheet: ReadonlyMap<string, string>,
  path: string,
): { groups: string[]; extra: number } {
  const missing = sampleIds.filter((id) => !sheet.has(id));
  if (missing.length > 0) {
    throw new InputError(
      `Cannot group the samples: ${escapeControls(path)} lacks ` +
        `${missing.length} of the matrix's ${sampleIds.length} samples; the ` +
        `first is ${quote(missing[0])}`,
      `Add a row for every sample of the matrix to the sheet`,
    );
  }
  return {
    groups: sampleIds.map((id) => sheet.get(id)!),
    extra: sheet.size - sampleIds.length,
  };
}

class SheetReader implements CellSink {
  readonly #action: string;
  readonly #groupColumn: string;
  readonly #groups = new Map<string, string>();
  /** The header, until its columns are found; null from then on. */
  #header: string[] | null = [];
  #columns = 0;
  #idColumn = 0;
  #groupAt = 0;
  /** The place of the next cell in its row. */
  #column = 0;
  #id = "";
  #group = "";

  constructor(path: string, groupColumn: string) {
    this.#action = `Cannot read the sample sheet ${escapeControls(path)}`;
    this.#groupColumn = groupColumn;
  }

  cell(bytes: Uint8Array, start: number, end: number, escaped: boolean): void {
    const column = this.#column++;
    if (this.#header !== null) {
      if (column >= COLUMN_LIMIT) {
        this.#refuse("its header has more than 1,000,000 columns");
      }
      this.#header.push(decodeCell(bytes, start, end, escaped));
      return;
    }
    // A row's other cells are counted and not kept.
    if (column === this.#idColumn) {
      this.#id = decodeCell(bytes, start, end, escaped);
    }
    if (column === this.#groupAt) {
      this.#group = decodeCell(bytes, start, end, escaped);
    }
  }

  endRow(line: number): void {
    const cells = this.#column;
    this.#column = 0;
    if (this.#header !== null) {
      this.#checkHeader(this.#header);
      this.#columns = cells;
      this.#idColumn = this.#header.indexOf(KEY);
      this.#groupAt = this.#header.indexOf(this.#groupColumn);
      this.#header = null;
      return;
    }
    if (cells !== this.#columns) {
      this.#refuse(
        `line ${line} has ${cells} cells where the header has ` +
          `${this.#columns}`,
      );
    }
    const [id, group] = [this.#id, this.#group];
    for (const name of [id, group]) {
      if (name.length > NAME_LIMIT) {
        this.#refuse(
          `line ${line}: ${quote(name)} has more than ${NAME_LIMIT} characters`,
        );
      }
    }
    if (id === "") this.#refuse(`line ${line}: the ${KEY} is empty`);
    if (this.#groups.has(id)) {
      this.#refuse(
        `line ${line}: sample ${quote(id)} stands there already and must be ` +
          "unique",
      );
    }
    if (group === "") {
      this.#refuse(
        `line ${line} (sample ${quote(id)}), column ` +
          `${quote(this.#groupColumn)}: the group is empty and must be named`,
      );
    }
    if (this.#groups.size >= SAMPLE_LIMIT) {
      this.#refuse("it has more than 10,000,000 samples");
    }
    this.#groups.set(id, group);
  }

  finish(): Map<string, string> {
    if (this.#groups.size === 0) this.#refuse("it holds no sample");
    return this.#groups;
  }

  #checkHeader(columns: string[]): void {
    if (!columns.includes(KEY)) {
      this.#refuse(
        `it has no column '${KEY}'`,
        `Name the column of sample ids '${KEY}'`,
      );
    }
    if (!columns.includes(this.#groupColumn)) {
      this.#refuse(
        `there is no column ${quote(this.#groupColumn)}`,
        suggestName(
          this.#groupColumn,
          columns.filter((column) => column !== KEY),
          "--group",
        ),
      );
    }
    for (const column of [KEY, this.#groupColumn]) {
      if (columns.indexOf(column) !== columns.lastIndexOf(column)) {
        this.#refuse(`column ${quote(column)} stands there twice`);
      }
    }
  }

  #refuse(what: string, remedy?: string): never {
    throw new InputError(`${this.#action}: ${what}`, remedy);
  }
}
