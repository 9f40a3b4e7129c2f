/** Small tables as spreadsheets and R leave them. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readSmallTable } from "../../../lib/prepare/input/small_table.ts";
import { inFolder } from "../sheets/in_folder.ts";
import { refusal, writeInput } from "../user_files.ts";

function read(content: string | Uint8Array, what?: string) {
  return inFolder(async (folder) => {
    const path = await writeInput(`${folder}/table.csv`, content);
    const { header, rows } = await readSmallTable(path, { what, remedy: "Do" });
    return [header, ...rows.map(({ cells }) => cells)];
  });
}

Deno.test("tables are read by their content", async () => {
  const table = [["a", "b"], ["1", "x y"], ["2", ""]];
  for (
    const content of [
      "a,b\n1,x y\n2,\n",
      "a\tb\n1\tx y\n\n2\t\n",
      "a;b\r\n1;x y\r\n2;\r\n;\r\n",
      "# one\n# two\na,b\n1,x y\n2,",
      'a,b\n"1"," x y "\n2,""\n',
      // Cells and columns that are empty.
      "a,b\n1,x y,\n2,,,\n,,,\n",
      gzipSync("a,b\n1,x y\n2,\n"),
    ]
  ) assert.deepEqual(await read(content), table, String(content));
  assert.deepEqual(await read("a,b,,\n1,2\n3,4,,\n"), [
    ["a", "b", "", ""],
    ["1", "2", "", ""],
    ["3", "4", "", ""],
  ]);
});

Deno.test("R's row names are a column without a name", async () => {
  const table = [["", "b"], ["r1", "x"], ["r2", "y"]];
  assert.deepEqual(await read('"b"\n"r1" "x"\n"r2" "y"\n'), table);
  assert.deepEqual(await read("b\nr1\tx\nr2\ty\n"), table);
  // Between commas it is a text that should be in quotes.
  await assert.rejects(read("a,b\n1,x,y\n2,z,u\n"), refusal(/line 2 has 3/));
  await assert.rejects(read("a\tb\n1\tx\ty\n2\tz\n"), refusal(/line 2 has 3/));
});

Deno.test("lines of several words are one column", async () => {
  assert.deepEqual(await read("Gene ID\ng1\ng2\n"), [
    ["Gene ID"],
    ["g1"],
    ["g2"],
  ]);
  assert.deepEqual(await read("my own list\ng one\ng2\n"), [
    ["my own list"],
    ["g one"],
    ["g2"],
  ]);
});

Deno.test("an error says what the file is, and what is to do", async () => {
  await assert.rejects(
    read("a,b\n1\n", "the genes in"),
    refusal(/^Cannot read the genes in .*table\.csv: line 2 has 1 cell/),
  );
  await assert.rejects(read(""), refusal(/^Cannot read .*: .* empty$/, /^Do$/));
  await assert.rejects(
    read(Uint8Array.of(0x50, 0x4b, 3, 4)),
    refusal(
      /an Excel workbook/,
      /as CSV.*pip install pandas openpyxl.*table\.csv \S+table\.table\.csv$/,
    ),
  );
});

Deno.test("a table that is too large is given up", async () => {
  const row = `${"x".repeat(1000)},${"y".repeat(1000)}\n`;
  await assert.rejects(
    read(`a,b\n${row.repeat(40_000)}`),
    refusal(/too large for such a table/),
  );
  await assert.rejects(
    read(`a\n${"1\n".repeat(1_000_001)}`),
    refusal(/more than 1,000,000 rows/),
  );
});

Deno.test("short rows below a wide header take as much room as whole ones", async () => {
  const wide = `gene,tissue${",".repeat(100_000)}\n`;
  await assert.rejects(
    read(wide + "G,root\n".repeat(200)),
    refusal(/too large for such a table/),
  );
});
