/** Reads the user's file of known genes. */

import { parse } from "csv-parse/sync";
import { InputError } from "../cli/errors.ts";
import { escapeControls, truncateText, withCommas } from "../cli/text.ts";
import { readTextFile } from "../cli/text_file.ts";
import { findDelimiter } from "../prepare/input/delimiter.ts";
import type { KnownGene } from "./truth.ts";

/** A larger file is no list of known genes. */
const LARGEST_FILE = 1 << 26;
/** Characters in which the header line is looked for. */
const HEADER = 10_000;
const REMEDY = "Give a CSV or TSV file with the columns gene and tissue";

/**
 * Reads known genes from a table (`.csv`, `.tsv`, `.txt`, `.tab`) with the
 * columns `gene` and `tissue`; other columns are ignored, and so are empty rows
 * and a row that is there twice. The delimiter is found as in the matrix.
 *
 * @throws {InputError} If the file cannot be read, is no such table, has no
 * row, or a row lacks its gene or its tissue.
 */
export async function readTruthFile(path: string): Promise<KnownGene[]> {
  const action = `Cannot read the known genes ${escapeControls(path)}`;
  if (!/\.(csv|tsv|txt|tab)$/i.test(path)) {
    throw new InputError(
      `${action}: its name should end in .csv, .tsv, .txt or .tab`,
      REMEDY,
    );
  }
  const text = await readTextFile(path, LARGEST_FILE, {
    kind: "a table with the columns gene and tissue",
    action,
    // A run remembers its file, which may have been moved.
    remedy: 'Say where it is with --truth, or do without it: --truth ""',
  });
  return parseTruth(text, path, action);
}

function parseTruth(text: string, path: string, action: string): KnownGene[] {
  let lines: string[][];
  try {
    lines = parse(text, {
      bom: true,
      delimiter: String.fromCharCode(
        findDelimiter(path, new TextEncoder().encode(text.slice(0, HEADER))),
      ),
      trim: true,
      skip_empty_lines: true,
      // Spreadsheets leave them at the end.
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    throw new InputError(
      `${action}: ${truncateText((error as Error).message, 200)}`,
      REMEDY,
    );
  }
  const [header = [], ...rows] = lines;
  const columns = ["gene", "tissue"].map((name) => header.indexOf(name));
  if (columns.includes(-1)) {
    throw new InputError(
      `${action}: its columns are ${
        truncateText(header.join(", "), 200) || "none"
      } and should include gene and tissue`,
      REMEDY,
    );
  }
  if (rows.length === 0) {
    throw new InputError(`${action}: it has no row below its header`, REMEDY);
  }
  const known = rows.map((cells) => {
    const [gene, tissue] = columns.map((column) => cells[column]);
    return { gene, tissue };
  });
  const isEmpty = ({ gene, tissue }: KnownGene) => gene === "" || tissue === "";
  const empty = known.filter(isEmpty).length;
  if (empty > 0) {
    throw new InputError(
      `${action}: ${
        withCommas(empty)
      } of its rows should have a gene and a tissue and lack one, first row ${
        known.findIndex(isEmpty) + 1
      } below the header`,
      "Complete the rows or remove them",
    );
  }
  return known;
}
