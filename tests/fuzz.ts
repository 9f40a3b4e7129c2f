/** Damaged files for the readers, and what a reader may make of them. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError, RunError } from "../lib/cli/errors.ts";

/** The same files at every run. */
export const SEED = 20_240_229;
/** A file of a few hundred bytes that takes longer is as good as a hang. */
const SECONDS = 5;
/** A message may quote a name or two, but not the file. */
const LONGEST_MESSAGE = 500;

/** Bytes that mean something to one reader or another. */
const TOKENS = [
  ...[
    ",",
    "\t",
    ";",
    '"',
    '""',
    '","',
    "\n",
    "\r",
    "\r\n",
    "\0",
    " ",
    "\ufeff",
  ],
  ...["__proto__", "constructor", "NaN", "-1", "1e999", ".", "e", "+", "-0"],
  ...["{", "}", "[", "]", ":", "null", "true", "'", "\\", "\\u0000", "\\ud800"],
  ...["\u001b[2J", "\u2028", "\u202e", "🧬", "<script>", "=cmd"],
].map((token) => new TextEncoder().encode(token)).concat(
  // A lone surrogate, an overlong slash, half a character; a gzip's first two.
  [[0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf0, 0x9f], [0xff, 0xfe], [0x1f, 0x8b]]
    .map((bytes) => Uint8Array.from(bytes)),
);

/** One change of a file. */
type Change = (bytes: Uint8Array) => Uint8Array;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (part: number, bytes: Uint8Array) =>
  Math.min(bytes.length, Math.floor(part * (bytes.length + 1)));

/** Puts `insert` in place of the bytes from one place to another. */
function splice(
  bytes: Uint8Array,
  from: number,
  to: number,
  insert: Uint8Array,
): Uint8Array {
  return Uint8Array.of(
    ...bytes.subarray(0, from),
    ...insert,
    ...bytes.subarray(to),
  );
}

const change: fc.Arbitrary<Change> = fc.oneof(
  place.map((part): Change => (bytes) => bytes.slice(0, at(part, bytes))),
  fc.tuple(place, fc.nat(7)).map(([part, bit]): Change => (bytes) => {
    const changed = bytes.slice();
    changed[at(part, bytes)] ^= 1 << bit;
    return changed;
  }),
  fc.tuple(place, fc.constantFrom(...TOKENS)).map(
    ([part, token]): Change => (bytes) =>
      splice(bytes, at(part, bytes), at(part, bytes), token),
  ),
  fc.tuple(place, place).map(([one, other]): Change => (bytes) => {
    const [from, to] = [at(one, bytes), at(other, bytes)].sort((a, b) => a - b);
    return splice(bytes, from, to, new Uint8Array());
  }),
  fc.tuple(place, place, place).map(([one, other, to]): Change => (bytes) => {
    const [from, until] = [at(one, bytes), at(other, bytes)]
      .sort((a, b) => a - b);
    return splice(
      bytes,
      at(to, bytes),
      at(to, bytes),
      bytes.slice(from, until),
    );
  }),
);

/** A sound file with one to five changes. */
export function damaged(sound: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) =>
    changes.reduce((bytes, one) => one(bytes), sound)
  );
}

/** Any bytes, or bytes that mean something, in any order. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) =>
    Uint8Array.from(tokens.flatMap((token) => [...token]))
  ),
);

/** Any text as a name: unpaired surrogates, controls, markup, names of old. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.array(
    fc.constantFrom(...",;\t\"\n\r =+-@|<>&\\'", "__proto__", "a", "\u2028"),
    { maxLength: 8 },
  ).map((parts) => parts.join("")),
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty"),
);

/**
 * Reads, and accepts a value or one error that a user can act on.
 *
 * @returns Whether there is a value.
 */
export async function isRead(read: () => unknown): Promise<boolean> {
  const start = performance.now();
  let refused: unknown;
  let value: unknown;
  try {
    value = await read();
  } catch (error) {
    refused = error;
  }
  const seconds = (performance.now() - start) / 1000;
  assert.ok(seconds < SECONDS, `${seconds} s for one small file`);
  if (refused === undefined) {
    assert.notEqual(value, undefined, "neither a value nor an error");
    return true;
  }
  if (!(refused instanceof InputError || refused instanceof RunError)) {
    throw refused;
  }
  assert.match(refused.message, /^Cannot [^:]+: ./);
  assert.doesNotMatch(refused.message, /[\p{Cc}\p{Zl}\p{Zp}]/u, "one line");
  assert.ok(refused.message.isWellFormed());
  assert.ok(refused.message.length < LONGEST_MESSAGE, refused.message);
  return false;
}

/**
 * Tries a reader on many files. Some of them must be read and some refused,
 * or the files are no test of the reader.
 */
export async function tryFiles(
  files: fc.Arbitrary<Uint8Array>,
  read: (bytes: Uint8Array) => unknown,
  { runs, mixed }: { readonly runs: number; readonly mixed: boolean },
): Promise<void> {
  let sound = 0;
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      if (await isRead(() => read(bytes))) sound++;
    }),
    { seed: SEED, numRuns: runs },
  );
  assert.ok(sound < runs, "some files are refused");
  if (mixed) assert.ok(sound > 0, "some files are read");
}
