/** The user's sample sheet: the group (study, donor) of each sample. */

import { InputError } from "../../cli/errors.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import { NAME_LIMIT, SAMPLE_LIMIT, TOO_LONG } from "./matrix_sink.ts";
import { suggestName } from "./suggest_name.ts";
import { type Cell, scanTable, type TableSink } from "./table_scanner.ts";
import { unreadable } from "./unreadable.ts";

const KEY = "sample_id";

/**
 * Reads a sample sheet: a CSV or TSV file, plain or gzipped, with a column
 * `sample_id` and a column of groups.
 *
 * @returns The group of each sample of the sheet.
 * @throws {InputError} If the file cannot be read, a column is missing, a
 * sample is there twice or has no group.
 */
export async function readSampleSheet(
  path: string,
  groupColumn: string,
): Promise<Map<string, string>> {
  const sheet = new SheetRows(path, groupColumn);
  await scanTable({ path }, sheet);
  if (sheet.groups.size === 0) throw unreadable(path, "it holds no sample");
  return sheet.groups;
}

/**
 * The group of each sample of a matrix.
 *
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
      "Add a row for every sample of the matrix to the sheet",
    );
  }
  return {
    groups: sampleIds.map((id) => sheet.get(id)!),
    extra: sheet.size - sampleIds.length,
  };
}

class SheetRows implements TableSink {
  readonly groups = new Map<string, string>();
  #idColumn = 0;
  #groupColumn = 0;
  #id = "";
  #group = "";

  constructor(readonly path: string, readonly groupName: string) {}

  header(columns: readonly string[]): void {
    const { groupName } = this;
    if (!columns.includes(KEY)) {
      this.#refuse(
        `it has no column '${KEY}'`,
        `Name the column of sample ids '${KEY}'`,
      );
    }
    if (!columns.includes(groupName)) {
      const known = columns.filter((column) => column !== KEY);
      this.#refuse(
        `there is no column ${quote(groupName)}`,
        suggestName(groupName, known, "--group"),
      );
    }
    for (const column of [KEY, groupName]) {
      if (columns.indexOf(column) !== columns.lastIndexOf(column)) {
        this.#refuse(`column ${quote(column)} is there twice`);
      }
    }
    this.#idColumn = columns.indexOf(KEY);
    this.#groupColumn = columns.indexOf(groupName);
  }

  cell(column: number, cell: Cell): void {
    if (column === this.#idColumn) this.#id = cell.text();
    if (column === this.#groupColumn) this.#group = cell.text();
  }

  endRow(line: number): void {
    const [id, group] = [this.#id, this.#group];
    for (const name of [id, group]) {
      if (name.length > NAME_LIMIT) {
        this.#refuse(`line ${line}: ${quote(name)} ${TOO_LONG}`);
      }
    }
    if (id === "") this.#refuse(`line ${line}: the ${KEY} is empty`);
    if (this.groups.has(id)) {
      this.#refuse(
        `line ${line}: sample ${quote(id)} is there already and must be unique`,
      );
    }
    if (group === "") {
      this.#refuse(
        `line ${line} (sample ${quote(id)}), column ` +
          `${quote(this.groupName)}: the group is empty and must be named`,
      );
    }
    if (this.groups.size >= SAMPLE_LIMIT) {
      this.#refuse("it has more than 10,000,000 samples");
    }
    this.groups.set(id, group);
  }

  #refuse(what: string, remedy?: string): never {
    throw unreadable(this.path, what, remedy);
  }
}
