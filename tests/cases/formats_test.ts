/** Formats of other programs, comments, and delimiters that files hide. */

import assert from "node:assert/strict";
import { type Made, made, sheet, tall, wide, write } from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();
const COUNTS = made({ counts: true });

/** Genes in rows as GCT 1.2 has them. */
function gct(matrix: Made): string {
  const [header, ...rows] = tall(matrix);
  return `#1.2\n${matrix.genes.length}\t${matrix.samples.length}\n` + write([
    ["Name", "Description", ...header.slice(1)],
    ...rows.map(([id, ...values], row) => [id, `N${row}`, ...values]),
  ], "\t");
}

/** Counts as featureCounts writes them. */
function featureCounts(nameOf: (sample: string) => string): string {
  const [header, ...rows] = tall(COUNTS);
  const names = header.slice(1).map((sample) => nameOf(String(sample)));
  return '# Program:featureCounts v2.0.1; Command:"featureCounts" "-a" "x"\n' +
    write([
      ["Geneid", "Chr", "Start", "End", "Strand", "Length", ...names],
      ...rows.map((
        [id, ...values],
      ) => [id, "1;1", "5;90", "8;120", "+;+", 900, ...values]),
    ], "\t");
}

Deno.test("04: GCT 1.2, also under another name, needs a sheet", () =>
  User.in(async (user) => {
    const samples = await user.save("s.csv", sheet(MAIZE));
    for (const name of ["m.gct", "m.txt", "m.csv"]) {
      const input = await user.save(name, gct(MAIZE));
      const { message } = await user.refused("--input", input);
      assert.match(
        message,
        /the genes are in rows because GCT 1\.2 has them there, and nothing says which tissue the 48 samples are of$/,
      );
      const prepared = await user.prepare(
        ...["--input", input, "--samples", samples, ...AS_IT_IS],
      );
      assertRead(prepared, MAIZE);
      assert.match(prepared.said, /GCT 1\.2: 120 genes in rows/);
    }
    const cut = gct(MAIZE).replace("120\t48", "121\t48");
    const { message } = await user.refused(
      ...["--input", await user.save("m.gct", cut)],
    );
    assert.match(
      message,
      /it declares 121 genes x 48 samples and holds 120 x 48/,
    );
  }));

Deno.test("04: GCT 1.3 holds the tissues itself", () =>
  User.in(async (user) => {
    const [header, ...rows] = tall(MAIZE);
    const content = "#1.3\n120\t48\t1\t2\n" + write([
      ["id", "symbol", ...header.slice(1)],
      ["tissue", "na", ...MAIZE.tissues],
      ["age", "na", ...MAIZE.samples.map((_, index) => 20 + index % 7)],
      ...rows.map(([id, ...values], row) => [id, `N${row}`, ...values]),
    ], "\t");
    const input = await user.save("m.gct", content);
    const prepared = await user.prepare("--input", input, ...AS_IT_IS);
    assertRead(prepared, MAIZE);
    assert.deepEqual(prepared.input.notes, []);
  }));

Deno.test("40: featureCounts, its samples named by paths of alignments", () =>
  User.in(async (user) => {
    const samples = await user.save("s.csv", sheet(COUNTS));
    const forms: ((sample: string) => string)[] = [
      (sample) => `/d/${sample}.bam`,
      (sample) => `${sample}.sorted.bam`,
      (sample) => `out/${sample}Aligned.sortedByCoord.out.bam`,
      (sample) => `out/${sample}/accepted_hits.bam`,
    ];
    for (const form of forms) {
      const input = await user.save("counts.txt", featureCounts(form));
      const prepared = await user.prepare(
        ...["--input", input, "--samples", samples, ...AS_IT_IS],
      );
      assertRead(prepared, COUNTS);
      assert.match(prepared.said, /featureCounts: 120 genes in rows/);
      // The sheet may have the alignments, too.
      const files = await user.save("f.csv", sheet(COUNTS, { write: form }));
      assertRead(
        await user.prepare(
          ...["--input", input, "--samples", files, ...AS_IT_IS],
        ),
        COUNTS,
      );
    }
  }));

Deno.test("41: the Expression Atlas's table of means says what to load instead", () =>
  User.in(async (user) => {
    const means = made({
      samples: 4,
      sampleId: (index) => ["leaf", "root", "pollen", "embryo"][index],
    });
    const [header, ...rows] = tall(means);
    const content = "# Expression Atlas version: x\n# Query: all\n" + write([
      ["Gene ID", "Gene Name", ...header.slice(1)],
      ...rows.map(([id, ...values], row) => [
        ...[id, `n${row}`],
        ...values.map((value) => Number(value) < 10 ? "" : value),
      ]),
    ], "\t");
    const input = await user.save("atlas.tsv", content);
    const own = await user.save("s.csv", sheet(means));
    for (const flags of [[], ["--samples", own]]) {
      const { message, remedy } = await user.refused(
        "--input",
        input,
        ...flags,
      );
      assert.match(
        message,
        /each of its 4 columns is the mean of a tissue's samples \('leaf', 'root', 'pollen', \.\.\.\), and the study needs several samples of each tissue$/,
      );
      assert.match(
        remedy,
        /^Download the experiment's values of each run \(raw/,
      );
    }
    const pairs = await user.save(
      "s.csv",
      sheet({ ...means, tissues: ["a", "a", "b", "b"] }),
    );
    const { data, said } = await user.prepare(
      ...["--input", input, "--samples", pairs, ...AS_IT_IS],
    );
    assert.deepEqual(data.tissues, ["a", "a", "b", "b"]);
    assert.match(
      said,
      /empty cells of the Expression Atlas's table are read as 0/,
    );
  }));

Deno.test("41: its counts of runs are read", () =>
  User.in(async (user) => {
    const runs = made({
      counts: true,
      sampleId: (index) => `ERR${900 + index}`,
    });
    const [header, ...rows] = tall(runs);
    const content = write([
      ["Gene ID", "Gene Name", ...header.slice(1)],
      ...rows.map(([id, ...values], row) => [id, `n${row}`, ...values]),
    ], "\t");
    const input = await user.save("E-MTAB-1-raw-counts.tsv", content);
    const design = sheet(runs, {
      id: "Run",
      label: "Sample Characteristic[organism part]",
    });
    const samples = await user.save("design.tsv", write(design, "\t"));
    const files = ["--input", input, "--samples", samples];
    const refused = await user.refused(...files);
    assert.match(refused.message, /'Sample Characteristic\[organism part\]'$/);
    const pasted = await user.paste(refused);
    assert.deepEqual(pasted.data.tissues, runs.tissues);
  }));

Deno.test("43: comments and titles around a table are left out", () =>
  User.in(async (user) => {
    const lines = write(wide(MAIZE)).trimEnd().split("\n");
    const forms: [string[], RegExp][] = [
      [
        ["# exported 2024", ...lines],
        /1 comment line in front of the matrix is/,
      ],
      [["#a", "", "# b, c", ...lines], /2 comment lines in front/],
      [["% made by x", "%", ...lines], /2 lines above the header/],
      [["Table S1", "", ...lines], /1 line above the header/],
      [lines.toSpliced(9, 0, "# half"), /1 comment line among the rows/],
      [["", "", ...lines.toSpliced(9, 0, "")], /^$/],
      [["sep=,", ...lines], /^$/],
    ];
    for (const [content, note] of forms) {
      for (const delimiter of [",", "\t"]) {
        const text = content.join("\n").replaceAll(",", delimiter);
        const name = delimiter === "," ? "m.csv" : "m.tsv";
        const prepared = await user.prepare(
          ...["--input", await user.save(name, text), ...AS_IT_IS],
        );
        assertRead(prepared, MAIZE);
        assert.match(prepared.input.notes.join("|"), note);
      }
    }
  }));

Deno.test("54: the delimiter is the one that fits, whatever the file is called", () =>
  User.in(async (user) => {
    const comma = {
      ...MAIZE,
      genes: MAIZE.genes.with(6, "Zm00001d000007,tb1"),
    };
    const input = await user.save("m.csv", write(wide(comma), "\t"));
    const prepared = await user.prepare("--input", input, ...AS_IT_IS);
    assertRead(prepared, comma);
    assert.match(
      prepared.said,
      /TSV: .* note: The name of the matrix's file ends in \.csv, but its cells are separated by tabs/,
    );
    for (const [name, delimiter] of [["m.tsv", ","], ["m.tsv", ";"]]) {
      const other = await user.save(name, write(wide(MAIZE), delimiter));
      assertRead(await user.prepare("--input", other, ...AS_IT_IS), MAIZE);
    }
  }));

Deno.test("flags for other formats are said to do nothing", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE));
    const table = await user.save("t.csv", "tx,gene\na,b\n");
    const { said } = await user.prepare(
      ...["--input", input, "--layer", "counts", "--tx2gene", table],
    );
    assert.match(said, /note: --layer does nothing here: CSV holds one matrix/);
    assert.match(
      said,
      /note: --tx2gene does nothing here: the genes of CSV are taken as they/,
    );
    const { said: plain } = await user.prepare("--input", input);
    assert.doesNotMatch(plain, /does nothing/);
  }));

Deno.test("files that hold no matrix are called by their names", () =>
  User.in(async (user) => {
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 1, 2, 3, 4);
    const series = '!Series_title\t"x"\n!Sample_title\t"a"\n' +
      '!series_matrix_table_begin\n"ID_REF"\t"GSM1"\n"g1"\t1\n';
    const forms: [string, string | Uint8Array, RegExp][] = [
      ["m.xlsx", zip, /it is an Excel workbook/],
      ["series.txt", series, /it is a series matrix of GEO/],
      ["m.csv", "<!DOCTYPE html><html></html>", /it is a web page/],
      ["m.csv", "", /the file is empty/],
      ["m.csv", write(wide(MAIZE).slice(0, 1)), /a header but no row below it/],
      ["x.summary", "Status\t/d/a.bam\nAssigned\t5\n", /summary of featureC/],
    ];
    for (const [name, content, message] of forms) {
      const input = await user.save(name, content);
      const refused = await user.refused("--input", input);
      assert.match(refused.message, message);
    }
  }));
