/** Blocks begin at multiples of a cache line, as vectors and doubles like it. */
const LINE = 64;

const roundUp = (bytes: number) => Math.ceil(bytes / LINE) * LINE;

/** A free stretch. */
interface Gap {
  start: number;
  end: number;
}

/**
 * A stretch of the heap from which blocks are taken, each where it first
 * fits, and given back; neighboring gaps become one.
 */
export class Arena {
  /** In the order of their addresses; no two of them touch. */
  readonly #gaps: Gap[];
  /** Where each block ends, by where it starts. */
  readonly #blocks = new Map<number, number>();

  /**
   * @param start where it starts.
   * @param size bytes.
   */
  constructor(readonly start: number, size: number) {
    this.#gaps = [{ start: roundUp(start), end: start + size }];
  }

  /** Whether all that was taken has been given back. */
  get isEmpty(): boolean {
    return this.#blocks.size === 0;
  }

  /** Whether so many bytes are free in one stretch. */
  hasRoom(bytes: number): boolean {
    return this.#gaps.some(({ start, end }) => end - start >= bytes);
  }

  /** Takes a block; undefined if there is no room for it. */
  take(bytes: number): number | undefined {
    const size = roundUp(bytes);
    const at = this.#gaps.findIndex(({ start, end }) => end - start >= size);
    if (at < 0) return undefined;
    const gap = this.#gaps[at];
    const { start } = gap;
    gap.start += size;
    this.#blocks.set(start, gap.start);
    if (gap.start === gap.end) this.#gaps.splice(at, 1);
    return start;
  }

  /** Gives a block back; false if this address was not taken here. */
  give(address: number): boolean {
    const end = this.#blocks.get(address);
    if (end === undefined) return false;
    this.#blocks.delete(address);
    const gaps = this.#gaps;
    const next = gaps.findIndex(({ start }) => start >= end);
    const at = next < 0 ? gaps.length : next;
    gaps.splice(at, 0, { start: address, end });
    for (const left of [at, at - 1]) {
      if (left >= 0 && gaps[left].end === gaps[left + 1]?.start) {
        gaps[left].end = gaps[left + 1].end;
        gaps.splice(left + 1, 1);
      }
    }
    return true;
  }
}
