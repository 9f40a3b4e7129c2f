import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { plain, readText } from "./read_text.ts";

const SMALL = "id,g1,g2,tissue\na,0,1.5,root\nb,2,3,leaf\n";

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, littleEndian);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index + 2, text.charCodeAt(index), littleEndian);
  }
  return bytes;
}

Deno.test("table: ids, numbers, and columns of words as texts", async () => {
  const matrix = await readText(SMALL);
  assert.equal(matrix.format, "CSV");
  assert.equal(matrix.rows.title, "id");
  assert.deepEqual(matrix.notes, []);
  assert.deepEqual(matrix.faults, []);
  assert.equal(matrix.rows.locate(1), "line 3");
  assert.equal(matrix.columns.locate(1), "column 3 of the header");
  assert.deepEqual(plain(matrix), {
    rows: ["a", "b"],
    columns: ["g1", "g2"],
    values: [[0, 1.5], [2, 3]],
    rowTexts: { tissue: ["root", "leaf"] },
    columnTexts: {},
  });
});

Deno.test("table: the same in every form", async () => {
  const expected = plain(await readText(SMALL));
  const forms: [string, string | Uint8Array][] = [
    ["bom.csv", `\uFEFF${SMALL}`],
    ["crlf.csv", SMALL.replaceAll("\n", "\r\n")],
    ["cr.csv", SMALL.replaceAll("\n", "\r")],
    ["no_end.csv", SMALL.trimEnd()],
    ["blank_lines.csv", `\n\n${SMALL.replaceAll("\n", "\n\n")}\r\n\r\n`],
    ["tabs.csv", SMALL.replaceAll(",", "\t")],
    ["commas.tsv", SMALL],
    ["semicolons.txt", SMALL.replaceAll(",", ";")],
    ["blanks.txt", SMALL.replaceAll(",", " ")],
    ["runs.txt", SMALL.replaceAll(",", " \t  ").replaceAll("\n", "  \n  ")],
    ["quoted.csv", SMALL.replace(/[^,\n]+/g, '"$&"')],
    ["quoted_blanks.txt", SMALL.replace(/[^,\n]+/g, '"$&"').replace(/,/g, " ")],
    ["spaces.csv", SMALL.replace(/[^,\n]+/g, " $& ")],
    ["no_break_spaces.csv", SMALL.replace(/[^,\n]+/g, "\u00a0$&\u00a0")],
    ["zipped.csv.gz", gzipSync(SMALL)],
    ["utf16le.txt", utf16(SMALL.replaceAll(",", "\t"), true)],
    ["utf16be.csv", utf16(SMALL, false)],
    ["utf16.csv.gz", gzipSync(utf16(SMALL, true))],
    ["exponents.csv", SMALL.replace("1.5", "15e-1").replace(",3,", ",+0.3E1,")],
    ["minus_zero.csv", SMALL.replace("a,0,", "a,-0.0,")],
    ["commented.csv", `# made by hand\n#\n# a, b, c\n${SMALL}`],
    ["comments_between.csv", SMALL.replace("b,2", "#, b\nb,2")],
    ["title.csv", `Table S1: values of genes\n\n${SMALL}`],
    ["title_words.csv", `Table S1\n\n${SMALL}`],
    ["title_cells.csv", `"Table, S1",,,\n,,,\n${SMALL}`],
    ["hint.csv", `sep=;\r\n${SMALL.replaceAll(",", ";")}`],
    ["commas_behind.csv", SMALL.replaceAll("\n", ",,\n")],
    ["commas_behind_rows.csv", SMALL.replaceAll(/(root|leaf)\n/g, "$1,\n")],
    ["comma_behind_a_row.csv", SMALL.replace("leaf\n", "leaf,\n")],
    ["comma_behind_the_header.csv", SMALL.replace("tissue\n", "tissue,\n")],
    ["empty_rows.csv", `${SMALL},,,\n,,\n`],
  ];
  for (const [name, content] of forms) {
    const found = plain(await readText(content, { name }));
    assert.deepEqual(found, expected, name);
    assert.ok(Object.is(found.values[0][0], 0), `${name}: no minus zero`);
  }
});

Deno.test("table: what was done to it is noted", async () => {
  const notesOf = async (text: string, name?: string) =>
    (await readText(text, { name })).notes.join("|");
  assert.match(await notesOf(`#x\n#y\n${SMALL}`), /^2 comment lines/);
  assert.match(
    await notesOf(SMALL.replaceAll(",", "\t")),
    /ends in \.csv, but its cells are separated by tabs/,
  );
  assert.equal(await notesOf(SMALL.replaceAll(",", ";")), "");
  assert.match(await notesOf(SMALL, "a.tsv"), /separated by commas/);
  assert.match(await notesOf(`Title\n${SMALL}`), /^1 line above the header/);
  assert.equal(await notesOf(`\n\n${SMALL}`), "");
  assert.match(
    await notesOf(`${SMALL}# end`),
    /^1 comment line among the rows/,
  );
  assert.match(
    await notesOf(SMALL.replaceAll("\n", ",\n")),
    /end in 1 empty column/,
  );
  assert.match(
    await notesOf(`${SMALL},,,\n`),
    /^1 row of the matrix without any text is left out$/,
  );
});

Deno.test("table: a header that lacks the first column's name", async () => {
  // As R's write.table has it.
  const text = '"s 1" "s2"\n"g1" 1 2.5\n"g ""2""" 3 NA\n';
  const matrix = await readText(text, { name: "counts.txt" });
  assert.equal(matrix.format, "blank-separated text");
  assert.equal(matrix.rows.title, "");
  assert.equal(matrix.columns.locate(0), "column 1 of the header");
  assert.match(matrix.notes[0], /one name less than the rows/);
  assert.deepEqual(plain(matrix), {
    rows: ["g1", 'g "2"'],
    columns: ["s 1", "s2"],
    values: [[1, 2.5], [3, NaN]],
    rowTexts: {},
    columnTexts: {},
  });
  const tabs = await readText("s1\ts2\tdescription\ng1\t1\t2\ta gene\n");
  assert.deepEqual(plain(tabs).rowTexts, { description: ["a gene"] });
});

Deno.test("table: a comment that is the header", async () => {
  for (
    const text of [
      "#gene_id\ts1\ts2\ng1\t1\t2\ng2\t3\t4\n",
      "## made by hand\n#gene_id,s1,s2\ng1,1,2\ng2,3,4\n",
      "# gene_id,s1,s2,s3\ng1,1,2,5\ng2,3,4,6\n",
      "#gene_id s1 s2\ng1 1 2\ng2 3 4\n",
    ]
  ) {
    const matrix = await readText(text, { name: "matrix.txt" });
    assert.equal(matrix.rows.title, "gene_id", text);
    assert.deepEqual(matrix.columns.ids.slice(0, 2), ["s1", "s2"]);
    assert.deepEqual(matrix.rows.ids, ["g1", "g2"]);
  }
  // Sentences are not.
  const { columns, notes } = await readText(`# a, b, c, d\n${SMALL}`);
  assert.deepEqual(columns.ids, ["g1", "g2"]);
  assert.equal(notes.length, 1);
});

Deno.test("table: any finite number is one", async () => {
  const texts = [
    ..."0.1,-1e7,3.4028234663852886e38,1e-50,16777217,+.5,7.,-3.25".split(","),
  ];
  const cells = texts.join("\t");
  const { values, faults } = await readText(
    `id\t${texts.map((_, index) => `g${index}`).join("\t")}\na\t${cells}\n` +
      `b\t${texts.map((text) => `" ${text} "`).join("\t")}\n`,
  );
  const expected = texts.map((text) => Math.fround(Number(text)));
  assert.deepEqual([...values.row(0)], expected);
  assert.deepEqual([...values.row(1)], expected);
  assert.deepEqual(faults, []);
});

Deno.test("table: faults are counted by column and kind, the first named", async () => {
  const { faults, values } = await readText(
    [
      "id;a;b;c;d;e",
      "s1;1;2;3;4;5",
      "s2;NA;2;inf;4;5",
      "s3;;x;-Infinity;1e39;0",
      "s4;#DIV/0!;2;3;-1e999;5",
      "s5;<0.1;n/a;-;.;None",
    ].join("\n"),
  );
  assert.deepEqual(faults, [
    { column: 0, kind: "missing", cells: 3, row: 1, text: "NA" },
    { column: 0, kind: "word", cells: 1, row: 4, text: "<0.1" },
    { column: 1, kind: "word", cells: 1, row: 2, text: "x" },
    { column: 1, kind: "missing", cells: 1, row: 4, text: "n/a" },
    { column: 2, kind: "infinite", cells: 2, row: 1, text: "inf" },
    { column: 2, kind: "missing", cells: 1, row: 4, text: "-" },
    { column: 3, kind: "too large", cells: 2, row: 2, text: "1e39" },
    { column: 3, kind: "missing", cells: 1, row: 4, text: "." },
    { column: 4, kind: "missing", cells: 1, row: 4, text: "None" },
  ]);
  assert.deepEqual([...values.row(4)], [NaN, NaN, NaN, NaN, NaN]);
  assert.deepEqual([...values.row(3)], [NaN, 2, 3, NaN, 5]);
});

Deno.test("table: decimal commas are told from commas between thousands", async () => {
  const kindsOf = async (text: string) =>
    (await readText(text)).faults.map(({ kind, cells }) => `${cells} ${kind}`);
  assert.deepEqual(
    await kindsOf("id;a;b\ns;1,234;0,5\nt;182,617;3\n"),
    ["2 decimal comma", "1 decimal comma"],
  );
  assert.deepEqual(
    await kindsOf("id;a\ns;1,234\nt;0,5\nu;2,345\n"),
    ["3 decimal comma"],
  );
  assert.deepEqual(await kindsOf('id,a\ns,"1,234"\nt,"12,345,678.5"\nu,5\n'), [
    "2 thousands",
  ]);
  assert.deepEqual(await kindsOf("id\ta\ns\t1.234,5\nt\t,5\n"), [
    "2 decimal comma",
  ]);
});

Deno.test("table: rows of words among rows of numbers are texts about columns", async () => {
  const text = [
    "gene,s1,s2,s3,s4,description",
    "tissue,root,leaf,,NA,",
    "g1,1,2,3,4,one",
    "donor,D1,D2,D3,1.1,",
    "g2,5,NA,x,8,two",
  ].join("\n");
  const matrix = await readText(text);
  assert.deepEqual(matrix.notes, []);
  assert.match(
    matrix.textRowNotes?.[0] ?? "",
    /^Row 'donor' \(line 4\) of the matrix holds words; it is taken/,
  );
  assert.equal(matrix.rows.locate(1), "line 3");
  const short = plain(matrix);
  // Two words may as well be faults.
  assert.deepEqual(short.rows, ["tissue", "g1", "g2"]);
  assert.deepEqual(short.columnTexts, { donor: ["D1", "D2", "D3", "1.1"] });
  const labeled = await readText(text, { label: "tissue" });
  assert.equal(labeled.rows.locate(1), "line 5");
  assert.deepEqual(plain(labeled), {
    rows: ["g1", "g2"],
    columns: ["s1", "s2", "s3", "s4"],
    values: [[1, 2, 3, 4], [5, NaN, NaN, 8]],
    rowTexts: { description: ["one", "two"] },
    columnTexts: {
      tissue: ["root", "leaf", "", "NA"],
      donor: ["D1", "D2", "D3", "1.1"],
    },
  });
});

Deno.test("table: a row of words without a name is called by its line", async () => {
  const { textRowNotes } = await readText(
    "id,g1,g2,g3,tissue\n,TPM,TPM,TPM,\na,1,2,3,root\nb,1,2,4,leaf\n",
  );
  assert.match(textRowNotes?.[0] ?? "", /^Row on line 2 of the matrix holds/);
});

Deno.test("table: says which names to ignore it has left out", async () => {
  const ignore = ["g2", "b", "sex", "id"];
  const { ignored, rows, columns } = await readText(SMALL, { ignore });
  assert.deepEqual(ignored, ["g2", "b"]);
  assert.deepEqual([rows.ids, columns.ids], [["a"], ["g1"]]);
  assert.deepEqual((await readText(SMALL)).ignored, []);
});

Deno.test("table: comments that a format always has need no note", async () => {
  const rules = { hasComments: true };
  const { notes } = await readText(`#x\n${SMALL}`, { rules });
  assert.deepEqual(notes, []);
});

Deno.test("table: rows of words may be most of the first ones", async () => {
  const columns = [..."abcdef"];
  const line = (id: string, cells: readonly unknown[]) =>
    [id, ...cells].join("\t");
  const words = Array.from(
    { length: 6 },
    (_, row) => line(`w${row}`, columns.map((name) => `${name}${row}`)),
  );
  const numbers = Array.from(
    { length: 3 },
    (_, row) => line(`g${row}`, columns.map((_, column) => row + column)),
  );
  const orders = [
    [...words, ...numbers],
    [...numbers, ...words],
    [...words.slice(3), ...numbers, ...words.slice(0, 3)],
  ];
  for (const order of orders) {
    const { rows, columns: sides } = await readText(
      [line("", columns), ...order].join("\n"),
    );
    assert.deepEqual(rows.ids, ["g0", "g1", "g2"]);
    assert.deepEqual(
      sides.annotations.map(({ name }) => name).sort(),
      ["w0", "w1", "w2", "w3", "w4", "w5"],
    );
  }
});

Deno.test("table: a header in the middle is no row of words", async () => {
  const { rows, columns, notes } = await readText(
    "id,a,b,c,t\ns,1,2,3,x\nid,a,b,c,t\nu,4,5,6,y\n",
  );
  assert.deepEqual(rows.ids, ["s", "u"]);
  assert.deepEqual(columns.annotations, []);
  assert.match(notes[0], /header stands 2 times/);
});

Deno.test("table: the label is text even if it looks like numbers", async () => {
  const column = plain(
    await readText("id,g,organ\na,1,01\nb,2,02\n", { label: "organ" }),
  );
  assert.deepEqual(column.rowTexts, { organ: ["01", "02"] });
  assert.deepEqual(column.columns, ["g"]);
  const row = plain(
    await readText("id,a,b\norgan,01,02\ng,1,2\n", { label: "organ" }),
  );
  assert.deepEqual(row.columnTexts, { organ: ["01", "02"] });
  assert.deepEqual(row.rows, ["g"]);
});

Deno.test("table: ignored columns and rows are left out", async () => {
  const found = plain(
    await readText(
      "id,age,g1,batch,g2,t\na,1,2,x,4,r\nage,5,6,7,8,l\nb,9,10,y,12,l\n",
      { ignore: ["age", "batch", "nothing"] },
    ),
  );
  assert.deepEqual(found, {
    rows: ["a", "b"],
    columns: ["g1", "g2"],
    values: [[2, 4], [10, 12]],
    rowTexts: { t: ["r", "l"] },
    columnTexts: {},
  });
});

Deno.test("table: the rules of a format", async () => {
  const matrix = await readText(
    "#1.3\n2\t2\t1\t1\nid\tDesc\tStart\t/x/s1.bam\ts2\nage\tna\t\t20\t30\n" +
      "g1\t7\t1\t\t2\ng2\t8\t2\t3\t4\n",
    {
      rules: {
        format: "a format",
        skipLines: 1,
        delimiter: 9,
        textRows: 1,
        emptyCells: { value: 0, note: (cells) => `${cells} filled` },
        genesIn: "rows",
        isText: (name, column) => name === "Desc" && column === 1,
        isLeftOut: (name) => name === "Start",
        renameColumn: (name) => name.replace(/^.*\/|\.bam$/g, ""),
      },
    },
  );
  assert.equal(matrix.format, "a format");
  assert.equal(matrix.genesIn, "rows");
  assert.equal(matrix.rows.locate(0), "line 5");
  assert.equal(matrix.columns.locate(0), "column 4 of the header");
  assert.deepEqual(matrix.faults, []);
  assert.deepEqual(plain(matrix), {
    rows: ["g1", "g2"],
    columns: ["s1", "s2"],
    values: [[0, 2], [3, 4]],
    rowTexts: { Desc: ["7", "8"] },
    columnTexts: { age: ["20", "30"] },
  });
});

Deno.test("table: columns are known after many rows, cells cut anywhere", async () => {
  const genes = 300;
  const rows = 3000;
  const value = (row: number, gene: number) =>
    ((row * 7919 + gene * 104_729) % 1_000_003) / 1000 - 100;
  for (const between of [" ", "\t"]) {
    const names = Array.from({ length: genes }, (_, gene) => `g${gene}`);
    const lines = [["id", ...names, "t"].join(between)];
    for (let row = 0; row < rows; row++) {
      const cells = names.map((_, gene) => value(row, gene));
      lines.push(
        [`"s ""${row}"""`, ...cells, `"t ${row % 3}"`].join(between),
      );
    }
    const text = lines.join(between === " " ? "\r\n" : "\n");
    const matrix = await readText(text, { name: "matrix.txt" });
    assert.deepEqual(matrix.faults, []);
    assert.equal(matrix.rows.ids[rows - 1], `s "${rows - 1}"`);
    assert.equal(matrix.rows.annotations[0].texts[2], "t 2");
    let wrong = 0;
    for (let row = 0; row < rows; row++) {
      const found = matrix.values.row(row);
      for (let gene = 0; gene < genes; gene++) {
        if (found[gene] !== Math.fround(value(row, gene))) wrong++;
      }
    }
    assert.equal(wrong, 0);
  }
});

Deno.test("table: texts longer than any name are cut", async () => {
  const { rows } = await readText(`id,g,t\na,1,${"x".repeat(5000)}\n`);
  assert.equal(rows.annotations[0].texts[0], `${"x".repeat(1000)}…`);
});

Deno.test("table: quotes that quote nothing, between tabs", async () => {
  const { rows } = await readText(
    'id\tg\tname\na\t1\t"5-alpha" reductase\nb\t2\t3" probe\n',
  );
  assert.deepEqual(rows.annotations[0].texts, [
    '"5-alpha" reductase',
    '3" probe',
  ]);
});
