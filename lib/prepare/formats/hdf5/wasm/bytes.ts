/** Reads and writes the bytes of wasm modules. */

/** Bytes as a module has them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Reads bytes and LEB128 numbers from first to last. */
export class ByteReader {
  readonly #bytes: Bytes;
  /** Where the next byte is read. */
  position = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.position >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.position++];
  }

  bytes(count: number): Bytes {
    this.position += count;
    return this.#bytes.subarray(this.position - count, this.position);
  }

  /** An unsigned number of up to 32 bits. */
  unsigned(): number {
    let number = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = this.byte();
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) return number;
    }
  }

  /** Passes over a number, signed or not. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }
}

/** Bytes that grow. */
export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was written, until more is written. */
  written(): Bytes {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  bytes(bytes: ArrayLike<number>): void {
    this.slice(bytes, 0, bytes.length);
  }

  /** Writes some bytes of others, from `start` up to `end`. */
  slice(bytes: ArrayLike<number>, start: number, end: number): void {
    this.#reserve(end - start);
    // Most slices are so short that `set` would take longer.
    for (let index = start; index < end; index++) {
      this.#bytes[this.#length++] = bytes[index];
    }
  }

  /** Writes a whole number from 0 on, as the format's unsigned numbers. */
  unsigned(number: number): void {
    this.#number(number, 0x80);
  }

  /** Writes a whole number from 0 on, as the format's signed numbers. */
  signed(number: number): void {
    this.#number(number, 0x40);
  }

  #number(number: number, limit: number): void {
    for (; number >= limit; number = Math.floor(number / 128)) {
      this.byte(number % 128 + 0x80);
    }
    this.byte(number);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const longer = new Uint8Array(2 * (this.#length + bytes));
    longer.set(this.written());
    this.#bytes = longer;
  }
}
