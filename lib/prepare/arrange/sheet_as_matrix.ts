/** Refuses a sample sheet that is given as the matrix. */

import type { RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { joinNames } from "../labels/named.ts";
import { isSampleNumber, titleSide } from "./usual_names.ts";

/** More columns than that are hardly those of a sample sheet. */
const MOST_COLUMNS = 50;

/** @throws {InputError} If all numbers of a table are facts about samples. */
export function refuseSheetAsMatrix(
  input: string,
  { columns, rows, genesIn }: Pick<RawMatrix, "columns" | "rows" | "genesIn">,
): void {
  const names = columns.ids.map((id) => id.trim());
  if (
    genesIn !== undefined || titleSide(rows.title) === "genes" ||
    names.length > MOST_COLUMNS || !names.every(isSampleNumber)
  ) return;
  const one = names.length === 1;
  throw unreadable(
    input,
    `it looks like a sample sheet: its only column${
      one ? "" : "s"
    } of numbers, ${joinNames(names)}, ${
      one ? "says" : "say"
    } something of the samples, and there is no gene`,
    "Give the matrix with --input and the sample sheet with --samples",
  );
}
