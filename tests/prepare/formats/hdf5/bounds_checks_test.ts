/** Bounds checks that are written into a module are those of V8. */

import assert from "node:assert/strict";
import { addBoundsChecks } from "../../../../lib/prepare/formats/hdf5/wasm/bounds_checks.ts";
import {
  accessOf,
  VALUE_TYPES,
} from "../../../../lib/prepare/formats/hdf5/wasm/instructions.ts";

const PAGE = 65536;
const accesses = Array.from({ length: 23 }, (_, index) => 0x28 + index);

function unsigned(number: number): number[] {
  const low = number % 128;
  return number < 128 ? [low] : [low + 128, ...unsigned((number - low) / 128)];
}

const section = (id: number, content: number[]) => [
  id,
  ...unsigned(content.length),
  ...content,
];
const vector = (items: number[][]) => [
  ...unsigned(items.length),
  ...items.flat(),
];

/** What a load gives, or a store takes. */
function typeOf(opcode: number): number {
  const { i32, i64, f32, f64 } = VALUE_TYPES;
  const loads = [i32, i64, f32, f64, ...Array(4).fill(i32)];
  const { stored } = accessOf(opcode)!;
  return stored === undefined
    ? loads[opcode - 0x28] ?? i64
    : VALUE_TYPES[stored];
}

/**
 * A module of a memory of one page, which may grow, and a function `f(address)` that loads a
 * value from, or stores the value 1 to, a given offset behind the address.
 */
function accessing(opcode: number, offset: number): Uint8Array<ArrayBuffer> {
  const { i32, i64, f32, f64 } = VALUE_TYPES;
  const type = typeOf(opcode);
  const one = {
    [i32]: [0x41, 1],
    [i64]: [0x42, 1],
    [f32]: [0x43, 0, 0, 0x80, 0x3f],
    [f64]: [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
  }[type];
  const stores = accessOf(opcode)!.stored !== undefined;
  const body = [
    ...[1, 1, f64], // a local of its own
    ...[0x20, 0],
    ...stores ? one : [],
    ...[opcode, 0, ...unsigned(offset)],
    ...stores ? [] : [0x1a],
    0x0b,
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 1, i32, 0]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([[1, 1, 2]])),
    ...section(7, [2, 1, 0x66, 0, 0, 1, 0x6d, 2, 0]),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

function open(binary: Uint8Array<ArrayBuffer>) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  return {
    access: exports.f as (address: number) => void,
    memory: exports.m as WebAssembly.Memory,
  };
}

/** Of the check: V8's own says "memory access out of bounds". */
const trap = { name: "RuntimeError", message: "unreachable" };

Deno.test("each load and store is allowed to the memory's last byte", () => {
  for (const opcode of accesses) {
    const { bytes } = accessOf(opcode)!;
    for (const offset of [0, 1, 63, 64, 1000]) {
      const { access } = open(addBoundsChecks(accessing(opcode, offset)));
      const last = PAGE - offset - bytes;
      access(0);
      access(last);
      assert.throws(() => access(last + 1), trap, `${opcode} + ${offset}`);
      assert.throws(() => access(PAGE), trap);
    }
  }
});

Deno.test("no address wraps around or reaches behind 4 GiB", () => {
  for (const opcode of accesses) {
    for (const offset of [1, 2 ** 16, 2 ** 31, 2 ** 32 - 1]) {
      const { access } = open(addBoundsChecks(accessing(opcode, offset)));
      for (const address of [-1, -offset, 2 ** 31, -(2 ** 31)]) {
        assert.throws(() => access(address), trap, `${opcode} + ${offset}`);
      }
    }
  }
});

Deno.test("a store writes what it wrote without the check", () => {
  for (const opcode of accesses.filter((each) => accessOf(each)!.stored)) {
    const plain = open(accessing(opcode, 3));
    const checked = open(addBoundsChecks(accessing(opcode, 3)));
    plain.access(5);
    checked.access(5);
    const start = (memory: WebAssembly.Memory) =>
      new Uint8Array(memory.buffer, 0, 32);
    assert.deepEqual(start(checked.memory), start(plain.memory));
    assert.ok(start(plain.memory).some((byte) => byte !== 0));
  }
});

Deno.test("memory that has grown may be used", () => {
  const { access, memory } = open(addBoundsChecks(accessing(0x28, 0)));
  assert.throws(() => access(PAGE), trap);
  memory.grow(1);
  access(PAGE);
  assert.throws(() => access(2 * PAGE), trap);
});

Deno.test("an instruction that is not known is refused", () => {
  const binary = accessing(0x28, 0);
  const place = binary.lastIndexOf(0x28);
  // SIMD, threads, and exceptions.
  for (const opcode of [0xfd, 0xfe, 0x06]) {
    binary[place] = opcode;
    assert.throws(() => addBoundsChecks(binary), /Unknown instruction/);
  }
});
