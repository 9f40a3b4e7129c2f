/** Compares files by their numbers, where the arithmetic may round differently. */

/** Two numbers are close if they differ by at most this share of the larger. */
export const RELATIVE_TOLERANCE = 1e-3;
/** Or by this much: more would take one p-value for another. */
export const ABSOLUTE_TOLERANCE = 1e-6;

/** How much larger than the file made again one may be, to be read at all. */
const LARGEST_RATIO = 4;
/** Bytes that it may have beyond that. */
const SLACK = 4096;

/** Whether a file is so large that it cannot be the one that was made again. */
export async function isTooLarge(
  path: string,
  madeAgain: string,
): Promise<boolean> {
  const made = await Deno.stat(madeAgain).catch(() => undefined);
  if (made === undefined) return false;
  return (await Deno.stat(path)).size > LARGEST_RATIO * made.size + SLACK;
}

/**
 * Whether two files hold the same words and close numbers. Files of bare
 * float32 (`.npy`, `.bin`) are compared as such, any other as text. Both are
 * held in memory: the caller asks `isTooLarge` first.
 */
export async function isClose(path: string, other: string): Promise<boolean> {
  if (/\.(npy|bin)$/.test(path)) {
    const [a, b] = [await Deno.readFile(path), await Deno.readFile(other)];
    return areFloatsClose(path, a, b);
  }
  try {
    const [a, b] = [await readText(path), await readText(other)];
    return areTextsClose(a, b);
  } catch (error) {
    if (error instanceof TypeError) return false; // It is no UTF-8 text.
    throw error;
  }
}

async function readText(path: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return decoder.decode(await Deno.readFile(path));
}

/** Numbers as CSV, JSON, SVG and Markdown write them. */
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/gi;

/** What no text file of a run holds. */
const PLACEHOLDER = "\0";

export function areTextsClose(a: string, b: string): boolean {
  if (a.replace(NUMBER, PLACEHOLDER) !== b.replace(NUMBER, PLACEHOLDER)) {
    return false;
  }
  const numbers = a.match(NUMBER) ?? [];
  const others = b.match(NUMBER) ?? [];
  return numbers.length === others.length &&
    numbers.every((number, index) =>
      number === others[index] ||
      // A whole number is a count, a seed, a rank or part of a name.
      isRounded(number) && isRounded(others[index]) &&
        areNumbersClose(Number(number), Number(others[index]))
    );
}

function isRounded(number: string): boolean {
  return /[.e]/i.test(number);
}

/** The header of an npy file names the shape; its length is in bytes 8 and 9. */
function headerBytes(path: string, bytes: Uint8Array): number {
  return path.endsWith(".npy") && bytes.length >= 10
    ? Math.min(bytes.length, 10 + bytes[8] + 256 * bytes[9])
    : 0;
}

function areFloatsClose(path: string, a: Uint8Array, b: Uint8Array): boolean {
  const header = headerBytes(path, a);
  if (a.length !== b.length || (a.length - header) % 4 !== 0) return false;
  for (let index = 0; index < header; index++) {
    if (a[index] !== b[index]) return false;
  }
  const [one, other] = [a, b].map((bytes) =>
    new Float32Array(bytes.slice(header).buffer)
  );
  return one.every((value, index) =>
    Object.is(value, other[index]) || areNumbersClose(value, other[index])
  );
}

function areNumbersClose(a: number, b: number): boolean {
  const gap = Math.abs(a - b);
  return Number.isFinite(gap) &&
    (gap <= ABSOLUTE_TOLERANCE ||
      gap <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b)));
}
