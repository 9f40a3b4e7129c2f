/**
 * Decimal numbers out of bytes, rounded exactly as `Number()` rounds text.
 *
 * Up to 15 digits make a whole number that float64 holds exactly, and so does
 * 10^k for k up to 22. One multiplication or division of two exact numbers
 * rounds once, and so rightly (W. D. Clinger, How to Read Floating Point
 * Numbers Accurately, PLDI 1990). Whatever lies outside goes through `Number`.
 */

const EXACT_DIGITS = 15;
/** So many digits always fit 32 bits, whose arithmetic is the fastest. */
const INT32_DIGITS = 9;
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

const latin1 = new TextDecoder("latin1");

const ZERO = 0x30;
const POINT = 0x2e;
const PLUS = 0x2b;
const MINUS = 0x2d;

/**
 * Scans decimal numbers such as `12`, `.5`, `-3.25` or `1e-7`; no hexadecimal,
 * no infinity, no NaN.
 */
export class DecimalScanner {
  /** Where the last scan stopped: the first byte that was not taken. */
  end = 0;

  /**
   * Takes the longest number that starts at `start`. The bytes must end in
   * one that is no part of a number, as a sentinel.
   *
   * @returns The number, or NaN if none starts there.
   */
  scan(bytes: Uint8Array, start: number): number {
    let at = start;
    let byte = bytes[at];
    const negative = byte === MINUS;
    if (negative || byte === PLUS) byte = bytes[++at];
    const digitsStart = at;
    // Wraps around beyond 9 digits, which then are taken again below.
    let small = 0;
    let digit = byte - ZERO;
    while (digit >= 0 && digit <= 9) {
      small = (Math.imul(small, 10) + digit) | 0;
      byte = bytes[++at];
      digit = byte - ZERO;
    }
    let digits = at - digitsStart;
    let fraction = 0;
    if (byte === POINT) {
      const fractionStart = ++at;
      byte = bytes[at];
      digit = byte - ZERO;
      while (digit >= 0 && digit <= 9) {
        small = (Math.imul(small, 10) + digit) | 0;
        byte = bytes[++at];
        digit = byte - ZERO;
      }
      fraction = at - fractionStart;
      digits += fraction;
    }
    this.end = at;
    if (digits === 0) return NaN;
    let exponent = -fraction;
    if ((byte | 0x20) === 0x65) { // e or E
      exponent += this.#scanExponent(bytes, at);
    }
    if (
      digits > EXACT_DIGITS || exponent < -22 || exponent > 22
    ) {
      return Number(latin1.decode(bytes.subarray(start, this.end)));
    }
    const mantissa = digits > INT32_DIGITS
      ? wholeNumber(bytes, digitsStart, at)
      : small;
    const size = exponent < 0
      ? mantissa / POWERS[-exponent]
      : mantissa * POWERS[exponent];
    return negative ? -size : size;
  }

  /** Takes `e`, a sign and digits; takes nothing if no digit follows. */
  #scanExponent(bytes: Uint8Array, start: number): number {
    let at = start + 1;
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;
    let digit = bytes[at] - ZERO;
    if (!(digit >= 0 && digit <= 9)) return 0;
    let exponent = 0;
    while (digit >= 0 && digit <= 9) {
      if (exponent < 100_000) exponent = exponent * 10 + digit;
      digit = bytes[++at] - ZERO;
    }
    this.end = at;
    return negative ? -exponent : exponent;
  }
}

/** The number that digits make, a point among them left out. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== POINT) whole = whole * 10 + (bytes[at] - ZERO);
  }
  return whole;
}

/**
 * The number that a text is, as `Number` has it.
 *
 * @returns The number, or NaN if the text is anything but one decimal number.
 */
export function parseDecimal(text: string): number {
  const bytes = new TextEncoder().encode(`${text}\0`);
  const scanner = new DecimalScanner();
  const value = scanner.scan(bytes, 0);
  return scanner.end === bytes.length - 1 ? value : NaN;
}
