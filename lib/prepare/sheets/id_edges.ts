/** Tells by its first and last character that a text is none of many ids. */

const ASCII = 0x80;
const POINT = 0x2e;
const ZERO = 0x30;

/** The first and last characters of loose forms. */
export class IdEdges {
  readonly #pairs = new Uint8Array(ASCII * ASCII);
  /** Whether some are no ASCII, so that nothing can be told. */
  #isOpen = false;

  /** Adds ids in their loose form. */
  add(forms: Iterable<string>): void {
    for (const form of forms) {
      const first = form.charCodeAt(0);
      const last = form.charCodeAt(form.length - 1);
      if (first < ASCII && last < ASCII) this.#pairs[first * ASCII + last] = 1;
      else this.#isOpen = true;
    }
  }

  /**
   * Whether a text may have the loose form of an id.
   *
   * @param text Without white space at its ends.
   */
  mayBe(text: string): boolean {
    const first = text.charCodeAt(0);
    const last = text.charCodeAt(text.length - 1);
    // An X in front may be R's, a zero may be left out, and an accent may
    // follow the first letter.
    const isTold = !this.#isOpen && first < ASCII && last < ASCII &&
      (first | 0x20) !== 0x78 && first !== ZERO &&
      !(text.charCodeAt(1) >= ASCII);
    return !isTold ||
      this.#pairs[looseCode(first) * ASCII + looseCode(last)] === 1;
  }
}

/** A letter in lower case, a digit, or the point for anything else. */
function looseCode(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a && code >= 0x41 ? lower : POINT;
}
