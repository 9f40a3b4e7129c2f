/**
 * One declaration per parameter. It gives the flag, the default, the bounds,
 * the line in `--help`, the check of a config file and the row in the report.
 */

/** What a parameter may hold. */
export type ParameterValue = string | number | boolean | readonly string[];

/** The declaration of one parameter. */
export interface Parameter<Value extends ParameterValue = ParameterValue> {
  readonly kind: "integer" | "number" | "text" | "choice" | "switch" | "list";
  readonly default: Value;
  /** One line, without a full stop. */
  readonly help: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  /** The value must be less than this. */
  readonly below?: number;
  readonly choices?: readonly string[];
  /** Words that a number may be replaced by, such as `auto`. */
  readonly words?: readonly string[];
  /** What stands for the value in `--help`, such as `FILE`. */
  readonly placeholder?: string;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The values that belong to a set of declarations. */
export type Values<P extends Parameters = Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer Value> ? Value
    : never;
};

export type Bounds = Pick<
  Parameter,
  "minimum" | "maximum" | "above" | "below"
>;

/**
 * Declares a whole number.
 *
 * @example
 * ```ts
 * import { integer } from "./parameters.ts";
 * const epochs = integer(50, { minimum: 1 }, "passes over the training part");
 * console.assert(epochs.default === 50);
 * ```
 */
export function integer(
  value: number,
  bounds: Bounds,
  help: string,
): Parameter<number> {
  return { kind: "integer", default: value, help, placeholder: "N", ...bounds };
}

/**
 * Declares a whole number that a word may stand for.
 *
 * @example
 * ```ts
 * import { integerOr } from "./parameters.ts";
 * const draws = integerOr(200, ["auto"], { minimum: 1 }, "draws a sample");
 * console.assert(draws.placeholder === "N|auto");
 * ```
 */
export function integerOr<const Word extends string>(
  value: number | NoInfer<Word>,
  words: readonly Word[],
  bounds: Bounds,
  help: string,
): Parameter<number | Word> {
  return {
    kind: "integer",
    default: value,
    words,
    help,
    placeholder: ["N", ...words].join("|"),
    ...bounds,
  };
}

export function number(
  value: number,
  bounds: Bounds,
  help: string,
): Parameter<number> {
  return { kind: "number", default: value, help, placeholder: "X", ...bounds };
}

/**
 * Declares a number that a word may stand for.
 *
 * @example
 * ```ts
 * import { numberOr } from "./parameters.ts";
 * const least = numberOr("auto", ["auto"], { minimum: 0 }, "least value");
 * console.assert(least.placeholder === "X|auto");
 * ```
 */
export function numberOr<const Word extends string>(
  value: number | NoInfer<Word>,
  words: readonly Word[],
  bounds: Bounds,
  help: string,
): Parameter<number | Word> {
  return {
    kind: "number",
    default: value,
    words,
    help,
    placeholder: ["X", ...words].join("|"),
    ...bounds,
  };
}

/** Declares a text; an empty default means that it need not be given. */
export function text(
  value: string,
  placeholder: string,
  help: string,
): Parameter<string> {
  return { kind: "text", default: value, help, placeholder };
}

export function choice<const Choice extends string>(
  value: NoInfer<Choice>,
  choices: readonly Choice[],
  help: string,
): Parameter<Choice> {
  return {
    kind: "choice",
    default: value as Choice,
    choices,
    help,
    placeholder: choices.join("|"),
  };
}

/** Declares a switch that is off unless given. */
export function toggle(help: string): Parameter<boolean> {
  return { kind: "switch", default: false, help };
}

/** Declares a list of texts, separated by commas or given one by one. */
export function list(
  placeholder: string,
  help: string,
): Parameter<readonly string[]> {
  return { kind: "list", default: [], help, placeholder };
}
