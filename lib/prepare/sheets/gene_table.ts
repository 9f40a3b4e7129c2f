/** Refuses a table of genes that is given as the sample sheet. */

import { escapeControls, quote } from "../../cli/text.ts";
import { isGeneId, lookAt } from "../arrange/id_patterns.ts";
import { titleSide } from "../arrange/usual_names.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import type { MatchedSheet } from "./matched_sheet.ts";

/** Where the table has fewer of the ids, they may be a text about samples. */
const MOSTLY = 0.5;

/**
 * Refuses a sheet whose ids are those of the matrix's genes.
 *
 * @param input The matrix's file, which is easily given twice.
 * @throws {InputError} If they look like genes, or the sheet calls them so.
 */
export function refuseGeneTable(
  { path, idColumn, samplesIn, matched }: MatchedSheet,
  raw: Pick<RawMatrix, "rows" | "columns">,
  input: string,
): void {
  const { ids } = raw[samplesIn];
  const known = matched.filter((has) => has).length;
  if (known <= MOSTLY * ids.length) return;
  if (lookAt(ids).genes <= MOSTLY && titleSide(idColumn) !== "genes") return;
  if (path === input) {
    throw unreadable(
      path,
      "it is given as the matrix and as the sample sheet, and it has a row " +
        "for each gene, where a sample sheet has a row for each sample",
      "Give a table with a row a sample and its tissue: --samples FILE",
    );
  }
  throw unreadable(
    path,
    `it is a table of genes and no sample sheet: its column ${
      quote(idColumn)
    } has the genes of the matrix (${quote(ids.find(isGeneId) ?? ids[0])})`,
    `Give it with --features ${escapeControls(path)}, and a table with a row ` +
      "a sample and its tissue with --samples FILE",
  );
}
