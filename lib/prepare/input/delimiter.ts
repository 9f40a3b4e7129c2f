/** Which byte separates the cells of a table. */

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;

/** Runs of blanks and tabs; found in a table, they are given as this byte. */
export const BLANKS: number = SPACE;

/** Lines that are looked at. */
const LINES = 100;
/** A header that does not fit its rows is hardly a header of them. */
const UNFIT = 0.1;
/** So many of the rows, or more, have the same number of cells. */
const CONSISTENT = 0.8;

/**
 * The delimiter of a table: tab, comma or semicolon, whichever splits the
 * header and the rows into equally many cells, and the most of them; blanks
 * (`BLANKS`) if none of them does. The file's name counts only if it holds no
 * row: `.csv` for commas, `.tsv` for tabs.
 *
 * @param start The file's first bytes, if possible some whole lines. Lines
 * that begin with `#` do not count.
 * @returns The delimiter's byte.
 */
export function findDelimiter(path: string, start: Uint8Array): number {
  let best = { delimiter: 0, score: 0, consistent: false };
  for (const delimiter of [TAB, COMMA, SEMICOLON]) {
    const fit = fitOf(countCells(start, delimiter));
    if (fit.score > best.score) best = { delimiter, ...fit };
  }
  if (best.consistent) return best.delimiter;
  const blanks = fitOf(countCells(start, BLANKS));
  if (blanks.score > best.score) return BLANKS;
  return best.score > 0 ? best.delimiter : byHeader(path, start);
}

/** How well a table's numbers of cells agree, the header's first. */
function fitOf(
  [header = 0, ...rows]: readonly number[],
): { score: number; consistent: boolean } {
  const nothing = { score: 0, consistent: false };
  if (rows.length === 0) return nothing;
  const times = new Map<number, number>();
  for (const cells of rows) times.set(cells, (times.get(cells) ?? 0) + 1);
  let [usual, most] = [0, 0];
  for (const [cells, count] of times) {
    if (count > most || (count === most && cells > usual)) {
      [usual, most] = [cells, count];
    }
  }
  // A delimiter too many at the end of a line, or a header without a corner.
  const near = (cells: number) => Math.abs(cells - usual) <= 1;
  if (usual < 2) return nothing;
  const share = rows.filter(near).length / rows.length;
  const fits = near(header) && header > 1;
  return {
    score: share * Math.log2(Math.max(2, usual)) * (fits ? 1 : UNFIT),
    consistent: fits && usual > 1 && share >= CONSISTENT,
  };
}

/** The numbers of cells in the first lines; the last one may be cut off. */
function countCells(start: Uint8Array, delimiter: number): number[] {
  const lines: number[] = [];
  const isBetween = (byte: number) =>
    byte === delimiter || (delimiter === BLANKS && byte === TAB);
  let cells = 0;
  let quoted = false;
  let comment = false;
  /** Whether a cell begins here. */
  let apart = true;
  for (let index = 0; index < start.length; index++) {
    const byte = start[index];
    if (quoted) {
      if (byte !== QUOTE) continue;
      if (start[index + 1] === QUOTE) index++;
      else quoted = false;
    } else if (byte === LINE_FEED || byte === RETURN) {
      if (delimiter !== BLANKS && cells > 0 && apart) cells++;
      if (cells > 0 && !comment && lines.push(cells) === LINES) return lines;
      cells = 0;
      comment = false;
      apart = true;
    } else if (isBetween(byte)) {
      // An empty cell counts, except among blanks.
      if (delimiter !== BLANKS && apart) cells++;
      apart = true;
    } else {
      if (cells === 0 && byte === HASH) comment = true;
      quoted = byte === QUOTE && apart && !comment;
      if (apart) cells++;
      apart = false;
    }
  }
  // A last line without an end counts if little else does.
  if (lines.length < (quoted ? 1 : 3) && cells > 0 && !comment) {
    lines.push(delimiter !== BLANKS && apart ? cells + 1 : cells);
  }
  return lines;
}

/** By the file's name, or the most frequent one in the header line. */
function byHeader(path: string, start: Uint8Array): number {
  const counts = [TAB, COMMA, SEMICOLON].map((delimiter) =>
    [delimiter, countCells(start, delimiter)[0] ?? 0] as const
  );
  const name = plainName(path);
  const named = name.endsWith(".csv")
    ? COMMA
    : name.endsWith(".tsv")
    ? TAB
    : undefined;
  let best = counts.find(([delimiter]) => delimiter === named) ?? counts[0];
  if (named !== undefined && best[1] > 1) return named;
  for (const one of counts) if (one[1] > best[1]) best = one;
  return best[0];
}

/** A file's name in lower case, without the ending of a gzip file. */
export function plainName(path: string): string {
  return path.toLowerCase().replace(/\.(gz|gzip|bgz)$/, "");
}
