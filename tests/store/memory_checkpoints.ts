import type { CheckpointStore } from "../../lib/store/checkpoint_store.ts";

/** Pieces that are kept in memory alone. */
export class MemoryCheckpoints implements CheckpointStore {
  /** By name; tests look at it and change it. */
  readonly kept = new Map<string, Uint8Array<ArrayBuffer>>();

  get isResumed(): boolean {
    return this.kept.size > 0;
  }

  read(name: string) {
    return this.kept.get(name)?.slice();
  }

  open(name: string) {
    const bytes = this.kept.get(name);
    let at = 0;
    return bytes && {
      read(into: Uint8Array) {
        if (at + into.length > bytes.length) throw new RangeError("it ended");
        into.set(bytes.subarray(at, at += into.length));
      },
      close() {},
    };
  }

  write(name: string, bytes: Uint8Array) {
    this.kept.set(name, Uint8Array.from(bytes));
  }

  async writeParts(name: string, parts: AsyncIterable<Uint8Array>) {
    const bytes: number[] = [];
    for await (const part of parts) for (const byte of part) bytes.push(byte);
    this.write(name, Uint8Array.from(bytes));
  }

  remove(...names: string[]) {
    for (const name of names) this.kept.delete(name);
  }
}
