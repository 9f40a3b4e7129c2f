/** Which expression values are accepted, and what is wrong with the others. */

import { quote } from "../../cli/text.ts";

/** The largest value that a float32 holds. */
const FLOAT32_MAX = 3.4028234663852886e38;

/** Whether a value is 0 or greater, not NaN, and fits a float32. */
export function isAccepted(value: number): boolean {
  return value >= 0 && value <= FLOAT32_MAX;
}

/**
 * Says what is wrong with an expression value.
 *
 * @param text The value as the file has it.
 * @param value What `Number` or a scan made of it.
 * @returns What is wrong, and a remedy if there is one.
 */
export function describeFault(
  text: string,
  value: number,
): readonly [what: string, remedy?: string] {
  if (text === "") {
    return ["the value is empty and must be a number, 0 or greater"];
  }
  if (/^(nan|na|n\/a|null|none)$/i.test(text)) {
    return [
      `the value is missing (${
        quote(text)
      }) and must be a number, 0 or greater`,
    ];
  }
  if (/^[+-]?inf(inity)?$/i.test(text)) {
    return [`the value is infinite (${quote(text)}) and must be finite`];
  }
  if (value > FLOAT32_MAX && Number(text) > FLOAT32_MAX) {
    return [`the value ${quote(text)} is too large for a float32`];
  }
  if (value < 0 && Number(text) < 0) {
    return [
      `the value ${quote(text)} is negative and must be 0 or greater`,
      "Give FPKM, RPKM, TPM or counts, before any logarithm or scaling",
    ];
  }
  return [
    `the value ${quote(text)} is not a decimal number and must be one, ` +
    "0 or greater",
  ];
}
