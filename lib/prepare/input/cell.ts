/** A cell of a text table: its bytes, and what they say. */

/** Bytes that are decoded faster one by one: a decoder's call is slow. */
const SHORT_CELL = 64;
const SPACE = 0x20;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes of a cell, without the quotes around them. */
export class Cell {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Whether they hold doubled quotes. */
  escaped = false;

  /**
   * Its text, without the white space around it.
   *
   * @throws {TypeError} If the bytes are not UTF-8 or hold a NUL.
   */
  text(): string {
    const bytes = this.bytes.subarray(this.start, this.end);
    const text = isShortAscii(bytes)
      ? String.fromCharCode.apply(undefined, bytes as unknown as number[])
      : utf8.decode(bytes);
    if (text.includes("\0")) throw new TypeError("a NUL byte");
    return (this.escaped ? text.replaceAll('""', '"') : text).trim();
  }

  /** Whether its text is `NA`, the most frequent word among numbers. */
  isNA(): boolean {
    return this.end - this.start === 2 && this.bytes[this.start] === 0x4e &&
      this.bytes[this.start + 1] === 0x41;
  }

  /** Leaves out the blanks at both ends. */
  trim(): void {
    const { bytes } = this;
    while (this.start < this.end && bytes[this.start] === SPACE) this.start++;
    while (this.start < this.end && bytes[this.end - 1] === SPACE) this.end--;
  }
}

function isShortAscii(bytes: Uint8Array): boolean {
  if (bytes.length > SHORT_CELL) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] > 0x7f) return false;
  }
  return true;
}
