/** Turns a table separated by runs of blanks into one separated by tabs. */

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;

/**
 * Makes one tab of the blanks and tabs between two cells; those at the ends of
 * a line and within quotes are left out and kept.
 */
export class BlankCollapser {
  #atLineStart = true;
  /** Blanks were seen since the last cell. */
  #apart = true;
  #quoted = false;
  /** The last byte closed a quote, which another one opens again. */
  #closed = false;

  /** The same bytes with tabs between the cells. */
  convert(chunk: Uint8Array): Uint8Array {
    // A pending tab of the chunk before may come on top.
    const converted = new Uint8Array(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (this.#quoted) {
        if (byte === QUOTE) {
          this.#quoted = false;
          this.#closed = true;
          converted[length++] = byte;
          continue;
        }
      } else if (byte === SPACE || byte === TAB) {
        this.#apart = true;
        this.#closed = false;
        continue;
      } else if (byte === LINE_FEED || byte === RETURN) {
        this.#atLineStart = this.#apart = true;
        this.#closed = false;
        converted[length++] = byte;
        continue;
      } else {
        if (this.#apart && !this.#atLineStart) converted[length++] = TAB;
        this.#quoted = byte === QUOTE && (this.#apart || this.#closed);
        this.#atLineStart = this.#apart = false;
      }
      this.#closed = false;
      converted[length++] = byte;
    }
    return converted.subarray(0, length);
  }
}
