/** Numbers and texts in the bytes that HDF5 gives. */

/** Numbers as a file stores them. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float16Array
  | Float32Array
  | Float64Array;

/** Whether a number consists of one byte, over and over. */
export function isMark(
  bytes: Uint8Array,
  at: number,
  size: number,
  mark: number,
): boolean {
  for (let index = at; index < at + size; index++) {
    if (bytes[index] !== mark) return false;
  }
  return true;
}

/** The first number that consists of marks; -1 if there is none. */
export function findMark(
  bytes: Uint8Array,
  size: number,
  mark: number,
): number {
  for (let at = size - 1; at < bytes.length; at += size) {
    if (bytes[at] === mark && isMark(bytes, at - size + 1, size, mark)) {
      return at;
    }
  }
  return -1;
}

/** Texts of equal length, which end with a NUL or fill their room. */
export function fixedTexts(
  bytes: Uint8Array,
  size: number,
  hasSpaces: boolean,
): string[] {
  const decoder = new TextDecoder();
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const text = bytes.subarray(at, at + size);
    const end = text.indexOf(0);
    const decoded = decoder.decode(end < 0 ? text : text.subarray(0, end));
    texts.push(hasSpaces ? decoded.trimEnd() : decoded);
  }
  return texts;
}

/** How a file stores a number. */
interface Storage {
  /** Bytes of each. */
  readonly size: number;
  readonly signed: boolean;
  readonly isFloat: boolean;
}

/** The numbers that bytes are, which the library gives in this byte order. */
export function asNumbers(
  bytes: Uint8Array<ArrayBuffer>,
  { size, signed, isFloat }: Storage,
): Numbers {
  const kind = `${isFloat ? "float" : signed ? "int" : "uint"}${8 * size}`;
  switch (kind) {
    case "float16":
      return new Float16Array(bytes.buffer);
    case "float32":
      return new Float32Array(bytes.buffer);
    case "float64":
      return new Float64Array(bytes.buffer);
    case "int8":
      return new Int8Array(bytes.buffer);
    case "int16":
      return new Int16Array(bytes.buffer);
    case "int32":
      return new Int32Array(bytes.buffer);
    case "int64":
      return new BigInt64Array(bytes.buffer);
    case "uint8":
      return bytes;
    case "uint16":
      return new Uint16Array(bytes.buffer);
    case "uint32":
      return new Uint32Array(bytes.buffer);
    case "uint64":
      return new BigUint64Array(bytes.buffer);
    default:
      throw new Error(`its numbers are stored as ${kind}`);
  }
}

/** Numbers rounded to float32, in an array that may be written to. */
export function asFloat32(numbers: Numbers): Float32Array<ArrayBuffer> {
  return isBig(numbers)
    ? Float32Array.from(numbers, Number)
    : new Float32Array(numbers);
}

/** Numbers as float64; whole ones are exact up to 2^53. */
export function asFloat64(numbers: Numbers): Float64Array<ArrayBuffer> {
  return isBig(numbers)
    ? Float64Array.from(numbers, Number)
    : new Float64Array(numbers);
}

function isBig(numbers: Numbers): numbers is BigInt64Array | BigUint64Array {
  return numbers instanceof BigInt64Array || numbers instanceof BigUint64Array;
}
