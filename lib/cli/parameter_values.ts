/** Reads and checks one parameter's value, from a flag or a config file. */

import type { Parameter, ParameterValue } from "./parameters.ts";

/** A value that was read, or what is wrong with it. */
export type ReadValue =
  | { readonly value: ParameterValue }
  | { readonly problem: string };

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads the value of a flag.
 *
 * @param parameter The parameter's declaration.
 * @param written What the user wrote after the flag.
 * @returns The value, or a problem such as `0 is given where a whole number
 * of at least 1 should be`.
 */
export function readWritten(parameter: Parameter, written: string): ReadValue {
  const text = written.trim();
  switch (parameter.kind) {
    case "integer":
      if (parameter.words?.includes(text)) return { value: text };
      return WHOLE.test(text)
        ? checkValue(parameter, Number(text))
        : refuse(parameter, quote(written));
    case "number":
      return DECIMAL.test(text)
        ? checkValue(parameter, Number(text))
        : refuse(parameter, quote(written));
    case "switch":
      return text === "true" || text === "false"
        ? { value: text === "true" }
        : refuse(parameter, quote(written));
    case "list":
      return checkValue(parameter, splitList(written));
    default:
      return checkValue(parameter, written);
  }
}

/**
 * Checks a value that has a type already, as a config file's values have.
 *
 * @param parameter The parameter's declaration.
 * @param value Anything that JSON can hold.
 */
export function checkValue(parameter: Parameter, value: unknown): ReadValue {
  const good = () => ({ value: value as ParameterValue });
  const bad = () => refuse(parameter, JSON.stringify(value));
  switch (parameter.kind) {
    case "integer":
      if (parameter.words?.includes(value as string)) return good();
      return Number.isSafeInteger(value) && isWithin(parameter, value as number)
        ? good()
        : bad();
    case "number":
      return Number.isFinite(value) && isWithin(parameter, value as number)
        ? good()
        : bad();
    case "choice":
      return parameter.choices?.includes(value as string) ? good() : bad();
    case "switch":
      return typeof value === "boolean" ? good() : bad();
    case "list":
      if (typeof value === "string") return { value: splitList(value) };
      return Array.isArray(value) &&
          value.every((item) => typeof item === "string")
        ? good()
        : bad();
    default:
      return typeof value === "string" ? good() : bad();
  }
}

/** What a parameter takes, in words: `a whole number of at least 1`. */
export function describeExpected(parameter: Parameter): string {
  switch (parameter.kind) {
    case "integer":
      return [
        ["a whole number", describeBounds(parameter)].join(" ").trim(),
        ...parameter.words ?? [],
      ].join(", or ");
    case "number":
      return ["a number", describeBounds(parameter)].join(" ").trim();
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
    return `from ${minimum} to ${maximum}`;
  }
  const bounds: string[] = [];
  if (minimum !== undefined) bounds.push(`of at least ${minimum}`);
  if (above !== undefined) bounds.push(`above ${above}`);
  if (maximum !== undefined) bounds.push(`of at most ${maximum}`);
  if (below !== undefined) bounds.push(`below ${below}`);
  return bounds.join(" and ");
}

/** Whether a number lies in the bounds. */
function isWithin(parameter: Parameter, value: number): boolean {
  const { minimum, above, maximum, below } = parameter;
  return !(minimum !== undefined && value < minimum) &&
    !(above !== undefined && value <= above) &&
    !(maximum !== undefined && value > maximum) &&
    !(below !== undefined && value >= below);
}

/** The items of a list written with commas; spaces around them do not count. */
function splitList(written: string): string[] {
  return written.split(",").map((item) => item.trim()).filter(Boolean);
}

function quote(written: string): string {
  return DECIMAL.test(written) ? written : JSON.stringify(written);
}

function refuse(parameter: Parameter, given: string): ReadValue {
  return {
    problem: `${given} is given where ${describeExpected(parameter)} should be`,
  };
}
