/** Files of a run as a forger would change them, under sealed records. */

import { formatCsv, parseCsv } from "../../lib/store/csv.ts";
import { hashFile } from "../../lib/store/hash.ts";
import { readNpy, writeNpy } from "../../lib/store/npy.ts";
import { outputPath, readRecord, sealRecord } from "../../lib/store/record.ts";

/** A changed content: of a text file its text, else what writes the file. */
export type Forgery = string | ((path: string) => Promise<void>);

/** Ways to change a file, by what they are called. */
export async function forgeriesOf(
  path: string,
): Promise<Map<string, Forgery>> {
  if (path.endsWith(".json")) {
    return forgeJson(JSON.parse(await Deno.readTextFile(path)));
  }
  if (path.endsWith(".csv")) return forgeCsv(await Deno.readTextFile(path));
  if (path.endsWith(".npy")) return await forgeNpy(path);
  return new Map<string, Forgery>([["no content", ""], ["a word", "x\n"]]);
}

function forgeJson(content: unknown): Map<string, Forgery> {
  const each = (
    change: (value: unknown) => unknown,
    value: unknown = content,
  ): unknown => {
    const changed = change(value);
    if (changed !== value) return changed;
    if (Array.isArray(value)) return value.map((item) => each(change, item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, each(change, item)]),
    );
  };
  const numbers = (to: unknown) =>
    each((value) => typeof value === "number" ? to : value);
  const lists = (to: (list: unknown[]) => unknown[]) =>
    each((value) => Array.isArray(value) ? to(value) : value);
  return new Map<string, Forgery>(
    Object.entries({
      "null": null,
      "{}": {},
      "[]": [],
      "a text": "x",
      "numbers as texts": numbers("1"),
      "numbers as 0": numbers(0),
      "numbers as -1": numbers(-1),
      "large numbers": numbers(1e15),
      "lists emptied": lists(() => []),
      "lists doubled": lists((list) => [...list, ...list]),
      "other texts": each((value) => typeof value === "string" ? "x" : value),
      "nulls": Array.isArray(content) ? [] : Object.fromEntries(
        Object.keys(content as object).map((key) => [key, null]),
      ),
    }).map(([name, forged]) => [name, JSON.stringify(forged)]),
  );
}

function forgeCsv(text: string): Map<string, Forgery> {
  const [header, ...rows] = parseCsv(text);
  const forged = new Map<string, Forgery>();
  const add = (name: string, changed: readonly (readonly string[])[]) =>
    void forged.set(name, formatCsv(header, changed));
  add("no rows", []);
  add("one row", rows.slice(0, 1));
  add("a row dropped", rows.slice(1));
  add("rows doubled", [...rows, ...rows]);
  add("rows reversed", rows.toReversed());
  add("a column dropped", rows.map((row) => row.slice(1)));
  for (const [column, name] of header.entries()) {
    const fill = (value: string) => rows.map((row) => row.with(column, value));
    for (const value of new Set(["", "x", "0", "-1", "1000000000000"])) {
      add(`${name} as ${JSON.stringify(value)}`, fill(value));
    }
    for (
      const value of [...new Set(rows.map((row) => row[column]))].slice(0, 3)
    ) {
      add(`all ${name} ${value}`, fill(value));
    }
  }
  return forged;
}

async function forgeNpy(path: string): Promise<Map<string, Forgery>> {
  const { data, shape: [rows, columns] } = await readNpy(path);
  const shaped = (height: number, width: number) => (to: string) =>
    writeNpy(to, new Float32Array(height * width), [height, width]);
  const filled = (value: number) => (to: string) =>
    writeNpy(to, data.map(() => value), [rows, columns]);
  return new Map<string, Forgery>([
    ["no array", "x"],
    ["0 x 0", shaped(0, 0)],
    ["1 x 1", shaped(1, 1)],
    ["transposed", shaped(columns, rows)],
    ["a row less", shaped(rows - 1, columns)],
    ["a column more", shaped(rows, columns + 1)],
    ["zeros", filled(0)],
    ["not a number", filled(NaN)],
    ["large numbers", filled(3e38)],
  ]);
}

/** Writes a file of a stage, and a record that goes with it. */
export async function forge(
  runFolder: string,
  file: string,
  forgery: Forgery,
): Promise<void> {
  const [stage] = file.split("/", 1);
  const name = file.slice(stage.length + 1);
  const path = `${runFolder}/${outputPath(stage, name)}`;
  await (typeof forgery === "string"
    ? Deno.writeTextFile(path, forgery)
    : forgery(path));
  const record = (await readRecord(runFolder, stage))!;
  await Deno.writeTextFile(
    `${runFolder}/${stage}/stage.json`,
    sealRecord({
      ...record,
      outputs: {
        ...record.outputs,
        [name]: await hashFile(path, { fresh: true }),
      },
    }),
  );
}
