import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readMatrix } from "../read_matrix.ts";
import { refusal, writeInput } from "../user_files.ts";
import { contentOf } from "./raw_values.ts";
import { formatNameOf, readContent } from "./read_text.ts";

const lines = (...rows: string[]) =>
  rows.map((row) => `${row.replaceAll(" ", "\t")}\n`).join("");

const ROWS = ["E1.2 ABC1 1 2.5 0", "E2.1 DEF2 -1 4e2 6", "E3.1 na 7 8 9"];
const HEADER = "Name Description S1 S2 S3";
const GCT = lines("#1.2", "3 3", HEADER, ...ROWS);

const EXPECTED = {
  rows: ["E1.2", "E2.1", "E3.1"],
  columns: ["S1", "S2", "S3"],
  values: [[1, 2.5, 0], [-1, 400, 6], [7, 8, 9]],
};

Deno.test("GCT 1.2 is read with genes in rows and their descriptions", async () => {
  const matrix = await readContent(GCT, { name: "m.gct" });
  assert.deepEqual(contentOf(matrix), EXPECTED);
  assert.equal(matrix.format, "GCT 1.2");
  assert.equal(matrix.genesIn, "rows");
  assert.deepEqual(matrix.rows.annotations, [
    { name: "Description", texts: ["ABC1", "DEF2", "na"] },
  ]);
  assert.equal(matrix.rows.locate(0), "line 4");
  assert.equal(matrix.columns.locate(0), "column 3 of the header");
});

const variants: [string, string | Uint8Array][] = [
  ["gzipped", gzipSync(GCT)],
  ["with CRLF", GCT.replaceAll("\n", "\r\n")],
  ["with a byte-order mark", `\ufeff${GCT}`],
  ["without its last line's end", GCT.trimEnd()],
  [
    "with the tabs of a spreadsheet",
    GCT.replace("#1.2", "#1.2\t\t\t\t")
      .replace("3\t3\n", "3\t3\t\t\t\n"),
  ],
  [
    "in the variant of GTEx",
    lines(
      "#1.2",
      "3 3",
      `id ${HEADER}`,
      ...ROWS.map((row, index) => `${index} ${row}`),
    ),
  ],
  [
    "with descriptions that are numbers",
    GCT.replace("ABC1", "7157").replace("DEF2", "672").replace("na", "1"),
  ],
];

for (const [what, content] of variants) {
  Deno.test(`GCT 1.2 is read ${what}, whatever its name`, async () => {
    for (const name of ["m.gct", "m.txt", "m.csv.gz", "m"]) {
      assert.equal(await formatNameOf(content, name), "gct");
    }
    const matrix = await readContent(content);
    assert.deepEqual(contentOf(matrix), EXPECTED);
    assert.deepEqual(matrix.rows.annotations.map(({ name }) => name), [
      "Description",
    ]);
    assert.equal(matrix.rows.title, "Name");
  });
}

const GCT13 = lines(
  "#1.3",
  "3 3 2 2",
  "id symbol chr S1 S2 S3",
  "tissue na na root leaf root",
  "age na na 5 7 9",
  "E1.2 ABC1 1 1 2.5 0",
  "E2.1 DEF2 2 -1 4e2 6",
  "E3.1 GHI3 3 7 8 9",
);

Deno.test("GCT 1.3 is read with the texts about genes and samples", async () => {
  const matrix = await readContent(GCT13);
  assert.deepEqual(contentOf(matrix), EXPECTED);
  assert.equal(matrix.format, "GCT 1.3");
  assert.deepEqual(matrix.rows.annotations, [
    { name: "symbol", texts: ["ABC1", "DEF2", "GHI3"] },
    { name: "chr", texts: ["1", "2", "3"] },
  ]);
  assert.deepEqual(matrix.columns.annotations, [
    { name: "tissue", texts: ["root", "leaf", "root"] },
    { name: "age", texts: ["5", "7", "9"] },
  ]);
  const named = await readContent(GCT13, { label: "tissue", ignore: ["age"] });
  assert.deepEqual(contentOf(named), EXPECTED);
});

Deno.test("what is ignored counts as declared in GCT, and ids stay ids", async () => {
  const folder = await Deno.makeTempDir();
  const tissues = lines("tissue na root leaf root");
  const path = await writeInput(
    `${folder}/m.gct`,
    lines("#1.2", "4 3", `id ${HEADER}`) + `0\t${tissues}` +
      lines(...ROWS.map((row, index) => `${index} ${row}`)),
  );
  await assert.rejects(readMatrix(path), refusal(/declares 4 genes/));
  await writeInput(
    path,
    (await Deno.readTextFile(path)).replace("4\t3", "3\t3"),
  );
  const { sampleIds, genes, tissues: own, values } = await readMatrix(path, {
    ignore: ["S2", "E2.1", "Name"],
  });
  assert.deepEqual([sampleIds, genes], [["S1", "S3"], ["E1.2", "E3.1"]]);
  assert.deepEqual(own, ["root", "root"]);
  assert.deepEqual([...values], [1, 7, 0, 9]);
});

Deno.test("GCT 1.3 without any texts is read", async () => {
  const plain = lines("#1.3", "2 3 0 0", "id S1 S2 S3", "a 1 2 3", "b 4 5 6");
  assert.deepEqual(contentOf(await readContent(plain)), {
    rows: ["a", "b"],
    columns: ["S1", "S2", "S3"],
    values: [[1, 2, 3], [4, 5, 6]],
  });
});

Deno.test("GCT without its version is read, and said", async () => {
  for (const content of [GCT, GCT13]) {
    const bare = content.slice(content.indexOf("\n") + 1);
    assert.equal(await formatNameOf(bare), "gct");
    const matrix = await readContent(bare);
    assert.deepEqual(contentOf(matrix), EXPECTED);
    assert.match(matrix.notes[0], /^The file is read as GCT 1.[23], though /);
  }
  // A small table of numbers is none.
  assert.equal(await formatNameOf("3\t3\na\tb\n"), "delimited-text");
});

const refusals: [string, string, RegExp, RegExp?][] = [
  [
    "fewer genes than declared",
    lines("#1.2", "3 3", HEADER, ...ROWS.slice(0, 2)),
    /it declares 3 genes x 3 samples and holds 2 x 3$/,
    /cut off: download it again/,
  ],
  [
    "more genes than declared",
    GCT.replace("3\t3", "2\t3"),
    /declares 2 genes x 3 samples and holds 3 x 3$/,
    /its second line$/,
  ],
  [
    "other samples than declared",
    GCT.replace("3\t3", "3\t5"),
    /declares 3 genes x 5 samples and holds 3 x 3$/,
  ],
  ["a row that is cut off", GCT.slice(0, -4), /line 6/],
  ["no header", "#1.2\n3\t3\n", /Cannot read/],
];

for (const [what, content, message, remedy] of refusals) {
  Deno.test(`GCT is refused: ${what}`, () =>
    assert.rejects(readContent(content), refusal(message, remedy)));
}

Deno.test("a file that is only named so is refused", () =>
  assert.rejects(
    readContent("id\tS1\na\t1\n", { name: "m.gct" }),
    refusal(/m.gct: its first line should be #1.2 or #1.3 and/, /name it .tsv/),
  ));
