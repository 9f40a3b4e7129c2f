/** Divides samples into parts in which all kinds of them are alike. */

import type { RandomStream } from "../random.ts";

/**
 * The samples in random order, those of one kind together: what is taken of
 * them at equal steps has all kinds in their shares.
 *
 * @param kinds Each sample's kind, by sample.
 */
function byKind(
  samples: readonly number[],
  kinds: ArrayLike<number>,
  stream: RandomStream,
): number[] {
  // The sort is stable.
  return stream.shuffle([...samples]).sort((a, b) => kinds[a] - kinds[b]);
}

/** At most so many of the samples, ascending, of each kind its share. */
export function thinOut(
  samples: readonly number[],
  most: number,
  kinds: ArrayLike<number>,
  stream: RandomStream,
): number[] {
  const ordered = byKind(samples, kinds, stream);
  if (samples.length <= most) return samples.toSorted((a, b) => a - b);
  return Array.from(
    { length: most },
    (_, index) => ordered[Math.floor(index * samples.length / most)],
  ).sort((a, b) => a - b);
}

/**
 * Divides samples into parts of given sizes, each of which has all kinds in
 * nearly the same shares.
 *
 * @param sizes They add up to the number of samples.
 * @returns The samples of each part, ascending.
 */
export function stratify(
  samples: readonly number[],
  sizes: readonly number[],
  kinds: ArrayLike<number>,
  stream: RandomStream,
): number[][] {
  const parts = sizes.map((): number[] => []);
  byKind(samples, kinds, stream).forEach((sample, index) => {
    const lack = sizes.map((size, part) =>
      size * (index + 1) / samples.length - parts[part].length
    );
    parts[lack.indexOf(Math.max(...lack))].push(sample);
  });
  return parts.map((own) => own.sort((a, b) => a - b));
}

/**
 * Deals the samples of all parts again at random, those of a kind among each
 * other: a part has as many samples of each kind as before.
 *
 * @param parts Samples of each part; a sample is in one part only.
 * @returns The samples of each part, ascending.
 */
export function dealWithinKinds(
  parts: readonly (readonly number[])[],
  kinds: ArrayLike<number>,
  stream: RandomStream,
): number[][] {
  const all = parts.flat().sort((a, b) => a - b);
  const left = new Map(
    [...Map.groupBy(all, (sample) => kinds[sample])]
      .sort(([a], [b]) => a - b)
      .map(([kind, own]) => [kind, stream.shuffle(own)]),
  );
  return parts.map((own) =>
    own.map((sample) => left.get(kinds[sample])!.pop()!)
      .sort((a, b) => a - b)
  );
}

/** Sizes of so many parts that differ by one at most. */
export function evenSizes(samples: number, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, part) =>
      Math.floor(samples * (part + 1) / parts) -
      Math.floor(samples * part / parts),
  );
}
