/** Guards tfjs's allocator against a full heap and against gaps. */

import { Arena } from "./arena.ts";
import type { WasmBackend } from "./heap.ts";

/** The largest wasm heap, in bytes. */
const HEAP_LIMIT = 2 ** 32;
/** Blocks of at least this size are allocated in an arena, if there is one. */
const LARGE = 2 ** 16;

/**
 * Wraps tfjs's allocator, which has two faults.
 *
 * When the heap is full, it returns address 0, so that tensors would overwrite
 * the module's own data. And where a block would end beyond 4 GiB, its 32-bit
 * sum overflows, and it returns an address from which the block does end
 * beyond. This one throws; in the second case from then on at every call,
 * because then tfjs's own bookkeeping is wrong.
 *
 * It also leaves wide gaps: small blocks that outlive a batch lie between its
 * large ones, and the heap grows by a whole block where the last gap is a
 * little too small. Where the peak is known beforehand, it can be reserved as
 * an arena for the large blocks.
 */
export class Allocator {
  readonly #wasm: WasmBackend["wasm"];
  readonly #wasmMalloc: (bytes: number) => number;
  readonly #wasmFree: (address: number) => void;
  readonly #arenas: Arena[] = [];
  #overflowed = false;

  /** Replaces the module's `_malloc` and `_free`. Once for each module. */
  constructor({ wasm }: Pick<WasmBackend, "wasm">) {
    // Emscripten's functions replace themselves at their first call: call them
    // now, so that they do not replace these.
    wasm._free(wasm._malloc(16));
    this.#wasm = wasm;
    this.#wasmMalloc = wasm._malloc;
    this.#wasmFree = wasm._free;
    wasm._malloc = (bytes) => this.#allocate(bytes);
    wasm._free = (address) => this.#free(address >>> 0);
  }

  /**
   * Reserves so many contiguous bytes for large blocks. They stay reserved
   * until more is asked for while they are empty.
   *
   * @throws {RangeError} if the heap cannot hold so much.
   */
  reserve(bytes: number): void {
    if (this.#arenas.some((arena) => arena.hasRoom(bytes))) return;
    for (const arena of this.#arenas.splice(0)) {
      if (arena.isEmpty) this.#wasmFree(arena.start);
      else this.#arenas.push(arena);
    }
    const size = bytes + 64; // The first block may have to start further on.
    this.#arenas.push(new Arena(this.#checkedMalloc(size), size));
  }

  #allocate(bytes: number): number {
    if (bytes >= LARGE) {
      for (const arena of this.#arenas) {
        const address = arena.allocate(bytes);
        if (address !== undefined) return address;
      }
    }
    return this.#checkedMalloc(bytes);
  }

  #free(address: number): void {
    if (!this.#arenas.some((arena) => arena.free(address))) {
      this.#wasmFree(address);
    }
  }

  #checkedMalloc(bytes: number): number {
    const address = this.#overflowed ? 0 : this.#wasmMalloc(bytes) >>> 0;
    const size = this.#wasm.HEAPU8.length;
    this.#overflowed ||= address > 0 && address + bytes > size;
    if ((address === 0 && bytes > 0) || this.#overflowed) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes in the wasm heap: it holds ${size} ` +
          `of at most ${HEAP_LIMIT} bytes. Use smaller batches`,
      );
    }
    return address;
  }
}
