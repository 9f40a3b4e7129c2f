import assert from "node:assert/strict";
import { promoteIds } from "../../../lib/prepare/arrange/promote_ids.ts";
import {
  arrange,
  MAIZE,
  makeRaw,
  names,
  RUNS,
  TISSUES,
} from "./raw_fixture.ts";

Deno.test("ids: a row index of pandas or R is left out", () => {
  for (
    const [title, from] of [["", 0], ["Unnamed: 0", 0], ["X", 1], ["...1", 1]]
  ) {
    const raw = promoteIds(makeRaw({
      title: String(title),
      rows: names("", 6, Number(from)),
      columns: MAIZE,
      rowTexts: { sample_id: RUNS, tissue: TISSUES },
    }));
    assert.deepEqual(raw.rows.ids, RUNS);
    assert.equal(raw.rows.title, "sample_id");
    assert.deepEqual(raw.rows.annotations.map(({ name }) => name), ["tissue"]);
    assert.equal(raw.rows.locate(2), "line 4");
    assert.equal(raw.notes.length, 1);
    assert.match(raw.notes[0], /only numbers the rows .* column 'sample_id'$/);
    assert.deepEqual(arrange(raw).matrix.tissues, TISSUES);
  }
});

Deno.test("ids: of a filtered index, numbers are missing", () => {
  const raw = promoteIds(makeRaw({
    rows: ["0", "3", "4", "9", "12", "40"],
    columns: MAIZE,
    rowTexts: { who: RUNS, tissue: TISSUES },
  }));
  assert.deepEqual(raw.rows.ids, RUNS);
});

Deno.test("ids: a column named like ids is taken even if it repeats", () => {
  const symbols = ["TP53", "MYC", "TP53", "ALB"];
  const raw = promoteIds(makeRaw({
    rows: names("", 4),
    columns: RUNS,
    rowTexts: { biotype: inOrder("coding", 4), gene_symbol: symbols },
  }));
  assert.deepEqual(raw.rows.ids, symbols);
});

Deno.test("ids: row numbers stay if nothing else could be the ids", () => {
  const given = makeRaw({
    rows: names("", 6),
    columns: MAIZE,
    rowTexts: { tissue: TISSUES },
  });
  assert.equal(promoteIds(given), given);
});

Deno.test("ids: numbers under a name, or in disorder, are ids", () => {
  const ids = names("", 6);
  for (
    const [title, rows] of [["patient", ids], ["", [...ids].reverse()], [
      "",
      RUNS,
    ]] as const
  ) {
    const given = makeRaw({
      title,
      rows,
      columns: MAIZE,
      rowTexts: { sample_id: RUNS, tissue: TISSUES },
    });
    assert.equal(promoteIds(given), given);
  }
});

Deno.test("ids: a first column of tissues gives way to the sample ids", () => {
  const raw = promoteIds(makeRaw({
    title: "tissue",
    rows: TISSUES,
    columns: MAIZE,
    rowTexts: { sample_id: RUNS },
  }));
  assert.deepEqual(raw.rows.ids, RUNS);
  const { matrix, reading } = arrange(raw);
  assert.deepEqual(matrix.tissues, TISSUES);
  assert.equal(reading.label, "tissue");
  assert.match(reading.notes[0], /column 'sample_id', because .* repeat$/);
});

Deno.test("ids: symbols in front of gene ids become the genes' names", () => {
  const raw = promoteIds(makeRaw({
    title: "gene_name",
    rows: ["TP53", "MYC", "TP53", "ALB"],
    columns: RUNS,
    rowTexts: { gene_id: MAIZE },
    columnTexts: { tissue: TISSUES },
  }));
  const { matrix } = arrange(raw);
  assert.deepEqual(matrix.genes, MAIZE);
  assert.equal(matrix.geneFacts[2].name, "TP53");
});

function inOrder(text: string, count: number): string[] {
  return new Array(count).fill(text);
}

Deno.test("ids: a header of tissues gives way to the row of ids below it", () => {
  const raw = promoteIds(makeRaw({
    title: "",
    rows: MAIZE,
    columns: TISSUES,
    columnTexts: { gene_id: RUNS, sex: inOrder("f", 6) },
  }));
  assert.deepEqual(raw.columns.ids, RUNS);
  assert.equal(raw.rows.title, "gene_id");
  assert.deepEqual(raw.columns.annotations, [
    { name: "header", texts: TISSUES },
    { name: "sex", texts: inOrder("f", 6) },
  ]);
  assert.match(raw.notes[0], /from the row, 'gene_id', below the header, beca/);
  const { matrix } = arrange(raw);
  assert.deepEqual(matrix.sampleIds, RUNS);
  assert.deepEqual(matrix.tissues, TISSUES);
});

Deno.test("ids: a header of ids stays, whatever is below it", () => {
  const given = { rows: MAIZE, columns: RUNS };
  for (const texts of [inOrder("x", 6), names("other", 6)]) {
    const raw = makeRaw({ ...given, columnTexts: { row: texts } });
    assert.equal(promoteIds(raw), raw);
  }
  const none = makeRaw({ rows: MAIZE, columns: TISSUES });
  assert.equal(promoteIds(none), none);
});
