/**
 * Parses decimal numbers from bytes, rounded exactly as `Number()` rounds text.
 *
 * Up to 15 digits make a whole number that float64 holds exactly, and so does
 * 10^k for k up to 22. One multiplication or division of two exact numbers
 * rounds once and therefore correctly (W. D. Clinger, How to Read Floating
 * Point Numbers Accurately, PLDI 1990). All other numbers go through `Number`.
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
   * Takes the longest number that starts at `start`. The last byte must not be
   * a part of a number, so that the scan stops there.
   *
   * @returns The number, or NaN if none starts there.
   */
  scan(bytes: Uint8Array, start: number): number {
    let index = start;
    let byte = bytes[index];
    const negative = byte === MINUS;
    if (negative || byte === PLUS) byte = bytes[++index];
    const digitsStart = index;
    // Overflows beyond 9 digits, which are then read again below.
    let small = 0;
    let digit = byte - ZERO;
    while (digit >= 0 && digit <= 9) {
      small = (Math.imul(small, 10) + digit) | 0;
      byte = bytes[++index];
      digit = byte - ZERO;
    }
    let digits = index - digitsStart;
    let fraction = 0;
    if (byte === POINT) {
      const fractionStart = ++index;
      byte = bytes[index];
      digit = byte - ZERO;
      while (digit >= 0 && digit <= 9) {
        small = (Math.imul(small, 10) + digit) | 0;
        byte = bytes[++index];
        digit = byte - ZERO;
      }
      fraction = index - fractionStart;
      digits += fraction;
    }
    this.end = index;
    if (digits === 0) return NaN;
    let exponent = -fraction;
    if ((byte | 0x20) === 0x65) { // e or E
      exponent += this.#scanExponent(bytes, index);
    }
    if (
      digits > EXACT_DIGITS || exponent < -22 || exponent > 22
    ) {
      return Number(latin1.decode(bytes.subarray(start, this.end)));
    }
    const mantissa = digits > INT32_DIGITS
      ? wholeNumber(bytes, digitsStart, index)
      : small;
    const size = exponent < 0
      ? mantissa / POWERS[-exponent]
      : mantissa * POWERS[exponent];
    return negative ? -size : size;
  }

  /** Takes `e`, a sign and digits; takes nothing if no digit follows. */
  #scanExponent(bytes: Uint8Array, start: number): number {
    let index = start + 1;
    const negative = bytes[index] === MINUS;
    if (negative || bytes[index] === PLUS) index++;
    let digit = bytes[index] - ZERO;
    if (!(digit >= 0 && digit <= 9)) return 0;
    let exponent = 0;
    while (digit >= 0 && digit <= 9) {
      if (exponent < 100_000) exponent = exponent * 10 + digit;
      digit = bytes[++index] - ZERO;
    }
    this.end = index;
    return negative ? -exponent : exponent;
  }
}

/** The number that digits make, without a point among them. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  for (let index = start; index < end; index++) {
    if (bytes[index] !== POINT) whole = whole * 10 + (bytes[index] - ZERO);
  }
  return whole;
}
