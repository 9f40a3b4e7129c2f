import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { matrixMarket } from "../../../lib/prepare/formats/matrix_market.ts";
import { withFolder } from "../../pipeline/fake_pipeline.ts";
import {
  fixture,
  readExpected,
  refused,
  rowsOf,
  textsOf,
  transpose,
} from "./written_by_python.ts";

const expected = await readExpected();
const REAL = "%%MatrixMarket matrix coordinate real general\n";
/** 3 rows, 2 columns. */
const SMALL = `${REAL}% made by hand\n3 2 3\n1 1 5\n3 2 0.5\n2 1 -1e-3\n`;
const VALUES = [[5, 0], [Math.fround(-1e-3), 0], [0, 0.5]];
const GENES = "g1\tA\tGene Expression\ng2\tB\tGene Expression\n" +
  "g3\tC\tAntibody Capture\n";

/** Gives a test a folder with files; the last is a path to read. */
function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
      await Deno.writeFile(
        `${folder}/${name}`,
        typeof content === "string"
          ? new TextEncoder().encode(content)
          : content,
      );
    }
    await test(folder);
  });
}

const read = (path: string, options = {}) =>
  matrixMarket.read({ path }, options);
const packed = (text: string) => new Uint8Array(gzipSync(text));

Deno.test("a file of SciPy's gives the values of the CSV, by its folder or its name", async () => {
  const bytes = await Deno.readFile(fixture("sparse.mtx.gz"));
  const list = (names: string[]) => packed(names.join("\n") + "\n");
  await withFiles({
    "matrix.mtx.gz": bytes,
    "features.tsv.gz": list(expected.genes),
    "barcodes.tsv.gz": list(expected.samples),
  }, async (folder) => {
    for (const path of [folder, `${folder}/matrix.mtx.gz`]) {
      const others: string[] = [];
      const noteFile = (file: string) => {
        others.push(basename(file));
        return Promise.resolve();
      };
      const matrix = await read(path, { noteFile });
      assert.deepEqual(rowsOf(matrix), transpose(expected.values));
      assert.deepEqual(matrix.rows.ids, expected.genes);
      assert.deepEqual(matrix.columns.ids, expected.samples);
      assert.equal(matrix.genesIn, "rows");
      assert.deepEqual([matrix.faults, matrix.notes], [[], []]);
      assert.deepEqual(
        others,
        [
          ...path === folder ? ["matrix.mtx.gz"] : [],
          "features.tsv.gz",
          "barcodes.tsv.gz",
        ],
      );
    }
  });
});

const golden: Record<string, { text: string; values: number[][] }> = JSON.parse(
  await Deno.readTextFile(fixture("matrix_market.json")),
);
for (const [name, { text, values }] of Object.entries(golden)) {
  Deno.test(`${name}: the values are those of scipy.io.mmread`, () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, index) => `n${index}\n`).join("");
    return withFiles({
      "x.mtx": text,
      "x.rows": names(values.length),
      "x.cols": names(values[0].length),
    }, async (folder) => {
      const matrix = await read(`${folder}/x.mtx`);
      assert.deepEqual(
        rowsOf(matrix),
        values.map((row) => row.map(Math.fround)),
      );
      assert.equal(matrix.notes.length, name === "repeats" ? 1 : 0);
      assert.equal(matrix.genesIn, undefined);
    });
  });
}

const sets: [title: string, files: Record<string, string>, genesIn?: string][] =
  [
    ["10x 2", {
      "matrix.mtx": SMALL,
      "genes.tsv": GENES,
      "barcodes.tsv": "a\nb",
    }, "rows"],
    ["GEO", {
      "GSM1_x_matrix.mtx": SMALL,
      "GSM1_x_features.tsv": GENES,
      "GSM1_x_barcodes.tsv": "a\nb\n",
      "GSM2_y_features.tsv": "other\n",
    }, "rows"],
    ["X.mtx", { "X.mtx": SMALL, "X.rows": "g1\ng2\ng3", "X.cols": "a\nb" }],
    ["Expression Atlas", {
      "E-1.counts.mtx": SMALL,
      "E-1.counts.mtx_rows": "g1\tg1\ng2\tg2\ng3\tg3\n",
      "E-1.counts.mtx_cols": "a\tb\nb\tb\n",
    }, "rows"],
    ["R", {
      "counts.mtx": SMALL,
      "rownames.txt": '"x"\n"g1"\n"g2"\n"g3"\n',
      "colnames.txt": "a\r\nb\r\n",
    }],
    ["bustools", {
      "cells_x_genes.mtx": SMALL,
      "cells_x_genes.barcodes.txt": "g1\ng2\ng3\n",
      "cells_x_genes.genes.txt": "a\nb\n",
    }, "columns"],
  ];
for (const [title, files, genesIn] of sets) {
  Deno.test(`names as in ${title} are found`, () =>
    withFiles(files, async (folder) => {
      const matrix = await read(folder);
      assert.deepEqual(rowsOf(matrix), VALUES);
      assert.deepEqual(matrix.rows.ids, ["g1", "g2", "g3"]);
      assert.deepEqual(matrix.columns.ids, ["a", "b"]);
      assert.equal(matrix.genesIn, genesIn);
    }));
}

Deno.test("names and types of features, and columns about samples, are annotations", () =>
  withFiles({
    "matrix.mtx": SMALL,
    "features.tsv": GENES,
    "samples.tsv": "id\ttissue\tbatch\na\tleaf\t1\nb\troot\t2\n",
  }, async (folder) => {
    const matrix = await read(folder, { ignore: ["batch"] });
    assert.deepEqual(textsOf(matrix.rows).gene_name, ["A", "B", "C"]);
    assert.equal(textsOf(matrix.rows).feature_type[2], "Antibody Capture");
    assert.deepEqual(textsOf(matrix.columns), { tissue: ["leaf", "root"] });
    assert.equal(matrix.columns.title, "id");
    assert.equal(matrix.columns.locate(0), "line 2 of samples.tsv");
    assert.equal(matrix.rows.locate(0), "line 1 of features.tsv");
  }));

Deno.test("a square matrix has its genes in rows", () =>
  withFiles({
    "matrix.mtx": `${REAL}2 2 1\n1 2 7\n`,
    "barcodes.tsv": "a\nb\n",
    "genes.tsv": "g\nh\n",
  }, async (folder) => {
    const matrix = await read(folder);
    assert.deepEqual(matrix.rows.ids, ["g", "h"]);
    assert.equal(matrix.genesIn, "rows");
  }));

Deno.test("missing and infinite values are counted", () =>
  withFiles({
    "x.mtx": `${REAL}2 2 3\n1 1 nan\n2 1 NA\n1 2 -Inf\n`,
    "x.rows": "a\nb\n",
    "x.cols": "c\nd\n",
  }, async (folder) => {
    const matrix = await read(`${folder}/x.mtx`);
    assert.deepEqual(rowsOf(matrix), [[NaN, NaN], [NaN, 0]]);
    assert.deepEqual(matrix.faults, [
      { column: 0, kind: "missing", cells: 2, row: 0, text: "NaN" },
      { column: 1, kind: "infinite", cells: 1, row: 0, text: "-Infinity" },
    ]);
  }));

const names = { "genes.tsv": GENES, "barcodes.tsv": "a\nb\n" };
const broken: [title: string, text: string, message: RegExp][] = [
  ["cut off", SMALL.replace(/.*\n$/, ""), /it declares 3 entries and holds 2$/],
  ["too long", SMALL + "1 2 3\n", /it declares 3 entries and holds 4$/],
  [
    "with entries outside and words",
    SMALL.replace("3 2 0.5", "0 2 5").replace("2 1 -1e-3", "2 1 x"),
    /2 lines of 3 hold no entry of a matrix of 3 x 2: first line 5, '0 2 5' lies/,
  ],
  [
    "without values",
    SMALL.replace("1 1 5", "1 1"),
    /1 line of 3 holds no .* '1 1' is no/,
  ],
  [
    "with a place that is no number",
    SMALL.replace("1 1 5", "1.5 1 5"),
    /'1\.5 1 5' is no/,
  ],
  [
    "huge",
    `${REAL}1000000000 1000000000 1\n`,
    /would need \S+ TB of memory, and the limit/,
  ],
  ["without rows", `${REAL}0 2 0\n`, /should have at least one row/],
  [
    "complex",
    "%%MatrixMarket matrix coordinate complex general\n1 1 0\n",
    /complex general/,
  ],
  ["without size", REAL, /no line with its size/],
  [
    "with a bad size",
    `${REAL}3 2\n`,
    /line 2 is '3 2' and should hold 3 whole/,
  ],
  ["no matrix", "a,b\n", /its first line is 'a,b'/],
];
for (const [title, text, message] of broken) {
  Deno.test(`a matrix ${title} is refused`, () =>
    withFiles({ ...names, "matrix.mtx": text }, async (folder) => {
      await refused(matrixMarket, folder, message);
    }));
}

Deno.test("names that are missing or do not fit are refused with all counts", () =>
  withFiles({
    "a/matrix.mtx": SMALL,
    "b/matrix.mtx": SMALL,
    "b/genes.tsv": GENES,
    "c/matrix.mtx": SMALL,
    "c/genes.tsv": "g\n".repeat(9),
    "c/barcodes.tsv": "a\nb\n",
    "d/one.mtx": SMALL,
    "d/two.mtx": SMALL,
    "e/readme.txt": "",
  }, async (folder) => {
    await refused(
      matrixMarket,
      `${folder}/a`,
      /looked for features\.tsv or genes\.tsv with barcodes\.tsv/,
    );
    await refused(
      matrixMarket,
      `${folder}/b`,
      /genes\.tsv names one side of it, .* looked for barcodes\.tsv/,
    );
    await refused(
      matrixMarket,
      `${folder}/c`,
      /it is 3 x 2, and genes\.tsv has 9 names and barcodes\.tsv has 2 names: one should have 3 and the other 2/,
    );
    const remedy = await refused(
      matrixMarket,
      `${folder}/d`,
      /holds 2 \.mtx files \('one\.mtx', 'two\.mtx'\)/,
    );
    assert.equal(remedy, `deno task prepare --input ${folder}/d/one.mtx`);
    await refused(matrixMarket, `${folder}/e`, /holds no \.mtx file/);
    await refused(matrixMarket, `${folder}/none`, /there is no such file/);
  }));

Deno.test("a file is known by its first line, a folder by its names", () => {
  const head = (text: string, entries?: string[]) => ({
    path: "x",
    entries,
    text,
    packed: new Uint8Array(0),
    bytes: new Uint8Array(0),
  });
  assert.equal(matrixMarket.recognizes!(head(SMALL)), true);
  assert.equal(matrixMarket.recognizes!(head("id,g\n")), false);
  assert.equal(matrixMarket.recognizes!(head("", ["a", "m.mtx.gz"])), true);
  assert.equal(matrixMarket.recognizes!(head("", ["quant.sf"])), false);
});

Deno.test("lines that two chunks share are read whole", () => {
  const count = 200_000; // Some 3 MB: chunks have 1 MiB at most.
  const lines = Array.from(
    { length: count },
    (_, index) => `${1 + index % 3} ${1 + index % 2} ${index}.25\r\n`,
  ).join("");
  return withFiles({
    ...names,
    "matrix.mtx": `${REAL}3 2 ${count}\n${lines}`,
  }, async (folder) => {
    const matrix = await read(folder);
    const sum = rowsOf(matrix).flat().reduce((total, value) => total + value);
    const exact = count * (count - 1) / 2 + count / 4;
    assert.ok(Math.abs(sum - exact) / exact < 1e-3);
    assert.match(
      matrix.notes[0],
      /199,994 entries of 'matrix\.mtx' had a cell/,
    );
  });
});
