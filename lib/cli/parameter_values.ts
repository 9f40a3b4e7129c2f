/** Reads and checks one parameter's value, from a flag or a config file. */

import type { Parameter, ParameterValue } from "./parameters.ts";
import { withCommas } from "./text.ts";

/** A value that was read, or what is wrong with it. */
export type ReadValue =
  | { readonly value: ParameterValue }
  | { readonly problem: string };

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads the value of a flag.
 *
 * @returns The value, or a problem such as `0 is given where a whole number
 * of at least 1 should be`.
 */
export function readWritten(parameter: Parameter, written: string): ReadValue {
  const parsed = parseWritten(parameter, written);
  const value = parsed && checkValue(parameter, parsed.value);
  if (value !== undefined) return { value };
  const shown = parsed === undefined && DECIMAL.test(written)
    ? written
    : JSON.stringify(parsed?.value ?? written);
  return { problem: describeProblem(parameter, shown) };
}

/** The value that is written; undefined if it is of another type. */
function parseWritten(
  { kind, words }: Parameter,
  written: string,
): { value: string | number | boolean } | undefined {
  const text = written.trim();
  if (words?.includes(text)) return { value: text };
  switch (kind) {
    case "integer":
      return WHOLE.test(text) ? { value: Number(text) } : undefined;
    case "number":
      return DECIMAL.test(text) ? { value: Number(text) } : undefined;
    case "switch":
      return /^(true|false)$/.test(text)
        ? { value: text === "true" }
        : undefined;
    default:
      return { value: written };
  }
}

/**
 * Checks a value that has a type already, as a config file's values have.
 *
 * @param value Anything that JSON can hold.
 * @returns The value; undefined if the parameter does not take it.
 */
export function checkValue(
  parameter: Parameter,
  value: unknown,
): ParameterValue | undefined {
  if (parameter.kind === "list" && typeof value === "string") {
    return value.split(",").map((item) => item.trim()).filter(Boolean);
  }
  return isTaken(parameter, value) ? value as ParameterValue : undefined;
}

function isTaken(parameter: Parameter, value: unknown): boolean {
  const { kind, words, choices } = parameter;
  if (words?.includes(value as string)) return true;
  switch (kind) {
    case "integer":
      return Number.isSafeInteger(value) &&
        isWithin(parameter, value as number);
    case "number":
      return Number.isFinite(value) && isWithin(parameter, value as number);
    case "choice":
      return choices?.includes(value as string) ?? false;
    case "switch":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value) &&
        value.every((item) => typeof item === "string");
    default:
      return typeof value === "string";
  }
}

export function describeProblem(parameter: Parameter, shown: string): string {
  return `${shown} is given where ${describeExpected(parameter)} should be`;
}

/** What a parameter takes, in words: `a whole number of at least 1`. */
export function describeExpected(parameter: Parameter): string {
  switch (parameter.kind) {
    case "integer":
    case "number":
      return [
        [
          parameter.kind === "integer" ? "a whole number" : "a number",
          describeBounds(parameter),
        ].join(" ").trim(),
        ...parameter.words ?? [],
      ].join(", or ");
    case "choice":
      return `one of ${parameter.choices?.join(", ")}`;
    case "switch":
      return "true or false";
    case "list":
      return "a list of texts separated by commas";
    default:
      return "a text";
  }
}

/** A parameter's bounds in words; empty if it has none. */
export function describeBounds(parameter: Parameter): string {
  const { minimum, above, maximum, below } = parameter;
  if (minimum !== undefined && maximum !== undefined) {
    return `from ${showBound(minimum)} to ${showBound(maximum)}`;
  }
  const bounds: string[] = [];
  if (minimum !== undefined) bounds.push(`of at least ${showBound(minimum)}`);
  if (above !== undefined) bounds.push(`above ${showBound(above)}`);
  if (maximum !== undefined) bounds.push(`of at most ${showBound(maximum)}`);
  if (below !== undefined) bounds.push(`below ${showBound(below)}`);
  return bounds.join(" and ");
}

/** A large number is hard to read without commas. */
function showBound(bound: number): string {
  return Number.isInteger(bound) && Math.abs(bound) >= 10_000
    ? withCommas(bound)
    : String(bound);
}

function isWithin(parameter: Parameter, value: number): boolean {
  const { minimum, above, maximum, below } = parameter;
  return !(minimum !== undefined && value < minimum) &&
    !(above !== undefined && value <= above) &&
    !(maximum !== undefined && value > maximum) &&
    !(below !== undefined && value >= below);
}
