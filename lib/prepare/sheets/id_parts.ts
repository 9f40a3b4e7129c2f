/** The parts of an id that may be an id of their own: `S1` of `run/S1.bam`. */

/** Longer ids, or those of more pieces, are not taken apart. */
const MOST_CHARACTERS = 300;
const MOST_PIECES = 40;

/** A part of an id, and what stands around it. */
export interface IdPart {
  readonly part: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The parts of an id that begin and end where letters, digits and separators
 * meet, so that `S1` is no part of `S10`; not the whole of it.
 *
 * @param id In its loose form, where `.` is the only separator.
 */
export function* partsOf(id: string): Generator<IdPart> {
  if (id.length > MOST_CHARACTERS) return;
  const pieces = id.match(/\.+|\p{N}+|[^.\p{N}]+/gu) ?? [];
  if (pieces.length > MOST_PIECES) return;
  let start = 0;
  for (let first = 0; first < pieces.length; first++) {
    let end = start;
    for (let last = first; last < pieces.length; last++) {
      end += pieces[last].length;
      const isWhole = first === 0 && last === pieces.length - 1;
      if (isWhole || isSeparator(pieces[first]) || isSeparator(pieces[last])) {
        continue;
      }
      yield {
        part: id.slice(start, end),
        before: id.slice(0, start),
        after: id.slice(end),
      };
    }
    start += pieces[first].length;
  }
}

/** Whether a part is set off by separators, or begins a TCGA barcode. */
export function isSetOff({ part, before, after }: IdPart): boolean {
  return (before === "" || before.endsWith(".")) &&
    (after === "" || after.startsWith(".") || isBarcode(part));
}

/** Whether it is a TCGA barcode up to the sample, without the vial. */
function isBarcode(id: string): boolean {
  return /^tcga\.\w{2}\.\w{4}\.\d{2}$/.test(id);
}

function isSeparator(piece: string): boolean {
  return piece.startsWith(".");
}

/** Whether an id is a bare number, which is easily the number of a row. */
export function isNumber(id: string): boolean {
  return /^\p{N}+$/u.test(id);
}
