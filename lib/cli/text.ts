/** Text for people: counts, and users' own text on one line and short. */

/** Characters shown of a longer name. */
const LONGEST_NAME = 40;

const ESCAPES = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

/**
 * Escapes what a terminal would obey or hide: control characters, invisible
 * ones, lone surrogates and line separators.
 */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) =>
      ESCAPES.get(character) ??
        `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/**
 * A text for a message: its control and invisible characters escaped, and cut
 * with an ellipsis.
 */
export function truncateText(text: string, longest: number): string {
  const characters = Array.from(text.slice(0, 2 * longest + 2));
  const shown = characters.slice(0, longest).join("");
  return escapeControls(shown) + (characters.length > longest ? "…" : "");
}

/**
 * A user's text between single quotes for a message, its control and invisible
 * characters escaped, cut after 40 characters.
 */
export function quote(text: string): string {
  return `'${truncateText(text, LONGEST_NAME)}'`;
}

/** Compares two texts by code unit, the same in every locale. */
export function byCodeUnit(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

/** A whole number with commas between thousands. */
export function withCommas(count: number): string {
  if (!Number.isFinite(count)) return "unknown";
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A count and its noun: `1 sample`, `1,617 samples`.
 *
 * @param plural The noun's plural, by default the noun with an s.
 */
export function countOf(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${withCommas(count)} ${count === 1 ? noun : plural}`;
}

/** A size as people say it: `512 B`, `12 MB`, `1.4 GB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${
    unit === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)
  } ${units[unit]}`;
}

/**
 * Counts in the note of a progress bar, for a job that has no bar of its own:
 * `predicting 128 of 1,617`.
 *
 * @param show Takes the note, at once and after each step.
 * @returns Call it with the units of each step as it ends.
 */
export function countedNote(
  title: string,
  total: number,
  show: (note: string) => void,
): (units: number) => void {
  let done = 0;
  const advance = (units: number) => {
    done += units;
    show(`${title} ${withCommas(done)} of ${withCommas(total)}`);
  };
  advance(0);
  return advance;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(texts: readonly string[]): string {
  return texts.length < 2
    ? texts.join("")
    : `${texts.slice(0, -1).join(", ")} and ${texts[texts.length - 1]}`;
}
