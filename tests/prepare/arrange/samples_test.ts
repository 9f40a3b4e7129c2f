import assert from "node:assert/strict";
import {
  arrange,
  assertRefused,
  genesInRows,
  inTurn,
  MAIZE,
  makeSheet,
  names,
  RUNS,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const NUMBERS = ["Entrez_Gene_Id", "Len 2", ...RUNS, "Length"];

/** Facts of genes in front of and behind the samples. */
function withFacts(tissues: readonly string[]) {
  return genesInRows({
    columns: NUMBERS,
    columnTexts: { tissue: tissues },
    values: (row, column) => 100 * row + column,
  });
}

Deno.test("samples: numbers about genes are left out, by the tissue row", () => {
  const raw = withFacts(["", "", ...TISSUES, ""]);
  const { matrix, reading } = arrange(raw);
  assert.deepEqual(matrix.sampleIds, RUNS);
  assert.deepEqual(matrix.tissues, TISSUES);
  assert.deepEqual([...matrix.values.slice(0, 4)], [2, 102, 202, 302]);
  assert.deepEqual(reading.notes, [
    "Columns 'Entrez_Gene_Id' and 'Length' say something of the genes and " +
    "are left out of the samples",
    "Column 'Len 2' stands in front of the samples and has no tissue: it is " +
    "taken for numbers about the genes and left out",
  ]);
});

Deno.test("samples: numbers about genes are left out, by the sheet", () => {
  const texts = ["", "", ...TISSUES, ""];
  const sheet = makeSheet("columns", { tissue: texts }, {
    matched: texts.map((text) => text !== ""),
  });
  const { matrix } = arrange(genesInRows({ columns: NUMBERS }), { sheet });
  assert.deepEqual(matrix.sampleIds, RUNS);
});

Deno.test("samples: one that looks like the others is never left out", () => {
  const tissues = ["", ...TISSUES.slice(1)];
  const { matrix } = arrange(genesInRows({ columnTexts: { tissue: tissues } }));
  assert.equal(matrix.sampleIds.length, 6);
  assert.equal(matrix.tissues[0], "");
});

const lacking = (places: readonly number[], more = 0) => {
  const columns = [...RUNS, ...names("SRR200", more)];
  const texts = columns.map((_, place) =>
    places.includes(place) ? "" : TISSUES[place % 6]
  );
  const sheet = makeSheet("columns", { tissue: texts }, {
    matched: texts.map((text) => text !== ""),
  });
  return { raw: () => genesInRows({ columns }), sheet };
};

Deno.test("samples: a few that the sheet lacks are refused by name", () => {
  const { raw, sheet } = lacking([0, 3]);
  assertRefused(
    () => arrange(raw(), { sheet, choices: { ignore: ["x"] } }),
    /2 of the matrix's 6 samples have no row in sheet\.csv: 'SRR1000' and 'SRR1003'; it should give their tissue/,
    /--ignore x,SRR1000,SRR1003$/,
  );
  const ignore = ["SRR1000", "SRR1003"];
  const { matrix } = arrange(raw(), { sheet, choices: { ignore } });
  assert.deepEqual(matrix.sampleIds, RUNS.filter((id) => !ignore.includes(id)));
  assert.equal(matrix.values[0], 1);
});

Deno.test("samples: of many that the sheet lacks, the labels are missing", () => {
  const { raw, sheet } = lacking([0, 1, 6, 7, 8, 9], 6);
  assertRefused(
    () => arrange(raw(), { sheet }),
    /6 of the matrix's 12 samples have no row .* 'SRR2002' and 1 more; /,
    /--missing-labels drop$/,
  );
  const choices = { "missing-labels": "drop" } as const;
  const { matrix } = arrange(raw(), { sheet, choices });
  assert.equal(matrix.tissues.filter((text) => text === "").length, 6);
});

Deno.test("samples: a sheet of groups must have all", () => {
  const sheet = makeSheet("rows", { donor: TISSUES }, {
    matched: TISSUES.map((_, place) => place !== 2),
  });
  assertRefused(
    () =>
      arrange(samplesInRows(), {
        sheet,
        choices: { group: "donor", "missing-labels": "drop" },
      }),
    /1 of the matrix's 6 samples has no row in sheet\.csv: 'SRR1002'; it should give its group/,
    /--ignore SRR1002$/,
  );
  const { reading } = arrange(samplesInRows(), { sheet });
  assert.match(reading.notes[0], /^1 of the matrix's 6 samples has no row/);
});

Deno.test("samples: ids lose blanks, and must be there and be different", () => {
  const rows = [" SRR1000 ", ...RUNS.slice(1)];
  assert.deepEqual(arrange(samplesInRows({ rows })).matrix.sampleIds, RUNS);
  assertRefused(
    () => arrange(samplesInRows({ rows: ["", "a", " ", "b", "c", "d"] })),
    /2 sample ids are empty; the first is line 2$/,
    /Give each sample an id/,
  );
  assertRefused(
    () => arrange(samplesInRows({ rows: ["a", "b", "a", "b ", "a", "c"] })),
    /2 sample ids are there more than once: 'a' \(3 times: lines 2 and 4, \.\.\.\), 'b' \(lines 3 and 5\)$/,
    /Give each sample its own id/,
  );
  assertRefused(
    () =>
      arrange(samplesInRows({ rows: ["a".repeat(1001), ...RUNS.slice(1)] })),
    /1 sample id has more than 1000 characters; the first is line 2, 'aaa/,
    /quotation mark/,
  );
});

Deno.test("samples: equal columns of genes in rows are refused, too", () => {
  const columns = ["a", "b", "b", "c", "d", "e"];
  assertRefused(
    () => arrange(genesInRows({ columns, columnTexts: { tissue: TISSUES } })),
    /1 sample id is there more than once: 'b' \(columns 3 and 4 of the header\)$/,
    /its own id/,
  );
});

Deno.test("samples: all ignored, or none there, is refused", () => {
  assertRefused(
    () => arrange(samplesInRows(), { choices: { ignore: RUNS } }),
    /it holds no sample$/,
    /^/,
  );
  assertRefused(
    () => arrange(samplesInRows(), { choices: { ignore: MAIZE } }),
    /it holds no gene$/,
    /^/,
  );
});

Deno.test("samples: what is ignored is no label and no fact", () => {
  const rowTexts = { sex: inTurn(["F", "M", "M"], 6), part: TISSUES };
  const { matrix, reading } = arrange(samplesInRows({ rowTexts }), {
    choices: { ignore: ["sex"] },
  });
  assert.equal(reading.label, "part");
  assert.deepEqual(matrix.sampleFacts, []);
  assert.deepEqual(reading.notes, []);
});
