/** Recognizes tissues that come of merged cells of a spreadsheet. */

/**
 * Whether tissues stand in the first row of each block only, as merged cells of
 * a spreadsheet are written: most are empty, and empty ones follow each other.
 */
export function areMergedCells(tissues: readonly string[]): boolean {
  const isEmpty = (row: number) => tissues[row].trim() === "";
  const filled = [...tissues.keys()].filter((row) => !isEmpty(row));
  if (filled.length < 2 || filled.length * 2 > tissues.length) return false;
  if (filled[0] !== 0) return false;
  // In a table with gaps here and there the same few tissues come again.
  const different = new Set(filled.map((row) => tissues[row].trim())).size;
  return different * 2 > filled.length &&
    filled.every((row) => row + 1 < tissues.length && isEmpty(row + 1));
}
