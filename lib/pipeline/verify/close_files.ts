/** Compares files by their numbers, where the arithmetic may round differently. */

/** Two numbers are close if they differ by at most this share of the larger. */
export const RELATIVE_TOLERANCE = 1e-3;
/** Or by this much. */
export const ABSOLUTE_TOLERANCE = 1e-4;

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
    return areFloatsClose(a, b);
  }
  const [a, b] = [
    await Deno.readTextFile(path),
    await Deno.readTextFile(other),
  ];
  return areTextsClose(a, b);
}

/** Numbers as CSV, JSON, SVG and Markdown write them. */
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/gi;

export function areTextsClose(a: string, b: string): boolean {
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) return false;
  const others = b.match(NUMBER) ?? [];
  return (a.match(NUMBER) ?? []).every((number, index) =>
    areNumbersClose(Number(number), Number(others[index]))
  );
}

/** The header of an npy file is a multiple of 64 bytes, and text. */
function areFloatsClose(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length || a.length % 4 !== 0) return false;
  const [one, other] = [a, b].map((bytes) =>
    new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  );
  return one.every((value, index) =>
    Object.is(value, other[index]) || areNumbersClose(value, other[index])
  );
}

function areNumbersClose(a: number, b: number): boolean {
  const gap = Math.abs(a - b);
  return gap <= ABSOLUTE_TOLERANCE ||
    gap <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
