import assert from "node:assert/strict";
import { readColumns } from "../../../lib/prepare/input/table_columns.ts";
import { InputError } from "../../../lib/cli/errors.ts";
import { readTable, writeTable } from "../../../lib/store/csv.ts";

const folder = await Deno.makeTempDir();

async function write(text: string): Promise<string> {
  const path = `${folder}/table.csv`;
  await Deno.writeTextFile(path, text);
  return path;
}

Deno.test("columns: the same cells as readTable, whatever they hold", async () => {
  const names = [
    "abc",
    "a,b",
    'the "best"',
    "two\nlines",
    "遺伝子",
    "gène",
    "x".repeat(63),
    "x".repeat(64),
    "x".repeat(65),
    "__proto__",
    "a b",
    "~\x7f",
  ];
  const text = writeTable(
    ["gene", "mean", "constructor"],
    names.map((gene, at) => ({
      gene,
      mean: at / 3,
      constructor: at % 2 === 0 ? null : gene,
    })),
  );
  const { gene, constructor } = await readColumns(
    await write(text),
    ["constructor", "gene"],
  );
  const rows = readTable(text);
  assert.deepEqual(gene, names);
  assert.deepEqual(gene, rows.map((row) => row.gene));
  assert.deepEqual(constructor, rows.map((row) => row.constructor));
});

Deno.test("columns: a missing one is refused unless it is optional", async () => {
  const path = await write("sample_id,split\na,train\n");
  const { split, fold } = await readColumns(path, ["split"], ["fold"]);
  assert.deepEqual(split, ["train"]);
  assert.deepEqual(fold, []);
  await assert.rejects(readColumns(path, ["split", "fold"]), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /table\.csv: there is no column 'fold'$/);
    return true;
  });
});

Deno.test("columns: a row that is cut off is refused with its line", async () => {
  for (const last of ["b", "b,test,1"]) {
    const path = await write(`sample_id,split\na,train\n${last}\n`);
    await assert.rejects(
      readColumns(path, ["sample_id"]),
      /line 3 has (1 cell|3 cells) where the header has 2/,
    );
  }
  await assert.rejects(readColumns(await write(""), ["gene"]), InputError);
});
