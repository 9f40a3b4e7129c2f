/** Which byte separates the cells of a table. */

const TAB = 0x09;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const QUOTE = 0x22;

/**
 * The delimiter of a table: the comma in `.csv` and the tab in `.tsv` (also
 * before `.gz`). If the header line has none of them, or the file has another
 * name: the most frequent of tab, comma and semicolon in the header line.
 *
 * @param start The file's first bytes, if possible the whole header line.
 * @returns The delimiter's byte.
 */
export function findDelimiter(path: string, start: Uint8Array): number {
  const counts = new Map([[TAB, 0], [COMMA, 0], [SEMICOLON, 0]]);
  let quoted = false;
  for (const byte of start) {
    if (byte === QUOTE) quoted = !quoted;
    if (quoted) continue;
    if (byte === 0x0a || byte === 0x0d) break;
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  const name = plainName(path);
  const named = name.endsWith(".csv")
    ? COMMA
    : name.endsWith(".tsv")
    ? TAB
    : undefined;
  if (named !== undefined && counts.get(named)! > 0) return named;
  let best = named ?? TAB;
  for (const [byte, count] of counts) {
    if (count > counts.get(best)!) best = byte;
  }
  return best;
}

/** A file's name in lower case, without the ending of a gzip file. */
export function plainName(path: string): string {
  return path.toLowerCase().replace(/\.(gz|gzip|bgz)$/, "");
}
