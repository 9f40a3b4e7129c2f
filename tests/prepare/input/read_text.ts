/** Reads text as a table, for the tests of its reader. */

import assert from "node:assert/strict";
import { InputError } from "../../../lib/cli/errors.ts";
import type { ReadOptions } from "../../../lib/prepare/formats/format.ts";
import type {
  RawAxis,
  RawMatrix,
} from "../../../lib/prepare/input/raw_matrix.ts";
import {
  readTextMatrix,
  type TableRules,
} from "../../../lib/prepare/input/text_matrix.ts";
import { writeInput } from "../user_files.ts";

const folder = await Deno.makeTempDir();

/** How a test's text is read. */
export interface Reading extends ReadOptions {
  readonly name?: string;
  readonly rules?: TableRules;
}

/** Writes a file and reads it. */
export async function readText(
  content: string | Uint8Array,
  { name = "matrix.csv", rules = {}, ...options }: Reading = {},
): Promise<RawMatrix> {
  const path = await writeInput(`${folder}/${name}`, content);
  return await readTextMatrix({ path }, rules, options);
}

/** What a test compares: everything, the values as plain rows. */
export function plain(matrix: RawMatrix) {
  const width = matrix.columns.ids.length;
  const values = [...matrix.values.take()];
  return {
    rows: [...matrix.rows.ids],
    columns: [...matrix.columns.ids],
    values: matrix.rows.ids.map((_, row) =>
      values.slice(row * width, (row + 1) * width)
    ),
    rowTexts: textsOf(matrix.rows),
    columnTexts: textsOf(matrix.columns),
  };
}

function textsOf({ annotations }: RawAxis): Record<string, string[]> {
  return Object.fromEntries(
    annotations.map(({ name, texts }) => [name, [...texts]]),
  );
}

/** The one error that a text gives, without the file's name. */
export async function refusalOf(
  content: string | Uint8Array,
  reading: Reading = {},
): Promise<{ message: string; remedy?: string }> {
  let refused: unknown;
  await readText(content, reading).catch((error) => refused = error);
  assert.ok(refused instanceof InputError, `not refused: ${refused}`);
  const prefix = `Cannot read ${folder}/${reading.name ?? "matrix.csv"}: `;
  assert.ok(refused.message.startsWith(prefix), refused.message);
  assert.doesNotMatch(refused.message, /\p{Cc}/u, "it is one line");
  assert.ok(refused.message.length < 400);
  return {
    message: refused.message.slice(prefix.length),
    remedy: refused.remedy,
  };
}
