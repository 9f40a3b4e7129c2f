import assert from "node:assert/strict";
import { findOrientation } from "../../../lib/prepare/arrange/orientation.ts";
import type { ArrangeChoices } from "../../../lib/prepare/arrange/reading.ts";
import type { MatchedSheet } from "../../../lib/prepare/sheets/matched_sheet.ts";
import {
  arrange,
  assertRefused,
  genesInRows,
  type Given,
  inTurn,
  makeRaw,
  makeSheet,
  names,
  RUNS,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const PLAIN = { rows: names("a", 6), columns: names("b", 6) };

function orientationOf(
  given: Given,
  choices: Partial<Pick<ArrangeChoices, "orient" | "label">> = {},
  sheet?: MatchedSheet,
): string {
  const { genesIn, reason } = findOrientation(
    makeRaw(given),
    { input: "m.csv", orient: "auto", label: "", ...choices },
    sheet,
  );
  return `${genesIn} ${reason}`;
}

Deno.test("orientation: the flag decides before the format", () => {
  const orient = "genes-in-rows";
  const given: Given = { ...PLAIN, genesIn: "columns" };
  assert.equal(
    orientationOf(given, { orient }),
    "rows because of --orient genes-in-rows",
  );
  assert.equal(orientationOf(given), "columns because CSV has them there");
});

Deno.test("orientation: the sheet decides before names and ids", () => {
  const sheet = makeSheet("rows", { tissue: TISSUES });
  const given: Given = { ...PLAIN, title: "gene_id" };
  assert.equal(
    orientationOf(given, {}, sheet),
    "columns because the ids of the rows match the sample sheet",
  );
  const unmatched = { ...sheet, matched: TISSUES.map(() => false) };
  assert.match(orientationOf(given, {}, unmatched), /^rows .* 'gene_id'$/);
});

Deno.test("orientation: a sheet that contradicts flag or format is refused", () => {
  const inRows = makeSheet("rows", { tissue: TISSUES });
  assertRefused(
    () =>
      arrange(samplesInRows(), {
        sheet: inRows,
        choices: { orient: "genes-in-rows" },
      }),
    /should be in rows because of --orient genes-in-rows, but .* sheet\.csv$/,
    /prepare --orient auto$/,
  );
  assertRefused(
    () => arrange(samplesInRows({ genesIn: "rows" }), { sheet: inRows }),
    /should be in rows because CSV has them there, but the ids of the rows/,
    /--orient samples-in-rows$/,
  );
  const inColumns = makeSheet("columns", { tissue: TISSUES });
  assertRefused(
    () => arrange(genesInRows({ genesIn: "columns" }), { sheet: inColumns }),
    /should be in columns because/,
    /--orient genes-in-rows$/,
  );
});

Deno.test("orientation: samples are where the label is", () => {
  const texts = names("w", 6);
  assert.equal(
    orientationOf({ ...PLAIN, columnTexts: { x: texts } }, { label: "x" }),
    "rows because --label 'x' is a row",
  );
  assert.equal(
    orientationOf({ ...PLAIN, rowTexts: { x: texts } }, { label: "x" }),
    "columns because --label 'x' is a column",
  );
});

Deno.test("orientation: samples are where the tissues are", () => {
  assert.equal(
    orientationOf({ ...PLAIN, title: "gene", rowTexts: { Organ: TISSUES } }),
    "columns because column 'Organ' holds words that repeat",
  );
  assert.equal(
    orientationOf({ ...PLAIN, columnTexts: { tissue: TISSUES } }),
    "rows because row 'tissue' holds words that repeat",
  );
});

Deno.test("orientation: ids that only genes or samples have", () => {
  const few = names("x", 6);
  const genes: [string, string[]][] = [
    ["Ensembl", names("ENSG0000014151", 6).map((id) => `${id}.3`)],
    ["mouse", names("ENSMUSG0000000000", 6)],
    ["with names", names("ENSG0000014151", 6).map((id) => `${id}_TP53`)],
    ["Arabidopsis", names("AT1G0101", 6)],
    ["maize", names("Zm00001eb00000", 6)],
    ["old maize", names("GRMZM2G00000", 6)],
    ["rice", names("LOC_Os01g0101", 6)],
    ["RAP rice", names("Os01g010010", 6)],
    ["fly", names("FBgn000000", 6)],
    ["yeast", ["YAL001C", "YAL002W", "YBR003W", "YCL004C-A"]],
    ["symbols", ["ACTB", "GAPDH", "TP53", "xyz-1", "NN"]],
    ["mouse symbols", ["Actb", "Gapdh", "Trp53", "Myc", "Alb"]],
    ["TCGA", ["?|100130426", "A1BG|1", "A2M|2"]],
    ["RefSeq", names("NM_00054", 6, 10)],
    ["probes", ["1007_s_at", "1053_at", "117_at"]],
  ];
  for (const [title, ids] of genes) {
    assert.match(
      orientationOf({ rows: ids, columns: few }),
      /^rows because the ids of the rows look like genes/,
      title,
    );
    assert.match(
      orientationOf({ rows: few, columns: ids }),
      /^columns because the ids of the columns look like genes/,
      title,
    );
  }
  const samples = [
    RUNS,
    names("GSM10000", 6),
    names("TCGA-AB-280", 6),
    names("GTEX-1117F-0226-SM-5GZZ", 6),
    names("sample_", 6),
    names("S", 6),
    inTurn(["leaf_rep1", "root.rep2"], 2),
    ["AAACCTGAGAAACCAT-1", "AAACCTGAGAAACCGC-1"],
    ["/d/a.bam", "/d/b.bam"],
  ];
  for (const ids of samples) {
    assert.match(
      orientationOf({ rows: ["k1x!", "k2x!"], columns: ids }),
      /^rows because the ids of the columns look like samples/,
      ids[0],
    );
  }
});

Deno.test("orientation: ids count more than the name above them", () => {
  const given = { title: "gene_id", rows: RUNS, columns: names("AT1G0101", 6) };
  assert.match(orientationOf(given), /^columns .* look like genes/);
});

Deno.test("orientation: the name above the ids", () => {
  for (
    const title of [
      "gene_id",
      "Geneid",
      "Gene ID",
      "Hugo_Symbol",
      "symbol",
      "GENE",
      "Ensembl ID",
      "transcript_id",
      "target_id",
    ]
  ) {
    assert.equal(
      orientationOf({ ...PLAIN, title }),
      `rows because the ids of the rows are called '${title}'`,
    );
    assert.match(orientationOf({ ...PLAIN, columnTitle: title }), /^columns/);
  }
  for (const title of ["sample_id", "Sample", "SAMPID", "Run", "barcode"]) {
    assert.match(orientationOf({ ...PLAIN, title }), /^columns because .* cal/);
    assert.match(orientationOf({ ...PLAIN, columnTitle: title }), /^rows/);
  }
});

Deno.test("orientation: words that repeat, if they are not about genes", () => {
  const odd = { rows: names("k.", 6), columns: names("k-", 6) };
  assert.equal(
    orientationOf({ ...odd, rowTexts: { what: TISSUES } }),
    "columns because column 'what' holds words that repeat",
  );
  const genes = { chr: TISSUES, gene_biotype: TISSUES, Description: TISSUES };
  assert.match(orientationOf({ ...odd, rowTexts: genes }), /nothing says/);
});

Deno.test("orientation: many more rows, or columns", () => {
  const rows = names("k.", 6);
  const columns = names("k-", 18);
  assert.equal(
    orientationOf({ rows, columns }),
    "columns because there are many more columns than rows (18 and 6)",
  );
  assert.match(orientationOf({ rows: columns, columns: rows }), /^rows/);
  assert.equal(
    orientationOf({ rows, columns: names("k-", 17) }),
    "columns because nothing says otherwise",
  );
});

Deno.test("orientation: transposed, the values are the same", () => {
  const wide = arrange(samplesInRows());
  const high = arrange(genesInRows({
    columnTexts: { tissue: TISSUES },
    values: (row, column) => 10 * column + row,
  }));
  assert.deepEqual(high.matrix, wide.matrix);
  assert.equal(high.reading.genesIn, "rows");
  assert.equal(wide.reading.genesIn, "columns");
  assert.deepEqual([...wide.matrix.values.slice(0, 5)], [0, 1, 2, 3, 10]);
});
