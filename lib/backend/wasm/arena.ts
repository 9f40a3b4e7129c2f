/** A reserved part of the heap, from which blocks are allocated. */

/** Blocks begin at multiples of a cache line, to align vectors and doubles. */
const LINE = 64;

const roundUp = (bytes: number) => Math.ceil(bytes / LINE) * LINE;

/** A free range of addresses. */
interface Gap {
  start: number;
  end: number;
}

/** Allocates each block in the first gap that fits; merges neighboring gaps. */
export class Arena {
  /** In the order of their addresses; no two of them touch. */
  readonly #gaps: Gap[];
  /** The end of each block, by its start. */
  readonly #blocks = new Map<number, number>();

  /**
   * @param start its first address.
   * @param size bytes.
   */
  constructor(readonly start: number, size: number) {
    this.#gaps = [{ start: roundUp(start), end: start + size }];
  }

  /** Whether all blocks have been freed. */
  get isEmpty(): boolean {
    return this.#blocks.size === 0;
  }

  /** Whether so many bytes are free in one gap. */
  hasRoom(bytes: number): boolean {
    return this.#gaps.some(({ start, end }) => end - start >= bytes);
  }

  /** Allocates a block; undefined if there is no room for it. */
  allocate(bytes: number): number | undefined {
    const size = roundUp(bytes);
    const index = this.#gaps.findIndex(({ start, end }) => end - start >= size);
    if (index < 0) return undefined;
    const gap = this.#gaps[index];
    const { start } = gap;
    gap.start += size;
    this.#blocks.set(start, gap.start);
    if (gap.start === gap.end) this.#gaps.splice(index, 1);
    return start;
  }

  /** Frees a block; false if it was not allocated here. */
  free(address: number): boolean {
    const end = this.#blocks.get(address);
    if (end === undefined) return false;
    this.#blocks.delete(address);
    const gaps = this.#gaps;
    const next = gaps.findIndex(({ start }) => start >= end);
    const index = next < 0 ? gaps.length : next;
    gaps.splice(index, 0, { start: address, end });
    for (const left of [index, index - 1]) {
      if (left >= 0 && gaps[left].end === gaps[left + 1]?.start) {
        gaps[left].end = gaps[left + 1].end;
        gaps.splice(left + 1, 1);
      }
    }
    return true;
  }
}
