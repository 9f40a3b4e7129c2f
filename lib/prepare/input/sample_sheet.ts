/** The user's sample sheet: the group (study, donor) of each sample. */

import { InputError } from "../../cli/errors.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import { NAME_LIMIT, SAMPLE_LIMIT, TOO_LONG } from "./matrix_sink.ts";
import { scanTable } from "./table_scanner.ts";
import { suggestName, unreadable } from "./unreadable.ts";

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
  const refuse = (what: string, remedy?: string): never => {
    throw unreadable(path, what, remedy);
  };
  const groups = new Map<string, string>();
  let header: readonly string[] = [];
  let [id, group] = ["", ""];
  await scanTable({ path }, {
    header(columns) {
      if (!columns.includes(KEY)) {
        const remedy = `Name the column of sample ids '${KEY}'`;
        refuse(`it has no column '${KEY}'`, remedy);
      }
      if (!columns.includes(groupColumn)) {
        const known = columns.filter((column) => column !== KEY);
        const remedy = suggestName(groupColumn, known, "--group");
        refuse(`there is no column ${quote(groupColumn)}`, remedy);
      }
      for (const column of [KEY, groupColumn]) {
        if (columns.indexOf(column) !== columns.lastIndexOf(column)) {
          refuse(`column ${quote(column)} is there twice`);
        }
      }
      header = columns;
    },
    cell(column, cell) {
      if (header[column] === KEY) id = cell.text();
      if (header[column] === groupColumn) group = cell.text();
    },
    endRow(line) {
      for (const name of [id, group]) {
        if (name.length > NAME_LIMIT) {
          refuse(`line ${line}: ${quote(name)} ${TOO_LONG}`);
        }
      }
      if (id === "") refuse(`line ${line}: the ${KEY} is empty`);
      if (groups.has(id)) {
        refuse(
          `line ${line}: sample ${quote(id)} is there already and must be ` +
            "unique",
        );
      }
      if (group === "") {
        refuse(
          `line ${line} (sample ${quote(id)}), column ${quote(groupColumn)}: ` +
            "the group is empty and must be named",
        );
      }
      if (groups.size >= SAMPLE_LIMIT) {
        refuse("it has more than 10,000,000 samples");
      }
      groups.set(id, group);
    },
  });
  if (groups.size === 0) refuse("it holds no sample");
  return groups;
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
