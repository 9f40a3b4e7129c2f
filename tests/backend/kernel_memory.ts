/** The kernels of kernels.wasm on their own memory, without tfjs. */

import { kernelImports } from "../../lib/backend/wasm/kernel_imports.ts";

const GUARD = 64;
/** The bytes of the guards around every block of memory. */
const GUARD_BYTE = 0xa5;

const memory = new WebAssembly.Memory({
  initial: 1,
  maximum: 1024,
  shared: true,
});
const binary = await Deno.readFile(
  new URL("../../lib/backend/kernels/kernels.wasm", import.meta.url),
);
const module = await WebAssembly.compile(binary);

/** All exports of kernels.wasm, perhaps of the code for 256-bit vectors. */
export async function exportsOf(wide?: boolean) {
  const imports = kernelImports(memory, wide);
  const { exports } = await WebAssembly.instantiate(module, imports);
  return exports as unknown as Record<
    string,
    (...numbers: number[]) => number
  >;
}

/** The same of the code that this process uses. */
export const exported = await exportsOf();

/** Blocks of memory between guards, which show a write outside of a block. */
export class GuardedMemory {
  #end = 4096;
  readonly #guards: number[] = [];

  /** A block with every byte set to `fill`. */
  allocate(bytes: number, fill = 0): number {
    const address = this.#guard(Math.ceil(this.#end / 64) * 64);
    this.#end = address + bytes;
    this.#grow(this.#end + 2 * GUARD);
    new Uint8Array(memory.buffer, address, bytes).fill(fill);
    this.#end = this.#guard(this.#end);
    return address;
  }

  /** A block with these numbers. */
  put(values: Float32Array): number {
    const address = this.allocate(values.byteLength);
    this.floats(address, values.length).set(values);
    return address;
  }

  floats(address: number, size: number): Float32Array {
    return new Float32Array(memory.buffer, address, size);
  }

  /** Whether nothing was written between the blocks. */
  isIntact(): boolean {
    return this.#guards.every((address) =>
      new Uint8Array(memory.buffer, address, GUARD).every((byte) =>
        byte === GUARD_BYTE
      )
    );
  }

  #guard(address: number): number {
    this.#grow(address + GUARD);
    new Uint8Array(memory.buffer, address, GUARD).fill(GUARD_BYTE);
    this.#guards.push(address);
    return address + GUARD;
  }

  #grow(bytes: number): void {
    const missing = Math.ceil((bytes - memory.buffer.byteLength) / 65536);
    if (missing > 0) memory.grow(missing);
  }
}
