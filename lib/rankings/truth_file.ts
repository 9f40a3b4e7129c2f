/** Reads the user's file of known genes. */

import { InputError } from "../cli/errors.ts";
import { escapeControls, truncateText, withCommas } from "../cli/text.ts";
import {
  readSmallTable,
  type SmallTable,
} from "../prepare/input/small_table.ts";
import type { KnownGene } from "./truth.ts";

const REMEDY = "Give a CSV or TSV file with the columns gene and tissue";

/**
 * Reads known genes from a table (`.csv`, `.tsv`, `.txt`, `.tab`, plain or
 * gzipped) with the columns `gene` and `tissue`; other columns are ignored, and
 * so are empty rows. The delimiter is found as in the matrix.
 *
 * @throws {InputError} If the file cannot be read, is no such table, has no
 * row, or a row lacks its gene or its tissue.
 */
export async function readTruthFile(path: string): Promise<KnownGene[]> {
  const action = `Cannot read the known genes ${escapeControls(path)}`;
  if (!/\.(csv|tsv|txt|tab)(\.(gz|gzip|bgz))?$/i.test(path)) {
    throw new InputError(
      `${action}: its name should end in .csv, .tsv, .txt or .tab`,
      REMEDY,
    );
  }
  const table = await readSmallTable(path, {
    what: "the known genes",
    // A run remembers its file, which may have been moved.
    remedy: await isThere(path)
      ? REMEDY
      : 'Say where it is with --truth, or do without it: --truth ""',
  });
  return takeGenes(table, action);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}

function takeGenes({ header, rows }: SmallTable, action: string): KnownGene[] {
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
  const known = rows.map(({ cells }) => {
    const [gene, tissue] = columns.map((column) => cells[column]);
    return { gene, tissue };
  });
  const isEmpty = ({ gene, tissue }: KnownGene) => gene === "" || tissue === "";
  const empty = known.filter(isEmpty).length;
  if (empty > 0) {
    throw new InputError(
      `${action}: ${
        withCommas(empty)
      } of its rows should have a gene and a tissue and lack one, first line ${
        rows[known.findIndex(isEmpty)].line
      }`,
      "Complete the rows or remove them",
    );
  }
  return known;
}
