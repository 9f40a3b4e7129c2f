import assert from "node:assert/strict";
import {
  stripVersions,
  withoutVersion,
} from "../../../lib/prepare/arrange/gene_versions.ts";
import { noteSampleNumbers } from "../../../lib/prepare/arrange/sample_numbers.ts";
import { refuseSheetAsMatrix } from "../../../lib/prepare/arrange/sheet_as_matrix.ts";
import { findDates } from "../../../lib/prepare/arrange/spreadsheet_names.ts";
import {
  arrange,
  assertRefused,
  genesInRows,
  MAIZE,
  makeSheet,
  names,
  RUNS,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const ENSEMBL = names("ENSG0000014151", 6);

Deno.test("genes: counters of reads are left out with one note", () => {
  const counters = [
    "__no_feature",
    "__ambiguous",
    "__too_low_aQual",
    "__not_aligned",
    "__alignment_not_unique",
    "N_unmapped",
    "N_multimapping",
    "N_noFeature",
    "N_ambiguous",
    "Unassigned_NoFeatures",
  ];
  const { matrix, reading } = arrange(
    samplesInRows({ columns: [counters[0], ...MAIZE, ...counters.slice(1)] }),
  );
  assert.deepEqual(matrix.genes, MAIZE);
  assert.deepEqual([...matrix.values.slice(0, 4)], [1, 2, 3, 4]);
  assert.equal(reading.notes.length, 1);
  assert.match(reading.notes[0], /^'__no_feature', .* and 5 more count reads/);
});

Deno.test("genes: in rows, counters are left out, too", () => {
  const sheet = makeSheet("columns", { tissue: TISSUES });
  const rows = ["N_unmapped", ...MAIZE];
  const { matrix, reading } = arrange(genesInRows({ rows }), { sheet });
  assert.deepEqual(matrix.genes, MAIZE);
  assert.match(
    reading.notes[0],
    /'N_unmapped' counts reads and is no gene; it/,
  );
});

Deno.test("genes: names that a spreadsheet made dates of", () => {
  const dates = [
    "1-Mar",
    "2-Sep",
    "10-Sep",
    "Mar-01",
    "Sep-15",
    "1-Dec",
    "1-Mar-22",
    "01-mar-2022",
    "2022-03-01",
    "2022-03-01 00:00:00",
    "3/1/2022",
    "01.03.2022",
    "1. Mrz",
    "1-mars",
    "2.31E+13",
  ];
  for (const name of dates) assert.deepEqual(findDates([name]), [name], name);
  const genes = [
    "DEC1",
    "MARCH1",
    "SEPT2",
    "MARCHF1",
    "SEPTIN2",
    "MAR1",
    "NOV",
    "OCT4",
    "Zm00001d000001",
    "RP11-34P13.7",
    "1-Acp",
    "HLA-A",
    "7SK",
  ];
  assert.deepEqual(findDates(genes), []);
  assert.deepEqual(findDates([...names("G", 20), "44256"]), ["44256"]);
  assert.deepEqual(findDates(names("", 5, 44256)), [], "these are ids");
  const { reading } = arrange(
    samplesInRows({ columns: [...MAIZE, "1-Mar", "2-Mar"] }),
  );
  assert.deepEqual(reading.notes, [
    "2 gene names look like dates that a spreadsheet made of a name such as " +
    "MARCH1 or SEPT2: '1-Mar' and '2-Mar'; they are used as they are",
  ]);
});

Deno.test("genes: numbers about samples are noted, by name", () => {
  assert.deepEqual(
    noteSampleNumbers(["age", ...ENSEMBL, "Batch", "RIN"], "column"),
    [
      "Columns 'age', 'Batch' and 'RIN' may be no genes but are used as genes; " +
      "to leave them out: --ignore age,Batch,RIN",
    ],
  );
  assert.match(
    noteSampleNumbers(["TP53", "PMI", "MYC"], "row")[0],
    /^Row 'PMI' may be no gene but is used as one; to leave it out: --ignore PMI/,
  );
  assert.deepEqual(noteSampleNumbers(["TP53", "MYC", "RUNX1"], "column"), []);
  const { reading } = arrange(
    samplesInRows({ columns: ["age", ...MAIZE, "RIN"] }),
    { choices: { ignore: ["age"] } },
  );
  assert.match(reading.notes[0], /^Column 'RIN' .* --ignore age,RIN$/);
});

Deno.test("genes: the few ids that look unlike all others are noted", () => {
  const ids = names("AT1G010", 60, 10);
  assert.match(
    noteSampleNumbers([...ids, "mg dry weight", "a,b", "1-Mar"], "column")[0],
    /^Columns 'mg dry weight' and 'a,b' .*: --ignore 'mg dry weight'$/,
  );
  assert.deepEqual(noteSampleNumbers([...ids, ...names("X", 11)], "row"), []);
  const mixed = [...names("AT1G010", 10, 10), ...names("X", 5)];
  assert.deepEqual(noteSampleNumbers(mixed, "row"), [], "two kinds of genes");
});

Deno.test("genes: what is ignored is no gene", () => {
  const columns = ["age", ...MAIZE, "RIN"];
  const { matrix, reading } = arrange(samplesInRows({ columns }), {
    choices: { ignore: ["age", "RIN", "elsewhere"] },
  });
  assert.deepEqual(matrix.genes, MAIZE);
  assert.deepEqual([...matrix.values.slice(4, 8)], [11, 12, 13, 14]);
  assert.deepEqual(reading.notes, []);
});

Deno.test("genes: ids lose blanks; empty ones are counted", () => {
  const columns = [" Zm00001d000001", ...MAIZE.slice(1)];
  assert.deepEqual(arrange(samplesInRows({ columns })).matrix.genes, MAIZE);
  assertRefused(
    () => arrange(samplesInRows({ columns: ["a", "", "b", " "] })),
    /2 of 4 gene ids are empty; the first is column 3 of the header$/,
    /Give each gene an id in the file, or take these columns out of it/,
  );
  assertRefused(
    () =>
      arrange(samplesInRows({ columns: ["a", "b", "c", "d".repeat(1001)] })),
    /1 gene id has more than 1000 characters/,
    /quotation mark/,
  );
});

Deno.test("genes: several called NA have no id; one may be called so", () => {
  const columns = ["NA", "a", "#N/A", "NA"];
  assertRefused(
    () => arrange(samplesInRows({ columns }), { choices: { ignore: ["x"] } }),
    /3 of 4 gene ids are missing \('NA' and '#N\/A'\); the first is column 2/,
    /--ignore 'x,NA,#N\/A'$/,
  );
  const ignore = ["NA", "#N/A"];
  const { matrix } = arrange(samplesInRows({ columns }), {
    choices: { ignore },
  });
  assert.deepEqual(matrix.genes, ["a"]);
  const fly = ["nan", "a", "b", "c"];
  assert.deepEqual(arrange(samplesInRows({ columns: fly })).matrix.genes, fly);
});

Deno.test("versions: are left out of ids that have some, on demand", () => {
  const cases = {
    "ENSG00000141510.12": "ENSG00000141510",
    "ENSG00000002586.20_PAR_Y": "ENSG00000002586_PAR_Y",
    "ENSMUST00000000001.5": "ENSMUST00000000001",
    "AT1G01010.1": "AT1G01010",
    "LOC_Os01g01010.1": "LOC_Os01g01010",
    "NM_000546.6": "NM_000546",
    "Zm00001d000001.2": "Zm00001d000001",
    "Sobic.001G000100.1": "Sobic.001G000100",
    // No versions.
    "RP11-34P13.7": "RP11-34P13.7",
    "CTD-2583123.10": "CTD-2583123.10",
    "AC012345.1": "AC012345.1",
    "Z97192.2": "Z97192.2",
    "F10E9.6": "F10E9.6",
    "MSTRG.12": "MSTRG.12",
    "HLA-A.1": "HLA-A.1",
    "123456.7": "123456.7",
    "TP53.1": "TP53.1",
  };
  for (const [id, bare] of Object.entries(cases)) {
    assert.equal(withoutVersion(id), bare, id);
  }
  const columns = [
    "ENSG00000141510.12",
    "ENSG00000141511.3",
    "AC012345.1",
    "b",
  ];
  const { matrix, reading } = arrange(samplesInRows({ columns }), {
    choices: { "strip-versions": true },
  });
  assert.deepEqual(matrix.genes.slice(0, 2), [
    "ENSG00000141510",
    "ENSG00000141511",
  ]);
  assert.equal(
    reading.notes.at(-1),
    "The version is left out of 2 of 4 gene ids: 'ENSG00000141510.12' is " +
      "'ENSG00000141510'; 1, such as 'AC012345.1', end with a number that is " +
      "no version",
  );
  assert.deepEqual(arrange(samplesInRows({ columns })).matrix.genes, columns);
  assert.equal(stripVersions(["a"]).note, "No gene id ends with a version");
});

Deno.test("versions: ids that become equal are duplicates", () => {
  const columns = ["AT1G01010.1", "AT1G01010.2", "AT1G01020.1", "AT1G01030.1"];
  const choices = { "strip-versions": true } as const;
  assertRefused(
    () => arrange(samplesInRows({ columns }), { choices }),
    /1 gene id is there more than once: 'AT1G01010' \(columns 2 and 3 of the header\)/,
    /--duplicates sum$/,
  );
  const { matrix } = arrange(samplesInRows({ columns }), {
    choices: { ...choices, duplicates: "sum" },
  });
  assert.deepEqual([...matrix.values.slice(0, 3)], [1, 2, 3]);
});

Deno.test("gene facts: names and descriptions of the matrix", () => {
  const sheet = makeSheet("columns", { tissue: TISSUES });
  const factsOf = (rowTexts: Record<string, string[]>) =>
    arrange(genesInRows({ rowTexts }), { sheet }).matrix.geneFacts;
  const symbols = ["TP53", "", "NA", MAIZE[3]];
  const texts = ["a protein", "another protein", "", "x y"];
  for (const name of ["Gene Name", "gene_symbol", "Symbol", "Description"]) {
    assert.deepEqual(
      factsOf({ [name]: symbols }),
      ["TP53", null, null, null].map((name) => ({ name, description: null })),
      name,
    );
  }
  assert.deepEqual(
    factsOf({ Description: texts }).map(({ description }) => description),
    ["a protein", "another protein", null, "x y"],
  );
  assert.deepEqual(
    factsOf({ chr: symbols, description: texts, name: symbols })[0],
    {
      name: "TP53",
      description: "a protein",
    },
  );
});

Deno.test("gene facts: the table of genes goes before the matrix", () => {
  const sheet = makeSheet("columns", { tissue: TISSUES });
  const raw = () => genesInRows({ rowTexts: { symbol: ["a", "b", "c", "d"] } });
  const { matrix, reading } = arrange(raw(), {
    sheet,
    features: new Map([[MAIZE[0], { name: "tb1", description: "branched" }]]),
  });
  assert.deepEqual(matrix.geneFacts.slice(0, 2), [
    { name: "tb1", description: "branched" },
    { name: "b", description: null },
  ]);
  assert.match(
    reading.notes[0],
    /^3 of 4 genes are not in the table of genes$/,
  );
  const none = arrange(raw(), {
    sheet,
    features: new Map([["AT1G01010", { name: "x", description: null }]]),
  });
  assert.equal(
    none.reading.notes[0],
    "None of 4 genes is in the table of genes: the matrix has " +
      "'Zm00001d000001', the table 'AT1G01010'",
  );
});

Deno.test("gene facts: versions do not keep a gene from its name", () => {
  const columns = ENSEMBL.map((id) => `${id}.12`);
  const features = new Map(
    ENSEMBL.map((id) => [`${id}.3`, { name: `of ${id}`, description: null }]),
  );
  const { matrix, reading } = arrange(samplesInRows({ columns }), { features });
  assert.equal(matrix.geneFacts[5].name, "of ENSG00000141515");
  assert.deepEqual(reading.notes, []);
});

Deno.test("genes: follow their places if some are left out", () => {
  const sheet = makeSheet("columns", { tissue: TISSUES });
  const rows = ["__ambiguous", "a1", "a2", "a1", "a3"];
  const { matrix } = arrange(
    genesInRows({
      rows,
      rowTexts: { symbol: ["no", "A", "B", "C", "D"] },
      values: (row, column) => row === 2 && column === 0 ? NaN : row,
    }),
    { sheet, choices: { duplicates: "first", missing: "drop-genes" } },
  );
  assert.deepEqual(matrix.genes, ["a1", "a3"]);
  assert.deepEqual(matrix.geneFacts.map(({ name }) => name), ["A", "D"]);
  assert.deepEqual([...matrix.values.slice(0, 4)], [1, 4, 1, 4]);
  assert.deepEqual(matrix.sampleIds, RUNS);
});

Deno.test("genes: a sample sheet given as the matrix is called one", () => {
  const refuse = (given: Parameters<typeof samplesInRows>[0]) =>
    refuseSheetAsMatrix("m.csv", samplesInRows(given));
  assertRefused(
    () => refuse({ columns: ["age", " RIN "] }),
    /it looks like a sample sheet: its only columns of numbers, 'age' and 'RIN', say something of the samples, and there is no gene$/,
    /matrix with --input and the sample sheet with --samples$/,
  );
  assertRefused(
    () => refuse({ columns: ["age"] }),
    /its only column of numbers, 'age', says something/,
    /--input/,
  );
  refuse({ columns: ["age", "TP53"] });
  refuse({ columns: ["day", "night"] });
  // Samples of one group may be called by numbers about them.
  refuse({ title: "gene_id", columns: ["day", "week"] });
  refuse({ columns: ["age"], genesIn: "columns" });
});
