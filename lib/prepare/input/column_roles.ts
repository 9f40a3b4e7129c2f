/** Which columns of a table hold numbers, and which texts about the rows. */

import { CellKind, type SampleRow } from "./table_sample.ts";

/** What becomes of a column. */
export const Role = { number: 0, text: 1, leftOut: 2 } as const;

/**
 * Finds the role of each column from the first rows: a column most of whose
 * cells are words holds texts. Rows of words among rows of numbers do not
 * count, even if they are most of the first rows: they are texts about the
 * columns.
 *
 * @param fixed The roles that are known, by column; that of column 0 is
 * `text`.
 * @param rows The first rows, without those that are known to be texts.
 */
export function findRoles(
  fixed: readonly (number | undefined)[],
  rows: readonly SampleRow[],
): Uint8Array {
  const all = rolesOf(fixed, rows);
  const numeric = rows.filter((row) => !isMostlyWords(row, fixed));
  if (numeric.length === 0 || numeric.length === rows.length) return all;
  const some = rolesOf(fixed, numeric);
  return lossOf(some, rows) <= lossOf(all, rows) ? some : all;
}

/** Whether a row holds more words than numbers in the columns of that role. */
function isMostlyWords(
  { kinds }: SampleRow,
  roles: ArrayLike<number | undefined>,
): boolean {
  let [words, numbers] = [0, 0];
  for (let column = 0; column < kinds.length; column++) {
    if ((roles[column] ?? Role.number) !== Role.number) continue;
    if (kinds[column] === CellKind.word) words++;
    else if (kinds[column] === CellKind.number) numbers++;
  }
  return words > numbers;
}

function rolesOf(
  fixed: readonly (number | undefined)[],
  rows: readonly SampleRow[],
): Uint8Array {
  return Uint8Array.from(fixed, (role, column) => {
    if (role !== undefined) return role;
    let [words, numbers] = [0, 0];
    for (const { kinds } of rows) {
      if (kinds[column] === CellKind.word) words++;
      else if (kinds[column] === CellKind.number) numbers++;
    }
    return words > numbers ? Role.text : Role.number;
  });
}

/** Cells that these roles would misread: words as numbers or the reverse. */
function lossOf(roles: Uint8Array, rows: readonly SampleRow[]): number {
  let loss = 0;
  for (const row of rows) {
    const isText = isMostlyWords(row, roles);
    for (let column = 0; column < row.kinds.length; column++) {
      const kind = row.kinds[column];
      const isWord = isText || roles[column] === Role.text;
      if (roles[column] === Role.leftOut || column === 0) continue;
      if (kind === CellKind.word && !isWord) loss++;
      if (kind === CellKind.number && isWord) loss++;
    }
  }
  return loss;
}
