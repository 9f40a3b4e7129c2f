/** Reads a config file: the flags' names and values as JSON. */

import type { GivenValues } from "./flags.ts";
import { InputError } from "./errors.ts";
import { nearestName } from "./nearest_name.ts";
import { checkValue, describeProblem } from "./parameter_values.ts";
import type { Parameters, ParameterValue } from "./parameters.ts";
import { findRepeatedKey } from "./repeated_key.ts";
import { truncateText } from "./text.ts";
import { readTextFile } from "./text_file.ts";

/** A larger file is no config file. */
const LARGEST = 1 << 20;
/** Characters shown of a longer key, and looked at to find a like one. */
const LONGEST_KEY = 60;
/** Characters shown of a longer value. */
const LONGEST_VALUE = 60;

/**
 * Reads a config file. A stage's keys are dotted (`"cnn.epochs": 20`) or
 * nested (`"cnn": {"epochs": 20}`).
 *
 * @param parameters Every key that is known, the stages' ones dotted.
 * @throws {InputError} If the file is missing or no JSON object, or a key is
 * unknown, given twice, of the wrong type or out of its bounds.
 */
export async function readConfigFile(
  path: string,
  parameters: Parameters,
): Promise<GivenValues> {
  const text = await readTextFile(path, LARGEST, { kind: "a JSON file" });
  return parseConfig(text, parameters, path);
}

/**
 * Reads the text of a config file.
 *
 * @param parameters Every key that is known, the stages' ones dotted.
 * @param path For messages.
 * @throws {InputError} As {@linkcode readConfigFile} does.
 */
export function parseConfig(
  text: string,
  parameters: Parameters,
  path: string,
): GivenValues {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `Cannot read ${path}: it is not JSON (${
        truncateText((error as Error).message, 200)
      })`,
    );
  }
  const repeated = findRepeatedKey(text);
  if (repeated !== undefined) throw givenTwice(repeated, path);
  return checkConfig(content, parameters, path);
}

/**
 * Checks what a config file holds.
 *
 * @param parameters Every key that is known, the stages' ones dotted.
 * @throws {InputError} As `readConfigFile` does.
 */
export function checkConfig(
  content: unknown,
  parameters: Parameters,
  source: string,
): GivenValues {
  if (!isObject(content)) {
    throw new InputError(
      `Cannot read ${source}: it holds ${
        Array.isArray(content) ? "a list" : showValue(content)
      } where an object such as {"seed": 42} should be`,
    );
  }
  const groups = new Set(
    Object.keys(parameters).filter((name) => name.includes("."))
      .map((name) => name.slice(0, name.indexOf("."))),
  );
  const given = new Map<string, ParameterValue>();
  const take = (key: string, value: unknown) => {
    const shown = truncateText(key, LONGEST_KEY);
    if (!Object.hasOwn(parameters, key)) {
      const names = [...Object.keys(parameters), ...groups];
      throw new InputError(
        `Cannot read ${source}: "${shown}" is not a known key; did you mean "${
          nearestName(key.slice(0, LONGEST_KEY), names)
        }"?`,
      );
    }
    if (given.has(key)) throw givenTwice(key, source);
    const checked = isFlat(value)
      ? checkValue(parameters[key], value)
      : undefined;
    if (checked === undefined) {
      throw new InputError(
        `Cannot read "${shown}" in ${source}: ${
          describeProblem(parameters[key], showValue(value))
        }`,
      );
    }
    given.set(key, checked);
  };
  for (const [key, value] of Object.entries(content)) {
    // A flag may have the name of its stage.
    if (
      !groups.has(key) || Object.hasOwn(parameters, key) && !isObject(value)
    ) {
      take(key, value);
    } else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        take(`${key}.${name}`, inner);
      }
    } else {
      throw new InputError(
        `Cannot read "${key}" in ${source}: ${
          showValue(value)
        } is given where an object of the stage's parameters should be`,
      );
    }
  }
  return given;
}

function givenTwice(key: string, source: string): InputError {
  return new InputError(
    `Cannot read ${source}: "${
      truncateText(key, LONGEST_KEY)
    }" is given twice and should be given once`,
  );
}

/** A value as JSON, or what it is if it holds lists or objects. */
function showValue(value: unknown): string {
  if (isObject(value)) return "an object";
  // Lists within lists may be too deep to be written down.
  return isFlat(value)
    ? truncateText(JSON.stringify(value), LONGEST_VALUE)
    : "a list of lists or objects";
}

/** Whether a value holds no list or object but itself. */
function isFlat(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value]).every((item) =>
    typeof item !== "object" || item === null
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
