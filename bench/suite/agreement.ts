/** How far the numbers of two sides lie apart. */

import { type Measured, SideFailure } from "./benchmark.ts";

/** Two files of numbers that should be the same. */
export interface Compared {
  /** What the numbers are, in the name of the fact. */
  readonly what: string;
  /** Files of little-endian float64, nothing else. */
  readonly ours: string;
  readonly peer: string;
  /** Largest difference with which both did the same work. */
  readonly most: number;
}

/**
 * Removes the files of earlier runs, so that a side that fails is not compared
 * by them.
 */
export async function forgetNumbers(
  { ours, peer }: Compared,
): Promise<void> {
  for (const path of [ours, peer]) {
    await Deno.remove(path).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

/**
 * The peer's measurement with the largest difference as a further fact. It is
 * as it was if ours has written no numbers: then ours has failed, and its row
 * says so.
 *
 * @throws {SideFailure} If the numbers are not as many or not alike: the times
 * are then those of different work.
 */
export async function withDifference(
  measured: Measured,
  compared: Compared,
): Promise<Measured> {
  const ours = await readNumbers(compared.ours);
  if (ours === null) return measured;
  const peer = await readNumbers(compared.peer);
  const { what, most } = compared;
  if (peer?.length !== ours.length) {
    throw new SideFailure(
      `it wrote ${peer?.length ?? 0} numbers (${what}) where ours wrote ` +
        `${ours.length}`,
    );
  }
  const difference = largestDifference(ours, peer);
  if (!(difference <= most)) {
    throw new SideFailure(
      `its ${what} differ from ours by up to ${difference.toPrecision(3)} ` +
        `and should by at most ${most}`,
    );
  }
  return {
    ...measured,
    facts: { ...measured.facts, [`largest difference of ${what}`]: difference },
  };
}

/** Of two arrays of the same length; NaN if any number is NaN in one alone. */
export function largestDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    const difference = Math.abs(a[i] - b[i]);
    if (Number.isNaN(difference)) return NaN;
    most = Math.max(most, difference);
  }
  return most;
}

/** Null if there is no such file. */
async function readNumbers(path: string): Promise<Float64Array | null> {
  try {
    return new Float64Array((await Deno.readFile(path)).buffer);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
