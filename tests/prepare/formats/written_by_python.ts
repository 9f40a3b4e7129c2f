/** Files that Python's packages wrote, and the same data as CSV. */

import assert from "node:assert/strict";
import type { Format } from "../../../lib/prepare/formats/format.ts";
import type { RawMatrix } from "../../../lib/prepare/input/raw_matrix.ts";
import type { InputError } from "../../../lib/cli/errors.ts";

const FOLDER = new URL("../../fixtures/prepare/formats/", import.meta.url);

/** The path of a fixture; `make_fixtures.py` beside them says what they hold. */
export function fixture(name: string): string {
  return new URL(name, FOLDER).pathname;
}

/** The data of `expression.csv`. */
export interface Expected {
  readonly samples: string[];
  readonly genes: string[];
  readonly tissues: string[];
  /** A row a sample, rounded to float32. */
  readonly values: number[][];
}

export async function readExpected(): Promise<Expected> {
  const text = await Deno.readTextFile(fixture("expression.csv"));
  const [header, ...rows] = text.trimEnd().split("\n")
    .map((line) => line.split(","));
  return {
    samples: rows.map(([id]) => id),
    genes: header.slice(1, -1),
    tissues: rows.map((row) => row.at(-1)!),
    values: rows.map((row) =>
      row.slice(1, -1).map((cell) => Math.fround(Number(cell)))
    ),
  };
}

/** A matrix's rows as lists. */
export function rowsOf({ values, rows }: RawMatrix): number[][] {
  return rows.ids.map((_, row) => [...values.row(row)]);
}

export function transpose(rows: readonly number[][]): number[][] {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}

/** The texts about one side, by name. */
export function textsOf(
  { annotations }: RawMatrix["rows"],
): Record<string, readonly string[]> {
  return Object.fromEntries(
    annotations.map(({ name, texts }) => [name, texts]),
  );
}

/** Checks that a file is refused in one line, and gives the remedy. */
export async function refused(
  format: Format,
  path: string,
  message: RegExp,
  options: Parameters<Format["read"]>[1] = {},
): Promise<string | undefined> {
  let found: InputError | undefined;
  await assert.rejects(format.read({ path }, options), (error: InputError) => {
    assert.equal(error.name, "InputError", String(error.stack));
    assert.match(error.message, message);
    assert.ok(!error.message.includes("\n"));
    assert.ok(error.message.startsWith("Cannot read "));
    found = error;
    return true;
  });
  return found?.remedy;
}
