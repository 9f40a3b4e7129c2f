import assert from "node:assert/strict";
import { BLANKS, findDelimiter } from "../../../lib/prepare/input/delimiter.ts";

const [TAB, COMMA, SEMICOLON] = [..."\t,;"].map((byte) => byte.charCodeAt(0));

const find = (text: string, path = "table") =>
  findDelimiter(path, new TextEncoder().encode(text));

const tables: [string, string, number][] = [
  ["commas", "id,a,b\nx,1,2\n", COMMA],
  ["commas and blanks", "id, a, b\nx y, 1, 2\n", COMMA],
  ["commas in the names between tabs", "id\ta,1\tb\nx\t1\t2\n", TAB],
  ["decimal commas between tabs", "id\ta\tb\nx\t1,5\t2,5\n", TAB],
  ["decimal commas between semicolons", "id;a;b\nx;1,5;2,5\n", SEMICOLON],
  ["decimal commas between blanks", "id a b\nx 1,5 2,5\ny 1,0 3,5\n", BLANKS],
  ["lists between tabs", "id\tc\ts\nx\t1;1;2\t3,4\ny\t2\t5,6,7\n", TAB],
  ["blanks in names between tabs", "Gene ID\tGene Name\ta b\nx\ty\t1\n", TAB],
  ["quoted commas", 'id;a\n"x,y,z";1\n"u,v";2\n', SEMICOLON],
  ["quoted line ends", 'id,a\n"x\n;;;;\n;;;;",1\n', COMMA],
  ["doubled quotes", 'id,a\n"x ""; "";;\n",1\n', COMMA],
  ["rows without a corner", '"a" "b"\n"x" 1 2\n"y" 3 4\n', BLANKS],
  ["one column and row names", "a\nx\t1\ny\t2\n", TAB],
  ["runs of blanks", "id   a    b\nx1   1   22\ny    10   2\n", BLANKS],
  ["rows of other lengths", "id,a,b\nx,1,2\ny,1\nz,1,2,3;4\n", COMMA],
  ["empty cells", "id\ta\tb\nx\t\t\ny\t1\t\n", TAB],
  ["comments", "# a b c, d, e\nid\ta\nx\t1\n", TAB],
  ["a title of two words", "Table S1\n\nid,a,b,c\nx,1,2,3\ny,1,2,3\n", COMMA],
  ["a last line cut off", "id,a,b\nx,1,2\ny,1,2\nz", COMMA],
  ["CR only", "id;a;b\rx;1;2\ry;3;4", SEMICOLON],
];

for (const [what, text, delimiter] of tables) {
  Deno.test(`delimiter: ${what}`, () => {
    for (const name of ["table", "table.csv", "table.tsv.gz"]) {
      assert.equal(find(text, name), delimiter);
    }
  });
}

Deno.test("delimiter: without rows, by the name or the most frequent", () => {
  assert.equal(find("a,b;c;d\n", "x.csv"), COMMA);
  assert.equal(find("a,b;c;d\n", "x.tsv"), SEMICOLON);
  assert.equal(find("a\tb,c,d", "x.tsv.gz"), TAB);
  assert.equal(find("a,b", "x.txt"), COMMA);
  assert.equal(find("a", "x.csv"), COMMA);
  assert.equal(find("", "x"), TAB);
});
