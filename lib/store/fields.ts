/** What a column of a table or a key of a JSON file may hold. */

/** One column or key: its type, what it means, and how a cell is read. */
export interface Field<Value = unknown> {
  /** As the documentation names it: `text`, `integer`, `number` ... */
  readonly type: string;
  /** What it means, with its unit; no full stop. */
  readonly help: string;
  /** Of an object, or of each object in a list or by name. */
  readonly fields?: Fields;
  /** The value in fixed key order; undefined if it has another type. */
  check(value: unknown): Value | undefined;
  /** Reads a CSV cell; undefined if it holds something else. */
  parse(cell: string): Value | undefined;
}

export type ValueOf<F> = F extends Field<infer Value> ? Value : never;

export type Fields = Readonly<Record<string, Field>>;

/** An object with a value for each field. */
export type Row<F extends Fields> = {
  readonly [Name in keyof F]: ValueOf<F[Name]>;
};

/** Any text, the empty one too. */
export function text(help: string): Field<string> {
  return {
    type: "text",
    help,
    check: (value) => typeof value === "string" ? value : undefined,
    parse: (cell) => cell,
  };
}

/** One of several words. */
export function word<const Word extends string>(
  words: readonly Word[],
  help: string,
): Field<Word> {
  const check = (value: unknown) => words.find((known) => known === value);
  return { type: words.join(" or "), help, check, parse: check };
}

/** A whole number that a double holds exactly. */
export function integer(help: string): Field<number> {
  return numeric("integer", help, Number.isSafeInteger, /^-?\d+$/);
}

/** A finite number; it is written with all the digits that it needs. */
export function number(help: string): Field<number> {
  const form = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
  return numeric("number", help, Number.isFinite, form);
}

function numeric(
  type: string,
  help: string,
  isSound: (value: unknown) => boolean,
  form: RegExp,
): Field<number> {
  const check = (value: unknown) =>
    isSound(value) ? value as number : undefined;
  return {
    type,
    help,
    check,
    parse: (cell) => form.test(cell) ? check(Number(cell)) : undefined,
  };
}

export function flag(help: string): Field<boolean> {
  return {
    type: "true or false",
    help,
    check: (value) => typeof value === "boolean" ? value : undefined,
    parse: (cell) =>
      cell === "true" ? true : cell === "false" ? false : undefined,
  };
}

/** A field that may lack its value: an empty cell, `null` in JSON. */
export function nullable<Value>(field: Field<Value>): Field<Value | null> {
  return {
    ...field,
    type: `${field.type}, or empty`,
    check: (value) => value === null ? null : field.check(value),
    parse: (cell) => cell === "" ? null : field.parse(cell),
  };
}

const noCell = () => undefined;

/** A list of values of one type; in JSON only. */
export function list<Value>(
  item: Field<Value>,
  help: string,
): Field<readonly Value[]> {
  return {
    type: `list of ${item.type}`,
    help,
    fields: item.fields,
    check(value) {
      if (!Array.isArray(value)) return undefined;
      const items = value.map((each) => item.check(each));
      return items.includes(undefined) ? undefined : items as Value[];
    },
    parse: noCell,
  };
}

/** Values of one type by name; in JSON only. */
export function byName<Value>(
  item: Field<Value>,
  help: string,
): Field<Readonly<Record<string, Value>>> {
  return {
    type: `${item.type} by name`,
    help,
    fields: item.fields,
    check(value) {
      if (!isObject(value)) return undefined;
      const entries = Object.entries(value).map(([name, each]) =>
        [name, item.check(each)] as const
      );
      return entries.some(([, each]) => each === undefined)
        ? undefined
        : Object.fromEntries(entries) as Record<string, Value>;
    },
    parse: noCell,
  };
}

/** An object with exactly these keys; in JSON only. */
export function object<const F extends Fields>(
  fields: F,
  help = "",
): Field<Row<F>> & { readonly fields: F } {
  return {
    type: "object",
    help,
    fields,
    check(value) {
      if (findFault(fields, value) !== undefined) return undefined;
      const content = value as Record<string, unknown>;
      const entries = Object.entries(fields).map(([name, field]) =>
        [name, field.check(content[name])] as const
      );
      return Object.fromEntries(entries) as Row<F>;
    },
    parse: noCell,
  };
}

/**
 * What is wrong with an object: the first key that is unknown, missing or of
 * another type.
 *
 * @returns Undefined if nothing is.
 */
export function findFault(fields: Fields, value: unknown): string | undefined {
  if (!isObject(value)) return "it is not an object";
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) return `${unknown} is not one of its keys`;
  for (const [name, field] of Object.entries(fields)) {
    if (!Object.hasOwn(value, name)) return `${name} is missing`;
    if (field.check(value[name]) === undefined) {
      return `${name} should be ${field.type}`;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
