/** Genes in rows, in every form, and matrices of which nobody knows. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import {
  made,
  quoted,
  sheet,
  tall,
  wide,
  withColumn,
  write,
} from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();
const COUNTS = made({ counts: true });
/** No id tells a gene from a sample. */
const ALIKE = made({
  sampleId: (index) => `S${index + 1}`,
  geneId: (index) => `G${index + 1}`,
});
const LETTERS = made({
  sampleId: (index) => `A${index + 1}`,
  geneId: (index) => `B${index + 1}`,
});

for (const [name, matrix] of [["TPM", MAIZE], ["counts", COUNTS]] as const) {
  Deno.test(`01: genes in rows, ${name}, need a sheet, and are read with it`, () =>
    User.in(async (user) => {
      const input = await user.save("m.csv", tall(matrix));
      const { message, remedy } = await user.refused("--input", input);
      assert.match(
        message,
        /^Cannot read m\.csv: the genes are in rows because the ids of the rows look like genes \('Zm00001d000001'\), and nothing says which tissue the 48 samples are of$/,
      );
      assert.match(remedy, /^Give a sample sheet: --samples FILE --label COL/);
      const samples = await user.save("sheet.csv", sheet(matrix));
      const files = ["--input", input, "--samples", samples];
      const prepared = await user.prepare(...files, ...AS_IT_IS);
      assertRead(prepared, matrix);
      assert.match(
        prepared.said,
        /CSV: 120 genes in rows, 48 samples in columns \(because the ids of the columns match the sample sheet\); the tissue is 'tissue' of the sheet/,
      );
      assert.equal(prepared.input.genes_in, "rows");
      assert.deepEqual(prepared.input.notes, []);
    }));
}

Deno.test("01b: genes in rows, the tissues in a row of their own", () =>
  User.in(async (user) => {
    for (const label of ["tissue", "Organ", "condition"]) {
      for (const last of [true, false]) {
        const rows = tall(MAIZE, { label, last });
        const input = await user.save("m.csv", rows);
        for (const flags of [["--label", label], []]) {
          const prepared = await user.prepare(
            ...["--input", input, ...flags, ...AS_IT_IS],
          );
          assertRead(prepared, MAIZE);
          assert.equal(prepared.input.label, label);
          // The line about the tissue says all that there is to say.
          assert.deepEqual(prepared.input.notes, []);
        }
      }
    }
    const near = await user.refused(
      ...["--input", `${user.folder}/m.csv`, "--label", "Condition"],
    );
    assert.match(
      near.message,
      /there is no row 'Condition' \(the genes are in/,
    );
    assertRead(
      await user.paste({
        ...near,
        remedy: `${near.remedy} ${AS_IT_IS.join(" ")}`,
      }),
      MAIZE,
    );
  }));

Deno.test("01b: rows of donors, sex and age beside that of the tissues", () =>
  User.in(async (user) => {
    const [header, ...rows] = tall(MAIZE, { label: "Organ" });
    const texts = [
      ["donor", ...MAIZE.samples.map((_, index) => `D${index % 6}`)],
      ["sex", ...MAIZE.samples.map((_, index) => "MF"[index % 2])],
      ["age", ...MAIZE.samples.map((_, index) => 20 + index % 9)],
    ];
    const table = [header, ...texts, ...rows];
    const forms: [string, string | Uint8Array][] = [
      ["m.csv", write(table)],
      ["m.tsv.gz", gzipSync(write(table, "\t", "\r\n"))],
      ["semicolons.csv", write(table, ";")],
    ];
    for (const [name, content] of forms) {
      const input = await user.save(name, content);
      const { said, input: reading } = await user.prepare(
        ...["--input", input, ...AS_IT_IS],
      );
      assert.match(said, /121 genes in rows/, name);
      assert.deepEqual(reading.notes, [
        "The tissues are those of row 'Organ'; rows 'donor' and 'sex' hold " +
        "words, too, and are no genes",
        "Row 'age' may be no gene but is used as one; to leave it out: " +
        "--ignore age",
      ]);
      const without = await user.prepare(
        ...["--input", input, "--ignore", "age", ...AS_IT_IS],
      );
      assertRead(without, MAIZE);
    }
  }));

Deno.test("02: without a tissue the last gene is not taken for it", () =>
  User.in(async (user) => {
    for (const matrix of [MAIZE, COUNTS, ALIKE]) {
      const input = await user.save("m.csv", wide(matrix, { label: null }));
      const { message, remedy } = await user.refused("--input", input);
      assert.match(
        message,
        /it has no column of words that could be the tissues; the last one, '\w+120', holds \d+ different numbers$/,
      );
      assert.match(
        remedy,
        /with --label COLUMN, or give a sample sheet: --sam/,
      );
    }
  }));

Deno.test("ids that tell nothing: the sheet does, on either side", () =>
  User.in(async (user) => {
    for (const matrix of [ALIKE, LETTERS]) {
      const samples = await user.save("sheet.csv", sheet(matrix));
      for (const title of ["", "id"]) {
        const tables = [
          tall(matrix, { title }),
          wide(matrix, { title, label: null }),
        ];
        for (const table of tables) {
          const input = await user.save("m.csv", table);
          const files = ["--input", input, "--samples", samples];
          assertRead(await user.prepare(...files, ...AS_IT_IS), matrix);
        }
        // Or the tissues themselves.
        const input = await user.save(
          "m.csv",
          tall(matrix, { title, label: "tissue", last: true }),
        );
        assertRead(await user.prepare("--input", input, ...AS_IT_IS), matrix);
      }
    }
  }));

Deno.test("square matrices: the sheet decides, or must be told", () =>
  User.in(async (user) => {
    const square = made({ genes: 48, geneId: (index) => `B${index}` });
    const samples = await user.save("sheet.csv", sheet(square));
    const input = await user.save("m.csv", tall(square, { title: "" }));
    const files = ["--input", input, "--samples", samples];
    assertRead(await user.prepare(...files, ...AS_IT_IS), square);
    const numbers = made({ genes: 48, sampleId: String, geneId: String });
    await user.save("sheet.csv", sheet(numbers));
    await user.save("m.csv", tall(numbers, { title: "" }));
    const { message, remedy } = await user.refused(...files);
    assert.match(message, /are those of the matrix's rows and of its columns/);
    assert.match(remedy, /--orient genes-in-rows or --orient samples-in-rows/);
    assertRead(
      await user.prepare(...files, "--orient", "genes-in-rows", ...AS_IT_IS),
      numbers,
    );
  }));

Deno.test("the sheet shows that --orient is wrong", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", tall(MAIZE));
    const samples = await user.save("sheet.csv", sheet(MAIZE));
    const refused = await user.refused(
      ...["--input", input, "--samples", samples],
      ...["--orient", "samples-in-rows"],
    );
    assert.match(
      refused.message,
      /genes should be in columns because of --orient samples-in-rows, but the ids of the columns are those of the samples in sheet\.csv$/,
    );
    assert.match((await user.paste(refused)).said, /120 genes in rows/);
  }));

Deno.test("R's tables: quoted, row names without a header, blanks or tabs", () =>
  User.in(async (user) => {
    const samples = await user.save("sheet.csv", sheet(MAIZE));
    const withoutCorner = (rows: (string | number)[][]) =>
      quoted([rows[0].slice(1), ...rows.slice(1)]);
    const forms: [string, string, string[]][] = [
      ["tabs.txt", write(withoutCorner(wide(MAIZE)), "\t"), []],
      ["blanks.txt", write(withoutCorner(wide(MAIZE)), " "), []],
      ["csv.csv", write(quoted(wide(MAIZE, { title: "" }))), []],
      ["crlf.csv", write(quoted(wide(MAIZE)), ",", "\r\n"), []],
      [
        "genes.txt",
        write(withoutCorner(tall(MAIZE)), "\t"),
        ["--samples", samples],
      ],
      [
        "genes.csv",
        write(quoted(tall(MAIZE, { title: "" }))),
        ["--samples", samples],
      ],
    ];
    for (const [name, content, flags] of forms) {
      const input = await user.save(name, content);
      assertRead(
        await user.prepare("--input", input, ...flags, ...AS_IT_IS),
        MAIZE,
      );
    }
  }));

Deno.test("20: the tissues may be any column, and be called otherwise", () =>
  User.in(async (user) => {
    const plain = wide(MAIZE, { label: null });
    for (const place of [1, 7, 121]) {
      for (const name of ["tissue", "Tissue", "organ", "SMTSD", "source"]) {
        const rows = withColumn(
          plain,
          place,
          name,
          (row) => MAIZE.tissues[row],
        );
        const input = await user.save("m.csv", rows);
        const prepared = await user.prepare("--input", input, ...AS_IT_IS);
        assertRead(prepared, MAIZE);
        assert.equal(prepared.input.label, name);
        assert.deepEqual(prepared.input.notes, []);
      }
    }
  }));

Deno.test("a header of tissues: the ids are below it, or are missing", () =>
  User.in(async (user) => {
    const [header, ...rows] = tall(MAIZE);
    const two = [["", ...MAIZE.tissues], header, ...rows];
    const prepared = await user.prepare(
      ...["--input", await user.save("m.csv", two), ...AS_IT_IS],
    );
    assertRead(prepared, MAIZE);
    assert.match(
      prepared.said,
      /ids of the columns are taken from the row, 'gen/,
    );
    const one = [["gene_id", ...MAIZE.tissues], ...rows];
    const { message, remedy } = await user.refused(
      ...["--input", await user.save("m.csv", one)],
    );
    assert.match(
      message,
      /the 48 samples have only 4 names in the header \('le/,
    );
    assert.match(remedy, /^Give each sample its own id in the header/);
  }));
