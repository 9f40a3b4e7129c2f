import assert from "node:assert/strict";
import {
  arrange,
  assertRefused,
  genesInRows,
  inTurn,
  MAIZE,
  makeRaw,
  makeSheet,
  names,
  RUNS,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const SEX = inTurn(["F", "F", "M"], 6);
const DONOR = inTurn(["d1", "d2", "d2", "d1"], 6);

Deno.test("label: a row of words that say nothing is noted, too", () => {
  const { reading } = arrange(genesInRows({
    columnTexts: { tissue: TISSUES, GENE1: TISSUES.map(() => "unknown") },
  }));
  assert.deepEqual(reading.notes, [
    "The tissues are those of row 'tissue'; row 'GENE1' holds words, too, and " +
    "is no gene",
  ]);
});

Deno.test("label: the only words that repeat, whatever they are called", () => {
  const { matrix, reading } = arrange(
    samplesInRows({ rowTexts: { Klasse: TISSUES } }),
  );
  assert.deepEqual(matrix.tissues, TISSUES);
  assert.equal(reading.label, "Klasse");
  assert.equal(reading.labelFrom, "matrix");
  assert.deepEqual(reading.notes, []);
  assert.deepEqual(matrix.sampleFacts, []);
});

Deno.test("label: of several, the one named tissue; one note names the others", () => {
  for (const tissue of ["tissue", "Tissue", "organ", "SMTS", "cell type"]) {
    const { matrix, reading } = arrange(samplesInRows({
      rowTexts: { donor: DONOR, sex: SEX, [tissue]: TISSUES },
    }));
    assert.equal(reading.label, tissue);
    assert.deepEqual(reading.notes, [
      `The tissues are those of column '${tissue}'; columns 'donor' and 'sex' ` +
      "hold words, too, and are no genes",
    ]);
    assert.deepEqual(
      matrix.sampleFacts.map(({ name }) => name),
      ["donor", "sex"],
    );
    assert.deepEqual(matrix.sampleFacts[1].texts, SEX);
  }
});

Deno.test("label: a tissue that never changes gives way", () => {
  const { reading } = arrange(samplesInRows({
    rowTexts: { tissue: inTurn(["blood"], 6), cell_type: TISSUES },
  }));
  assert.equal(reading.label, "cell_type");
});

Deno.test("label: several without a likely name are refused", () => {
  assertRefused(
    () =>
      arrange(samplesInRows({ rowTexts: { a: DONOR, b: TISSUES, c: SEX } })),
    /columns 'a', 'b' and 'c' hold words, and it must be clear which/,
    /prepare --label c --ignore a,b$/,
  );
  assertRefused(
    () =>
      arrange(samplesInRows({ rowTexts: { a: DONOR, b: TISSUES } }), {
        choices: { ignore: ["age"] },
      }),
    /columns 'a' and 'b' hold words/,
    /--label b --ignore age,a$/,
  );
});

Deno.test("label: sex alone is not taken for tissues", () => {
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: { sex: SEX } })),
    /the only column with words that repeat, 'sex', is not named like/,
    /--label sex$/,
  );
  const { matrix } = arrange(samplesInRows({ rowTexts: { sex: SEX } }), {
    choices: { label: "sex" },
  });
  assert.deepEqual(matrix.tissues, SEX);
});

Deno.test("label: numbers are a label only if the flag names them", () => {
  const given = { rowTexts: { batch: inTurn(["1", "2"], 6) } };
  assertRefused(
    () => arrange(samplesInRows(given)),
    /no column of words .* \(column 'batch' holds numbers\)$/,
    /--label COLUMN/,
  );
  const { matrix } = arrange(samplesInRows(given), {
    choices: { label: "batch" },
  });
  assert.deepEqual(matrix.tissues.slice(0, 2), ["1", "2"]);
});

Deno.test("label: without any words the matrix is refused", () => {
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: {} })),
    /no column of words .*; the last one, 'Zm00001d000004', holds 6 different n/,
    /Name the column of tissues with --label COLUMN, or give .*--samples FILE/,
  );
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: { note: RUNS } })),
    /\(column 'note' holds 6 different texts for 6 samples\)$/,
    /--label COLUMN/,
  );
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: { tissue: inTurn(["x"], 6) } })),
    /\(column 'tissue' holds nothing but 'x'\)$/,
    /--label COLUMN/,
  );
});

Deno.test("label: a number column named tissue is proposed", () => {
  assertRefused(
    () =>
      arrange(samplesInRows({ rowTexts: {}, columns: [...MAIZE, "Tissue"] })),
    /no column of words/,
    /prepare --label Tissue$/,
  );
});

Deno.test("label: genes in rows without a tissue are refused with the reason", () => {
  assertRefused(
    () => arrange(genesInRows()),
    /genes are in rows because the ids of the rows look like genes \('Zm00001d000001'\), and nothing says which tissue the 6 samples are of$/,
    /--samples FILE --label COLUMN; or add a row of tissues .* --label ROW$/,
  );
});

Deno.test("label: in a row, with other rows of words", () => {
  const { matrix, reading } = arrange(
    genesInRows({
      columnTexts: { part: TISSUES, who: DONOR },
    }),
    { choices: { label: "part" } },
  );
  assert.deepEqual(matrix.tissues, TISSUES);
  assert.match(reading.notes[0], /those of row 'part'; row 'who' holds words/);
});

Deno.test("label: nearly all different values are refused by count", () => {
  const rows = names("SRR100", 40);
  const own = [...names("w", 39), "w0"];
  assertRefused(
    () =>
      arrange(
        samplesInRows({
          rows,
          rowTexts: { x: own, y: inTurn(["a", "b"], 40) },
        }),
        {
          choices: { label: "x" },
        },
      ),
    /'x' cannot be the label: 38 of 40 samples have a value of their own/,
    /--label: 'y'$|--label y$/,
  );
});

Deno.test("label: of 90 %, or of few samples, values may be their own", () => {
  const rows = names("SRR100", 20);
  const texts = [...names("w", 18), "z", "z"];
  const more = { choices: { label: "x" } };
  const given = samplesInRows({ rows, rowTexts: { x: texts } });
  assert.equal(arrange(given, more).matrix.tissues[19], "z");
  const few = samplesInRows({ rowTexts: { x: names("w", 6) } });
  assert.equal(new Set(arrange(few, more).matrix.tissues).size, 6);
});

Deno.test("label: pairs of equal values are a label", () => {
  const rows = names("SRR100", 40);
  const texts = inTurn(names("t", 20), 40);
  const { matrix } = arrange(samplesInRows({ rows, rowTexts: { x: texts } }));
  assert.equal(new Set(matrix.tissues).size, 20);
});

Deno.test("label: a wrong name; a near one is proposed, or those with words", () => {
  const given = { rowTexts: { donor: DONOR, tissue: TISSUES } };
  const refuse = (label: string, message: RegExp, remedy: RegExp) =>
    assertRefused(
      () => arrange(samplesInRows(given), { choices: { label } }),
      message,
      remedy,
    );
  refuse("tisue", /there is no column 'tisue'$/, /prepare --label tissue$/);
  refuse("TISSUE", /no column 'TISSUE'/, /--label tissue$/);
  refuse("organ", /no column 'organ'/, /words that .*: 'donor' and 'tissue'$/);
  refuse("sample_id", /'sample_id' holds the sample ids and/, /'donor' and/);
  assertRefused(
    () =>
      arrange(samplesInRows({ rowTexts: {} }), {
        choices: { label: "tissue" },
      }),
    /there is no column 'tissue'$/,
    /^Give a sample sheet with the tissues: --samples FILE --label COLUMN$/,
  );
});

Deno.test("label: a text about the genes is no label", () => {
  assertRefused(
    () =>
      arrange(genesInRows({ rowTexts: { type: inTurn(["a", "b"], 4) } }), {
        choices: { label: "type", orient: "genes-in-rows" },
      }),
    /'type' cannot be the label: it says something of each gene, because/,
    /--orient samples-in-rows$/,
  );
});

Deno.test("label: two columns of that name are refused", () => {
  const raw = makeRaw({ title: "sample_id", rows: RUNS, columns: MAIZE });
  const twice = {
    ...raw,
    rows: {
      ...raw.rows,
      annotations: [
        { name: "tissue", texts: TISSUES },
        { name: "tissue", texts: DONOR },
      ],
    },
  };
  for (const label of ["", "tissue"]) {
    assertRefused(
      () => arrange(twice, { choices: { label } }),
      /2 columns are called 'tissue'/,
      /Rename all but one of these columns/,
    );
  }
});

Deno.test("label: of the sheet, named or by its name", () => {
  for (const label of ["", "tissue"]) {
    const sheet = makeSheet("columns", { donor: DONOR, tissue: TISSUES }, {
      notes: ["of the sheet"],
    });
    const { matrix, reading } = arrange(
      genesInRows({ notes: ["of the reader"] }),
      { choices: { label }, sheet },
    );
    assert.deepEqual(matrix.tissues, TISSUES);
    assert.equal(reading.labelFrom, "sheet");
    assert.deepEqual(matrix.sampleFacts, [{ name: "donor", texts: DONOR }]);
    assert.deepEqual(reading.notes, ["of the reader", "of the sheet"]);
  }
});

Deno.test("label: the sheet's tissues go before the matrix's other words", () => {
  const sheet = makeSheet("rows", { tissue: TISSUES });
  const { matrix, reading } = arrange(
    samplesInRows({ rowTexts: { plate: DONOR } }),
    { sheet },
  );
  assert.deepEqual(matrix.tissues, TISSUES);
  assert.match(
    reading.notes[0],
    /the sample sheet's column 'tissue'; column 'pl/,
  );
  assert.equal(matrix.sampleFacts[0].name, "plate");
});

Deno.test("label: a sheet without tissues is refused; its words are named", () => {
  const sheet = makeSheet("rows", { where: TISSUES, who: DONOR, id2: RUNS });
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: {} }), { sheet }),
    /neither the matrix nor sheet\.csv has a column 'tissue'; .* 'where' and 'who'$/,
    /--label where$/,
  );
  assertRefused(
    () =>
      arrange(samplesInRows({ rowTexts: {} }), {
        sheet: makeSheet("rows", { id2: RUNS }),
      }),
    /the sheet has no column of words that repeat$/,
    /Add a column of tissues to the sheet/,
  );
});

Deno.test("label: a column of the sheet that cannot be used says why", () => {
  const sheet = makeSheet("rows", { who: DONOR }, {
    unusable: [{ name: "part", why: "2 samples have several rows" }],
  });
  const refuse = (label: string, message: RegExp) =>
    assertRefused(
      () =>
        arrange(samplesInRows({ rowTexts: {} }), { sheet, choices: { label } }),
      message,
      /prepare --label who$/,
    );
  refuse("part", /'part' of sheet\.csv cannot be the label: 2 samples have/);
  refuse("run", /'run' holds the sample ids/);
  refuse("absent", /no column 'absent', and the sample sheet has none either$/);
});

Deno.test("label: matrix and sheet must agree", () => {
  const other = [...TISSUES];
  other[1] = "stem";
  other[4] = "ear";
  for (const label of ["", "tissue"]) {
    assertRefused(
      () =>
        arrange(samplesInRows(), {
          choices: { label },
          sheet: makeSheet("rows", { tissue: other }),
        }),
      /'tissue' of the matrix and of the sample sheet differ for 2 samples, such as 'SRR1001' \('root' and 'stem'\), 'SRR1004' .*; without that of the matrix the sheet's is used$/,
      /--ignore tissue$/,
    );
  }
});

Deno.test("label: matrix and sheet may spell the tissues differently", () => {
  const other = TISSUES.map((tissue) => `${tissue.toUpperCase()} `);
  const { matrix } = arrange(samplesInRows(), {
    sheet: makeSheet("rows", { tissue: other }),
  });
  assert.deepEqual(matrix.tissues, TISSUES);
  const ignored = arrange(samplesInRows(), {
    sheet: makeSheet("rows", { tissue: DONOR }),
    choices: { ignore: ["tissue"] },
  });
  assert.deepEqual(ignored.matrix.tissues, DONOR);
});

Deno.test("label: samples that share the names of their tissues have no ids", () => {
  assertRefused(
    () => arrange(genesInRows({ columns: TISSUES })),
    /the 6 samples have only 2 names in the header \('leaf' and 'root'\), and/,
    /^Give each sample its own id in the header/,
  );
});

Deno.test("label: where the matrix has none, the sheet's is taken", () => {
  const holes = [...TISSUES];
  holes[0] = "";
  holes[1] = "NA";
  const same = [...TISSUES];
  same[3] = "";
  const { matrix, reading } = arrange(
    samplesInRows({ rowTexts: { tissue: holes } }),
    {
      sheet: makeSheet("rows", { tissue: same }),
    },
  );
  assert.deepEqual(matrix.tissues, TISSUES);
  assert.equal(reading.labelFrom, "matrix");
  assert.deepEqual(matrix.sampleFacts, []);
});

Deno.test("label: missing tissues stay as they are", () => {
  const holes = [...TISSUES];
  holes[0] = "  ";
  holes[1] = "NA";
  const { matrix } = arrange(samplesInRows({ rowTexts: { tissue: holes } }));
  assert.deepEqual(matrix.tissues.slice(0, 3), ["", "NA", "leaf"]);
});

Deno.test("label: what is ignored cannot be it", () => {
  assertRefused(
    () =>
      arrange(samplesInRows(), {
        choices: { label: "tissue", ignore: ["age", "tissue"] },
      }),
    /'tissue' is left out by --ignore and cannot be the label$/,
    /--ignore age$/,
  );
});

Deno.test("label: of words not named like tissues, donor and sex come last", () => {
  assertRefused(
    () =>
      arrange(
        samplesInRows({ rowTexts: { kind: DONOR, part: TISSUES, sex: SEX } }),
      ),
    /columns 'kind', 'part' and 'sex' hold words/,
    /--label part --ignore sex,kind$/,
  );
  const sheet = makeSheet("rows", { donor: DONOR, state: TISSUES });
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: {} }), { sheet }),
    /'donor' and 'state'$/,
    /--label state$/,
  );
});

Deno.test("label: the sheet's numbers are proposed, or named if several", () => {
  const [clusters, ages] = [inTurn(["1", "2"], 6), inTurn(["30", "41"], 6)];
  const refuse = (
    facts: Record<string, string[]>,
    message: RegExp,
    remedy: RegExp,
  ) =>
    assertRefused(
      () =>
        arrange(samplesInRows({ rowTexts: {} }), {
          sheet: makeSheet("rows", { id2: RUNS, ...facts }),
        }),
      message,
      remedy,
    );
  refuse(
    { cluster: clusters },
    /has no column of words .*; of numbers that repeat it has 'cluster'$/,
    /--label cluster$/,
  );
  refuse({ age: ages, cluster: clusters }, /'age' and 'cluster'$/, /COLUMN$/);
  refuse(
    { age: ages, Tissue: clusters },
    /^Cannot read m.csv: the sheet has no column of words .* 'age' and 'Tissue'/,
    /--label Tissue$/,
  );
});

Deno.test("label: a sheet whose tissues differ from row to row says so", () => {
  const sheet = makeSheet("rows", { id2: RUNS }, {
    unusable: [{ name: "tissue", why: "1 sample ('a') has several rows" }],
  });
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: {} }), { sheet }),
    /column 'tissue' of sheet\.csv cannot be the label: 1 sample \('a'\) has/,
    /^Correct the sheet, or name another/,
  );
});

Deno.test("label: a sheet of other samples says how few it has", () => {
  const texts = ["leaf", "leaf", "", "", "", ""];
  const sheet = makeSheet("rows", { tissue: texts }, {
    matched: texts.map((text) => text !== ""),
  });
  assertRefused(
    () => arrange(samplesInRows({ rowTexts: {} }), { sheet }),
    /sheet\.csv has only 2 of the matrix's 6 samples in column 'run', and no/,
    /^Give the sheet of these samples/,
  );
});

Deno.test("label: a row of numbers called tissue is proposed", () => {
  assertRefused(
    () => arrange(genesInRows({ rows: ["tissue", ...MAIZE.slice(1)] })),
    /look like genes \('Zm00001d000002'\), and nothing says which tissue/,
    /--label tissue$/,
  );
});

Deno.test("label: of a format that knows more, its own words are used", () => {
  const raw = {
    ...genesInRows(),
    unlabeled: { what: "each column is a mean", remedy: "Take the counts" },
  };
  assertRefused(() => arrange(raw), /each column is a mean$/, /^Take the co/);
  const own = makeSheet("columns", { tissue: RUNS });
  assertRefused(
    () => arrange(raw, { sheet: own }),
    /each column is a mean$/,
    /^Take the counts$/,
  );
});

Deno.test("label: a last column without a number, or with one", () => {
  const refuse = (value: number, message: RegExp) =>
    assertRefused(
      () => arrange(samplesInRows({ rowTexts: {}, values: () => value })),
      message,
      /--label COLUMN/,
    );
  refuse(NaN, /the last one, 'Zm00001d000004', holds nothing but missing val/);
  refuse(3, /the last one, 'Zm00001d000004', holds the number 3 in every row$/);
});

Deno.test("label: numbers about samples are not called words", () => {
  const { reading } = arrange(genesInRows({
    columnTexts: { tissue: TISSUES, age: inTurn(["30", "41"], 6), sex: SEX },
    genesIn: "rows",
  }));
  assert.deepEqual(reading.notes, [
    "The tissues are those of row 'tissue'; row 'sex' holds words, too, and " +
    "is no gene",
  ]);
});

Deno.test("label: of two facts of one name, both are kept", () => {
  const sheet = makeSheet("rows", { donor: DONOR });
  const { matrix } = arrange(
    samplesInRows({ rowTexts: { tissue: TISSUES, donor: SEX } }),
    { sheet },
  );
  assert.deepEqual(
    matrix.sampleFacts.map(({ name, texts }) => [name, texts[2]]),
    [["donor", "d2"], ["donor (matrix)", "M"]],
  );
});
