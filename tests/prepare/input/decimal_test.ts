import assert from "node:assert/strict";
import { DecimalScanner } from "../../../lib/prepare/input/decimal.ts";
import { RandomStream } from "../../../lib/random.ts";

/** The number that a text is; NaN if it is anything but one number. */
function parseDecimal(text: string): number {
  const bytes = new TextEncoder().encode(`${text}\0`);
  const scanner = new DecimalScanner();
  const value = scanner.scan(bytes, 0);
  return scanner.end === bytes.length - 1 ? value : NaN;
}

function digits(stream: RandomStream, most: number): string {
  let text = "";
  for (let left = stream.integer(most + 1); left > 0; left--) {
    text += stream.integer(10);
  }
  return text;
}

Deno.test("decimal: 100,000 random texts are read as Number reads them", () => {
  const stream = new RandomStream(1);
  for (let round = 0; round < 100_000; round++) {
    let text = ["", "", "", "-", "+"][stream.integer(5)];
    text += digits(stream, stream.integer(3) === 0 ? 25 : 8);
    if (stream.integer(4) > 0) {
      text += `.${digits(stream, stream.integer(3) === 0 ? 25 : 8)}`;
    }
    if (!/\d/.test(text)) text += "7";
    if (stream.integer(3) === 0) {
      text += ["e", "E"][stream.integer(2)] + ["", "-", "+"][stream.integer(3)];
      text += stream.integer(stream.integer(2) === 0 ? 30 : 400);
    }
    const value = parseDecimal(text);
    assert.ok(
      Object.is(value, Number(text)),
      `${text}: ${value} is not ${Number(text)}`,
    );
  }
});

Deno.test("decimal: shortest texts of 50,000 doubles come back", () => {
  const stream = new RandomStream(2);
  const words = new Int32Array(2);
  const double = new Float64Array(words.buffer);
  for (let round = 0; round < 50_000; round++) {
    words[0] = stream.bits();
    words[1] = stream.bits();
    if (!Number.isFinite(double[0])) continue;
    assert.equal(parseDecimal(String(double[0])), double[0]);
  }
});

Deno.test("decimal: hard cases are rounded correctly", () => {
  for (
    const text of [
      "9007199254740993",
      "0.1",
      "2.2250738585072011e-308",
      "5e-324",
      "2e-324",
      "1.7976931348623157e308",
      "1e23",
      "8.5e22",
      "123456789012345e22",
      "999999999999999e-22",
      "000000000000000000000000000001",
      "0.000000000000000000000000000001",
      "1e-22",
      "1e22",
      "0e999",
      ".5",
      "5.",
    ]
  ) assert.equal(parseDecimal(text), Number(text), text);
});

Deno.test("decimal: everything else is NaN", () => {
  for (
    const text of [
      "",
      ".",
      "-",
      "+",
      "e5",
      "1e",
      "1e+",
      "0x10",
      "0b1",
      "1_000",
      "1,5",
      "1 2",
      " 1",
      "1.2.3",
      "NaN",
      "Infinity",
      "inf",
      "--1",
      "1-",
      "\u0661",
    ]
  ) assert.ok(Number.isNaN(parseDecimal(text)), text);
});
