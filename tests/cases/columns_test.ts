/** Columns that are no genes, index columns, long format, empty columns. */

import assert from "node:assert/strict";
import { made, sheet, tall, wide, withColumn, write } from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();

Deno.test("12: columns of words are named, and are no genes", () =>
  User.in(async (user) => {
    const rows = withColumn(
      withColumn(wide(MAIZE), 1, "sex", (row) => "MF"[row % 2]),
      1,
      "donor",
      (row) => `D${row % 8}`,
    );
    const input = await user.save("m.csv", rows);
    const prepared = await user.prepare("--input", input, ...AS_IT_IS);
    assertRead(prepared, MAIZE);
    assert.deepEqual(prepared.input.notes, [
      "The tissues are those of column 'tissue'; columns 'donor' and 'sex' " +
      "hold words, too, and are no genes",
    ]);
    const ignored = await user.prepare(
      ...["--input", input, "--ignore", "donor,sex", ...AS_IT_IS],
    );
    assertRead(ignored, MAIZE);
    assert.deepEqual(ignored.input.notes, []);
    // Which of two columns are the tissues must be said.
    const two = withColumn(
      wide(MAIZE, { label: "state" }),
      1,
      "kind",
      (row) => "abc"[row % 3],
    );
    const refused = await user.refused(
      "--input",
      await user.save("m.csv", two),
    );
    assert.match(
      refused.message,
      /columns 'kind' and 'state' hold words, and it/,
    );
    assert.deepEqual((await user.paste(refused)).data.tissues, MAIZE.tissues);
  }));

Deno.test("12: a column whose values lie within tissues could be a group", () =>
  User.in(async (user) => {
    const rows = withColumn(
      wide(MAIZE),
      1,
      "donor",
      (row) => `D${Math.floor(row / 3)}`,
    );
    const input = await user.save("m.csv", rows);
    const { said } = await user.prepare("--input", input);
    assert.match(said, /the column 'donor' .* together: --group 'donor'/);
    const { data } = await user.prepare("--input", input, "--group", "donor");
    assert.equal(new Set(data.groups).size, 16);
  }));

Deno.test("12b: numbers that are no genes are noted, by name and by look", () =>
  User.in(async (user) => {
    const numbers: [string, (row: number) => number][] = [
      ["age", (row) => 20 + row % 9],
      ["batch", (row) => 1 + row % 2],
      ["RIN", (row) => 6 + row % 4],
      ["my_score", (row) => row],
    ];
    const rows = numbers.reduceRight(
      (table, [name, of]) => withColumn(table, 1, name, of),
      wide(MAIZE),
    );
    const input = await user.save("m.csv", rows);
    const { input: reading, data } = await user.prepare("--input", input);
    assert.deepEqual(reading.notes, [
      "Columns 'age', 'batch', 'RIN' and 'my_score' may be no genes but are " +
      "used as genes; to leave them out: --ignore age,batch,RIN,my_score",
    ]);
    assert.ok(data.genes.includes("age"));
    const left = await user.prepare(
      ...["--input", input, "--ignore", "age,batch,RIN,my_score", ...AS_IT_IS],
    );
    assertRead(left, MAIZE);
    const wrong = await user.prepare(
      ...["--input", input, "--ignore", "agee,BATCH", ...AS_IT_IS],
    );
    assert.match(
      wrong.said,
      /--ignore gives 2 names that no column and no row of the matrix has: 'agee' \(did you mean 'age'\?\), 'BATCH' \(did you mean 'batch'\?\)/,
    );
  }));

Deno.test("14: an index column is left out, whatever it is called", () =>
  User.in(async (user) => {
    for (const name of ["", "Unnamed: 0", "index"]) {
      const rows = withColumn(wide(MAIZE), 0, name, String);
      const input = await user.save("m.csv", rows);
      const prepared = await user.prepare("--input", input, ...AS_IT_IS);
      assertRead(prepared, MAIZE);
      assert.match(
        prepared.said,
        /The first column(, '[^']+',)? only numbers the rows and is left out; the ids are those of column 'sample_id'/,
      );
    }
    // Genes in rows; R begins with 1; ids that are called so.
    const turned = withColumn(tall(MAIZE), 0, "", (row) => String(row + 1));
    const samples = await user.save("s.csv", sheet(MAIZE));
    assertRead(
      await user.prepare(
        ...["--input", await user.save("m.csv", turned)],
        ...["--samples", samples, ...AS_IT_IS],
      ),
      MAIZE,
    );
    const ids = wide(MAIZE, { title: "Unnamed: 0" });
    const input = await user.save("m.csv", ids);
    assertRead(await user.prepare("--input", input, ...AS_IT_IS), MAIZE);
  }));

Deno.test("16: empty columns at the end are left out", () =>
  User.in(async (user) => {
    const rows = wide(MAIZE);
    const ends: [string, (line: string, row: number) => string][] = [
      ["rows", (line, row) => row === 0 ? line : `${line},`],
      ["header", (line, row) => row === 0 ? `${line},` : line],
      ["all", (line) => `${line},,`],
    ];
    for (const [name, end] of ends) {
      const lines = write(rows).trimEnd().split("\n").map(end).join("\n");
      for (const [suffix, delimiter] of [["csv", ","], ["tsv", "\t"]]) {
        const content = lines.replaceAll(",", delimiter);
        const input = await user.save(`${name}.${suffix}`, content);
        const prepared = await user.prepare("--input", input, ...AS_IT_IS);
        assertRead(prepared, MAIZE);
        assert.match(
          prepared.said,
          /The rows end in [12] empty columns?, which/,
        );
      }
    }
  }));

Deno.test("18: long format is called so, with a command that turns it", () =>
  User.in(async (user) => {
    const long = (
      names: string[],
      of: (row: number, gene: number) => string[],
    ) =>
      write([
        names,
        ...MAIZE.samples.flatMap((_, row) =>
          Array.from({ length: 20 }, (_, gene) => of(row, gene))
        ),
      ]);
    const cell = (row: number, gene: number) => [
      MAIZE.samples[row],
      MAIZE.genes[gene],
      String(MAIZE.values[row][gene]),
    ];
    const forms: [string, string, string][] = [
      [
        long(
          ["sample_id", "gene", "tpm", "tissue"],
          (row, gene) => [...cell(row, gene), MAIZE.tissues[row]],
        ),
        "id_cols = c(sample_id, tissue), names_from = gene, values_from = tpm)",
        'index=["sample_id", "tissue"], columns="gene", values="tpm")',
      ],
      [
        long(["Run", "Gene name", "counts"], cell),
        "id_cols = Run, names_from = `Gene name`, values_from = counts)",
        'index=["Run"], columns="Gene name", values="counts")',
      ],
      [
        long(
          ["", "target_id", "sample", "value"],
          (row, gene) => {
            const [sample, id, value] = cell(row, gene);
            return [String(20 * row + gene), id, sample, value];
          },
        ),
        "id_cols = sample, names_from = target_id, values_from = value)",
        'index=["sample"], columns="target_id", values="value")',
      ],
    ];
    for (const [content, inR, inPython] of forms) {
      const input = await user.save("m.csv", content);
      const { message, remedy } = await user.refused("--input", input);
      assert.match(
        message,
        /it is in long format, a row for each gene of each sample \(960 rows: 48 samples x 20 genes\), and must be a matrix/,
      );
      assert.ok(remedy.includes(inR), remedy);
      assert.ok(remedy.includes(inPython), remedy);
    }
  }));

Deno.test("totals, units and facts of genes beside the values", () =>
  User.in(async (user) => {
    const samples = await user.save("s.csv", sheet(MAIZE));
    const [header, ...rows] = wide(MAIZE);
    const units = [header, ["", ...MAIZE.genes.map(() => "TPM"), ""], ...rows];
    const withUnits = await user.prepare(
      ...["--input", await user.save("m.csv", units), ...AS_IT_IS],
    );
    assertRead(withUnits, MAIZE);
    assert.match(
      withUnits.said,
      /note: Row on line 2 of the matrix holds words/,
    );
    const facts = [
      ["description", () => "a kinase"],
      ["length", (row: number) => 1000 + row],
      ["chr", () => "chr1"],
    ] as const;
    const table = facts.reduce(
      (found, [name, of]) => withColumn(found, 1, name, of),
      tall(MAIZE),
    );
    const prepared = await user.prepare(
      ...["--input", await user.save("m.csv", table), "--samples", samples],
      ...AS_IT_IS,
    );
    assertRead(prepared, MAIZE);
    assert.deepEqual(prepared.input.notes, [
      "Column 'length' says something of the genes and is left out of the " +
      "samples",
    ]);
    const total = withColumn(wide(MAIZE), 121, "total", (row) => 5 + row);
    const noted = await user.prepare(
      ...["--input", await user.save("m.csv", total)],
    );
    assert.match(noted.said, /Column 'total' may be no gene/);
  }));

Deno.test("a sample or a gene without an id, and a sample twice", () =>
  User.in(async (user) => {
    const renamed = (list: readonly string[], index: number, name: string) =>
      list.with(index, name);
    const refuse = async (matrix: ReturnType<typeof made>) => {
      const input = await user.save("m.csv", wide(matrix));
      const first = await user.refused("--input", input);
      const turned = await user.refused(
        ...[
          "--input",
          await user.save(
            "m.csv",
            tall(matrix, {
              label: "tissue",
            }),
          ),
        ],
      );
      return [first.message, turned.message];
    };
    const [wideGene, tallGene] = await refuse({
      ...MAIZE,
      genes: renamed(MAIZE.genes, 5, ""),
    });
    assert.match(wideGene, /1 of 120 gene ids is empty; the first is column 7/);
    assert.match(tallGene, /1 of 120 gene ids is empty; the first is line 8$/);
    const [wideSample, tallSample] = await refuse({
      ...MAIZE,
      samples: renamed(MAIZE.samples, 7, ""),
    });
    assert.match(wideSample, /1 sample id is empty; the first is line 9$/);
    assert.match(tallSample, /is empty; the first is column 9 of the header$/);
    const [twice, across] = await refuse({
      ...MAIZE,
      samples: renamed(MAIZE.samples, 7, "SRR1003"),
    });
    assert.match(twice, /1 sample id is there .* 'SRR1003' \(lines 5 and 9\)$/);
    assert.match(across, /'SRR1003' \(columns 5 and 9 of the header\)$/);
  }));
