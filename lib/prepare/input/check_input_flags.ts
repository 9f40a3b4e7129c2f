/** Whether flags stand without the files that they go with. */

import { InputError } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { quote } from "../../cli/text.ts";
import { prepareParameters, readingParameters } from "../parameters.ts";

type InputFlags = Values<typeof prepareParameters>;

/**
 * Refuses flags without the files that they go with.
 *
 * @throws {InputError} If one is missing.
 */
export function checkInputFlags(values: InputFlags): void {
  const { input, samples } = values;
  if (input === "") {
    const given = [
      "label",
      "samples",
      "group",
      ...Object.keys(readingParameters),
    ].find((name) => isGiven(values, name as keyof InputFlags));
    if (given === undefined) return;
    throw new InputError(
      `Cannot read the matrix: --${given} is given and --input, the file ` +
        "that it goes with, is not",
      "Add --input FILE",
    );
  }
  if (samples === "" && values["sample-column"] !== "") {
    throw new InputError(
      `Cannot read the sample sheet: --sample-column ${
        quote(values["sample-column"])
      } needs a sample sheet`,
      "Add --samples FILE",
    );
  }
}

function isGiven(values: InputFlags, name: keyof InputFlags): boolean {
  const value = values[name];
  return Array.isArray(value)
    ? value.length > 0
    : value !== prepareParameters[name].default;
}
