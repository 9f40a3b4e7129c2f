/**
 * Writes bounds checks into a wasm module. Where V8 makes none, an address that
 * follows from a hostile file could reach memory outside the module's.
 */

import { ByteReader, type Bytes, ByteWriter } from "./bytes.ts";
import { accessOf, skipImmediates, VALUE_TYPES } from "./instructions.ts";

/** "\0asm" and the version. */
const HEADER_BYTES = 8;

/** Sections of a module, by their numbers. */
const TYPES = 1;
const IMPORTS = 2;
const FUNCTIONS = 3;
const CODE = 10;

const FUNCTION_TYPE = 0x60;

/** The check: `(address: i32, extent: i64) => address`. */
const CHECK_TYPE = [
  ...[FUNCTION_TYPE, 2, VALUE_TYPES.i32, VALUE_TYPES.i64],
  ...[1, VALUE_TYPES.i32],
];

/** Traps where address + extent, in 64 bits, is more than the memory's bytes. */
// deno-fmt-ignore
const CHECK_BODY = [
  0x00, // no locals
  0x20, 0, 0xad, // local.get 0, i64.extend_i32_u
  0x20, 1, 0x7c, // local.get 1, i64.add
  0x3f, 0, 0xad, 0x42, 16, 0x86, // memory.size, extended, shifted left by 16
  0x56, 0x04, 0x40, 0x00, 0x0b, // i64.gt_u, if, unreachable, end
  0x20, 0, 0x0b, // local.get 0, end
];

const CALL = 0x10;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const I64_CONST = 0x42;

/**
 * A copy of a module in which every load and store is checked against the size
 * of the memory, and traps as with V8's own checks. Instructions on blocks of
 * memory (`memory.copy`, `memory.fill`, `memory.init`) stay as they are, since
 * V8 checks them in any case.
 *
 * @param binary a module with one memory of its own and 32-bit addresses,
 *   without SIMD and threads.
 * @throws {Error} for what it does not know: a check would be missing.
 */
export function addBoundsChecks(binary: Bytes): Bytes {
  const sections = readSections(binary);
  const contentOf = (id: number) =>
    sections.find((section) => section.id === id)?.content ?? Uint8Array.of(0);
  const types = readParameterCounts(contentOf(TYPES));
  const functions = readFunctionTypes(contentOf(FUNCTIONS));
  const check = countImportedFunctions(contentOf(IMPORTS)) + functions.length;
  const parameters = functions.map((type) => types[type]);
  const changed = new ByteWriter();
  const changes: Record<number, (content: Bytes) => void> = {
    [TYPES]: (content) => append(changed, content, CHECK_TYPE),
    [FUNCTIONS]: (content) => {
      const type = new ByteWriter();
      type.unsigned(types.length);
      append(changed, content, type.written());
    },
    [CODE]: (content) => checkFunctions(changed, content, parameters, check),
  };
  const out = new ByteWriter();
  out.bytes(binary.subarray(0, HEADER_BYTES));
  for (const { id, content } of sections) {
    changed.clear();
    const change = changes[id] ?? ((content) => changed.bytes(content));
    change(content);
    out.byte(id);
    out.unsigned(changed.length);
    out.bytes(changed.written());
  }
  return out.written();
}

function readSections(
  binary: Bytes,
): { readonly id: number; readonly content: Bytes }[] {
  const from = new ByteReader(binary);
  from.position = HEADER_BYTES;
  const sections = [];
  while (!from.isAtEnd()) {
    const id = from.byte();
    sections.push({ id, content: from.bytes(from.unsigned()) });
  }
  return sections;
}

/** The number of parameters of each type. */
function readParameterCounts(content: Bytes): number[] {
  const from = new ByteReader(content);
  return Array.from({ length: from.unsigned() }, () => {
    if (from.byte() !== FUNCTION_TYPE) throw new Error("Unknown kind of type");
    const parameters = from.unsigned();
    from.position += parameters;
    const results = from.unsigned();
    from.position += results;
    return parameters;
  });
}

function readFunctionTypes(content: Bytes): number[] {
  const from = new ByteReader(content);
  return Array.from({ length: from.unsigned() }, () => from.unsigned());
}

function countImportedFunctions(content: Bytes): number {
  const from = new ByteReader(content);
  const count = from.unsigned();
  let functions = 0;
  for (let index = 0; index < count; index++) {
    for (let name = 0; name < 2; name++) from.bytes(from.unsigned());
    switch (from.byte()) {
      case 0: // a function: its type
        from.skipNumber();
        functions++;
        break;
      case 1: { // a table: its type and its limits
        from.byte();
        const isBounded = from.byte() === 1;
        from.skipNumber();
        if (isBounded) from.skipNumber();
        break;
      }
      case 3: // a global: its type and whether it is variable
        from.position += 2;
        break;
      default:
        throw new Error("Unknown kind of import");
    }
  }
  return functions;
}

/** Writes a vector with one item more. */
function append(
  out: ByteWriter,
  vector: Bytes,
  item: ArrayLike<number>,
): void {
  const from = new ByteReader(vector);
  out.unsigned(from.unsigned() + 1);
  out.slice(vector, from.position, vector.length);
  out.bytes(item);
}

/** Writes all functions with checks, and the check behind them. */
function checkFunctions(
  out: ByteWriter,
  content: Bytes,
  parameters: readonly number[],
  check: number,
): void {
  const from = new ByteReader(content);
  const count = from.unsigned();
  const checked = new ByteWriter();
  out.unsigned(count + 1);
  for (let index = 0; index < count; index++) {
    checked.clear();
    const body = from.bytes(from.unsigned());
    checkFunction(checked, body, parameters[index], check);
    out.unsigned(checked.length);
    out.bytes(checked.written());
  }
  out.unsigned(CHECK_BODY.length);
  out.bytes(CHECK_BODY);
}

/** Where a store's value waits while its address is checked: a local a type. */
const HELD = Object.keys(VALUE_TYPES) as (keyof typeof VALUE_TYPES)[];

/** Writes a function's body with a call of the check before each access. */
function checkFunction(
  out: ByteWriter,
  body: Bytes,
  parameters: number,
  check: number,
): void {
  const from = new ByteReader(body);
  const groups = from.unsigned();
  const declarations = from.position;
  let locals = parameters;
  for (let group = 0; group < groups; group++) {
    locals += from.unsigned();
    from.skipNumber();
  }
  out.unsigned(groups + HELD.length);
  out.slice(body, declarations, from.position);
  for (const type of HELD) out.bytes([1, VALUE_TYPES[type]]);

  let copied = from.position;
  while (!from.isAtEnd()) {
    const start = from.position;
    const opcode = from.byte();
    const access = accessOf(opcode);
    if (access === undefined) {
      skipImmediates(opcode, from);
      continue;
    }
    from.skipNumber(); // the alignment
    const offset = from.unsigned();
    const local = access.stored && locals + HELD.indexOf(access.stored);
    out.slice(body, copied, start);
    if (local !== undefined) withIndex(out, LOCAL_SET, local);
    out.byte(I64_CONST);
    out.signed(offset + access.bytes);
    withIndex(out, CALL, check);
    if (local !== undefined) withIndex(out, LOCAL_GET, local);
    copied = start;
  }
  out.slice(body, copied, body.length);
}

function withIndex(out: ByteWriter, opcode: number, index: number): void {
  out.byte(opcode);
  out.unsigned(index);
}
