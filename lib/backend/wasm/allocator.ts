import type { WasmBackend } from "./heap.ts";
import { Arena } from "./arena.ts";

/** The largest wasm heap, in bytes. */
const HEAP_LIMIT = 2 ** 32;
/** Blocks from here on are taken from a region that was reserved. */
const LARGE = 2 ** 16;

/**
 * Stands before tfjs's allocator, which by itself does two things badly.
 *
 * When the heap is full it answers address 0, and tensors would be written
 * over the module's own data; or, where a block would end beyond 4 GiB, an
 * address from which it does end there, for the sum of its 32-bit numbers
 * wraps round to a small one. Here it throws; in the second case for good,
 * because then its own books are wrong.
 *
 * And it leaves wide gaps: small blocks that outlive a batch lie between its
 * large ones, and the heap grows by a whole new block where the last gap is a
 * little too small. Where the most is known that will be needed, that can be
 * reserved, and large blocks come from there.
 */
export class Allocator {
  readonly #wasm: WasmBackend["wasm"];
  readonly #allocate: (bytes: number) => number;
  readonly #free: (address: number) => void;
  readonly #regions: Arena[] = [];
  #wrapped = false;

  /** Replaces the module's `_malloc` and `_free`. Once for each module. */
  constructor({ wasm }: Pick<WasmBackend, "wasm">) {
    // Emscripten's entries replace themselves at their first call: make it
    // now, lest they replace these.
    wasm._free(wasm._malloc(16));
    this.#wasm = wasm;
    this.#allocate = wasm._malloc;
    this.#free = wasm._free;
    wasm._malloc = (bytes) => this.#take(bytes);
    wasm._free = (address) => this.#give(address >>> 0);
  }

  /**
   * Sees to it that so many bytes are free in one stretch, for large blocks
   * alone. The heap keeps them, until more is wanted while they are empty.
   *
   * @throws {RangeError} if the heap cannot hold so much.
   */
  reserve(bytes: number): void {
    if (this.#regions.some((region) => region.hasRoom(bytes))) return;
    for (const region of this.#regions.splice(0)) {
      if (region.isEmpty) this.#free(region.start);
      else this.#regions.push(region);
    }
    const size = bytes + 64; // The first block may have to start further on.
    this.#regions.push(new Arena(this.#guarded(size), size));
  }

  #take(bytes: number): number {
    if (bytes >= LARGE) {
      for (const region of this.#regions) {
        const address = region.take(bytes);
        if (address !== undefined) return address;
      }
    }
    return this.#guarded(bytes);
  }

  #give(address: number): void {
    if (!this.#regions.some((region) => region.give(address))) {
      this.#free(address);
    }
  }

  #guarded(bytes: number): number {
    const address = this.#wrapped ? 0 : this.#allocate(bytes) >>> 0;
    const held = this.#wasm.HEAPU8.length;
    this.#wrapped ||= address > 0 && address + bytes > held;
    if ((address === 0 && bytes > 0) || this.#wrapped) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes in the wasm heap: it holds ${held} ` +
          `of at most ${HEAP_LIMIT} bytes. Use smaller batches`,
      );
    }
    return address;
  }
}
