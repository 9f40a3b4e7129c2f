/** Declares the memory of a wasm module as shared. */

/**
 * Declares the memory of a wasm module as shared, so that workers can compute
 * on tfjs's tensors without a copy. Only that flag changes: loads and stores
 * are the same instructions on both kinds of memory.
 *
 * @param binary a module.
 * @returns a copy, changed if the module declares a memory of its own.
 * @throws {Error} when that memory has no upper bound.
 */
export function declareMemoryShared(
  binary: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(binary);
  let position = HEADER_BYTES;
  const readSize = () => {
    let size = 0;
    for (let shift = 0;; shift += 7) {
      const byte = changed[position++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return size;
    }
  };
  while (position < changed.length) {
    const section = changed[position++];
    const size = readSize();
    if (section === MEMORY_SECTION) {
      const memories = changed[position];
      const limits = changed[position + 1];
      if (memories !== 1 || (limits !== BOUNDED && limits !== SHARED)) {
        throw new Error(
          "Cannot share the memory of a wasm module: it has no upper bound, " +
            "expected one as in tfjs-backend-wasm",
        );
      }
      changed[position + 1] = SHARED;
      return changed;
    }
    position += size;
  }
  return changed;
}

/** "\0asm" and the version. */
const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
/** Kinds of a memory's limits. */
const BOUNDED = 1;
const SHARED = 3;
