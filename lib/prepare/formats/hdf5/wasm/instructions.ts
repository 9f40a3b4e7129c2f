/** The instructions of wasm: what follows each opcode, and which use memory. */

import type { ByteReader } from "./bytes.ts";

/** The value types that have an address stored beside them. */
export const VALUE_TYPES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };

/** A load or a store. */
export interface Access {
  /** How many bytes it reads or writes. */
  readonly bytes: number;
  /** The type of what it stores; absent for a load. */
  readonly stored?: keyof typeof VALUE_TYPES;
}

/** From `i32.load` to `i64.store32`, in the order of their opcodes. */
const ACCESSES: readonly Access[] = [
  ...[4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4].map((bytes) => ({ bytes })),
  { bytes: 4, stored: "i32" },
  { bytes: 8, stored: "i64" },
  { bytes: 4, stored: "f32" },
  { bytes: 8, stored: "f64" },
  { bytes: 1, stored: "i32" },
  { bytes: 2, stored: "i32" },
  { bytes: 1, stored: "i64" },
  { bytes: 2, stored: "i64" },
  { bytes: 4, stored: "i64" },
];
const FIRST_ACCESS = 0x28;

/** What a load or store does; undefined for any other instruction. */
export function accessOf(opcode: number): Access | undefined {
  return ACCESSES[opcode - FIRST_ACCESS];
}

/**
 * Passes over what follows an opcode that is no load or store.
 *
 * @throws {Error} if the opcode is not known.
 */
export function skipImmediates(opcode: number, from: ByteReader): void {
  if (opcode === BULK) {
    skipNumbers(immediatesOfBulk(from.unsigned()), from);
  } else if (opcode === BR_TABLE) {
    skipNumbers(from.unsigned() + 1, from);
  } else if (opcode === SELECT_TYPED) {
    skipNumbers(from.unsigned(), from);
  } else if (opcode === F32_CONST || opcode === F64_CONST) {
    from.position += opcode === F32_CONST ? 4 : 8;
  } else {
    skipNumbers(immediatesOf(opcode), from);
  }
}

const BR_TABLE = 0x0e;
const SELECT_TYPED = 0x1c;
const F32_CONST = 0x43;
const F64_CONST = 0x44;
/** Of conversions that saturate, and of instructions on blocks of memory. */
const BULK = 0xfc;

function skipNumbers(count: number, from: ByteReader): void {
  for (let index = 0; index < count; index++) from.skipNumber();
}

/** How many numbers follow an opcode. */
function immediatesOf(opcode: number): number {
  // Blocks, jumps, calls, locals, globals, tables, the memory's size, constants.
  if (opcode === 0x11 || opcode === 0x13) return 2;
  if (
    opcode >= 0x02 && opcode <= 0x04 || opcode === 0x0c || opcode === 0x0d ||
    opcode === 0x10 || opcode === 0x12 || opcode >= 0x20 && opcode <= 0x26 ||
    opcode >= 0x3f && opcode <= 0x42 || opcode === 0xd0 || opcode === 0xd2
  ) return 1;
  // The rest of control, drop, select, and arithmetic.
  if (
    opcode <= 0x01 || opcode === 0x05 || opcode === 0x0b || opcode === 0x0f ||
    opcode === 0x1a || opcode === 0x1b || opcode >= 0x45 && opcode <= 0xc4 ||
    opcode === 0xd1
  ) return 0;
  throw new Error(`Unknown instruction 0x${opcode.toString(16)}`);
}

function immediatesOfBulk(opcode: number): number {
  if (opcode <= 7) return 0;
  if (opcode === 8 || opcode === 10 || opcode === 12 || opcode === 14) return 2;
  if (opcode <= 17) return 1;
  throw new Error(`Unknown instruction 0xfc ${opcode}`);
}
