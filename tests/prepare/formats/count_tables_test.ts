import assert from "node:assert/strict";
import { refusal } from "../user_files.ts";
import { contentOf } from "./raw_values.ts";
import { formatNameOf, readContent } from "./read_text.ts";

const COMMENT =
  '# Program:featureCounts v2.0.1; Command:"featureCounts" "-o"\n';
const FIRST = ["Geneid", "Chr", "Start", "End", "Strand", "Length"];

/** A table of featureCounts with two genes. */
function subread(
  samples: readonly string[],
  { extra = {} as Record<string, string[]>, delimiter = "\t" } = {},
): string {
  const attributes = Object.keys(extra);
  const row = (gene: number) => [
    `g${gene}`,
    "1;1",
    `${gene}1;50`,
    `${gene}9;70`,
    "+;+",
    "120",
    ...attributes.map((name) => extra[name][gene - 1]),
    ...samples.map((_, sample) => String(10 * gene + sample)),
  ];
  return [[...FIRST, ...attributes, ...samples], row(1), row(2)]
    .map((cells) => `${cells.join(delimiter)}\n`).join("");
}

const names: [string, string[], string[]][] = [
  ["folders and .bam", ["/d/a.bam", "/d/b.bam"], ["a", "b"]],
  ["sorted alignments", ["x/a.sorted.bam", "x/b.sorted.bam"], ["a", "b"]],
  [
    "STAR's alignments",
    ["aAligned.sortedByCoord.out.bam", "b.Aligned.sortedByCoord.out.bam"],
    ["a", "b"],
  ],
  ["folders that name the samples", ["/d/a/x.bam", "/d/b/x.bam"], ["a", "b"]],
  [
    "endings that alone differ",
    ["/d/a.bam", "/d/a.sorted.bam"],
    ["a.bam", "a.sorted.bam"],
  ],
  ["nothing to shorten", ["a", "b"], ["a", "b"]],
  ["equal names", ["a.bam", "a.bam"], ["a.bam", "a.bam"]],
  ["folders of Windows", ["C:\\d\\a.bam", "C:\\d\\b.bam"], ["a", "b"]],
];

for (const [what, given, expected] of names) {
  Deno.test(`samples of featureCounts are named: ${what}`, async () => {
    const matrix = await readContent(COMMENT + subread(given));
    assert.deepEqual(contentOf(matrix), {
      rows: ["g1", "g2"],
      columns: expected,
      values: [[10, 11], [20, 21]],
    });
    assert.equal(matrix.format, "featureCounts");
    assert.equal(matrix.genesIn, "rows");
    assert.deepEqual(matrix.rows.annotations, []);
    const renamed = expected.some((name, index) => name !== given[index]);
    assert.equal(
      matrix.notes.filter((note) => /^The samples are named/.test(note)).length,
      renamed ? 1 : 0,
    );
    assert.equal(matrix.columns.locate(0), "column 7 of the header");
  });
}

Deno.test("tables of featureCounts are recognized without comment, as CSV", async () => {
  for (
    const [content, name] of [
      [subread(["a.bam", "b.bam"]), "counts.csv"],
      [subread(["a.bam", "b.bam"], { delimiter: "," }), "counts.txt"],
    ]
  ) {
    assert.equal(await formatNameOf(content, name), "feature-counts");
    assert.deepEqual(contentOf(await readContent(content, { name })).columns, [
      "a",
      "b",
    ]);
  }
});

Deno.test("attributes that featureCounts adds are texts", async () => {
  const matrix = await readContent(
    COMMENT + subread(["a.bam", "b.bam"], {
      extra: { gene_name: ["ABC", "7"], gene_biotype: ["coding", "lncRNA"] },
    }),
  );
  assert.deepEqual(matrix.rows.annotations, [
    { name: "gene_name", texts: ["ABC", "7"] },
    { name: "gene_biotype", texts: ["coding", "lncRNA"] },
  ]);
  assert.deepEqual(contentOf(matrix).values, [[10, 11], [20, 21]]);
});

const ATLAS = "# Expression Atlas version: 1\n# Query: all\n" +
  "# Selected experimental variables: tissue\n";

Deno.test("a baseline table of the Expression Atlas is read", async () => {
  const matrix = await readContent(
    `${ATLAS}Gene ID\tGene Name\tleaf\troot tip\tpollen\n` +
      "g1\tABC\t107\t12\t13\ng2\tDEF\t10\t\t\ng3\t\t\t0.5\t7\n",
    { name: "E-MTAB-1-query-results.tsv" },
  );
  assert.deepEqual(contentOf(matrix), {
    rows: ["g1", "g2", "g3"],
    columns: ["leaf", "root tip", "pollen"],
    values: [[107, 12, 13], [10, 0, 0], [0, 0.5, 7]],
  });
  assert.deepEqual(matrix.faults, []);
  assert.deepEqual(matrix.rows.annotations, [
    { name: "Gene Name", texts: ["ABC", "DEF", ""] },
  ]);
  assert.deepEqual(matrix.notes, [
    "3 empty cells of the Expression Atlas's table are read as 0: the value " +
    "is below the table's cutoff",
  ]);
  const { what, remedy } = matrix.unlabeled!;
  assert.match(
    what,
    /^each of its 3 columns is the mean of a tissue's samples \('leaf', 'root tip', 'pollen'\), and the study needs several samples of each tissue$/,
  );
  assert.match(String(remedy), /^Download .* values of each run .* --samples$/);
});

Deno.test("counts of runs of the Expression Atlas are read", async () => {
  const matrix = await readContent(
    "Gene ID\tGene Name\tERR1\tERR2\ng1\tABC\t1\t2\ng2\t\t3\t4\n",
  );
  assert.deepEqual(contentOf(matrix).values, [[1, 2], [3, 4]]);
  assert.deepEqual(matrix.notes, []);
  assert.equal(matrix.unlabeled, undefined);
});

Deno.test("what is neither number nor empty stays a fault of the Atlas", async () => {
  const matrix = await readContent(
    "Gene ID\tGene Name\tleaf\troot\ng1\tABC\t1\t2\ng2\tDEF\t\t\n" +
      "g3\tGHI\t3\tNA\ng4\tJKL\tfew\t5\n",
  );
  assert.deepEqual(
    matrix.faults.map(({ column, kind, cells }) => [column, kind, cells]),
    [[0, "word", 1], [1, "missing", 1]],
  );
  assert.deepEqual(contentOf(matrix).values.slice(1, 3), [[0, 0], [3, NaN]]);
  assert.match(matrix.notes[0], /^2 empty cells .* are read as 0/);
});

Deno.test("quartiles of the Expression Atlas are refused for what they are", () =>
  assert.rejects(
    readContent(
      "GeneID\tGene Name\tg1\tg2\nE1\tABC\t1,2,3,4,5\t0,0,0,1,1\n" +
        "E2\tDEF\t1,2,3,4,5.5\t0,0,0,1,1\n",
    ),
    refusal(/each of its cells holds five numbers/),
  ));

/** as.data.frame(tximport(...)) as write.csv and write.table write it. */
const TXI = [
  ["", "abundance.S1", "abundance.S-2", "counts.S1", "counts.S-2", "length.S1"],
  ["g1", "1.5", "2", "10", "20", "100"],
  ["g2", "3", "4", "30", "40", "100"],
].map((row, index) => [
  ...row,
  ...index === 0 ? ["length.S-2", "countsFromAbundance"] : ["200", "no"],
]);
const quoted = (row: readonly string[]) =>
  row.map((cell) => /^[\d.]+$/.test(cell) ? cell : `"${cell}"`);
const writeCsv = TXI.map((row) => `${quoted(row).join(",")}\n`).join("");
const writeTable = TXI.map((row, index) =>
  `${quoted(index === 0 ? row.slice(1) : row).join("\t")}\n`
).join("");

Deno.test("one matrix of tximport's table is read", async () => {
  for (const content of [writeCsv, writeTable]) {
    assert.equal(await formatNameOf(content, "txi.csv"), "tximport");
    const expected = (values: number[][]) => ({
      rows: ["g1", "g2"],
      columns: ["S1", "S-2"],
      values,
    });
    const abundance = expected([[1.5, 2], [3, 4]]);
    const counts = expected([[10, 20], [30, 40]]);
    for (
      const [layer, content_] of [
        [undefined, abundance],
        ["abundance", abundance],
        ["TPM", abundance],
        ["counts", counts],
      ] as const
    ) {
      const matrix = await readContent(content, { layer });
      assert.deepEqual(contentOf(matrix), content_);
      assert.deepEqual(matrix.rows.annotations, []);
      assert.match(
        matrix.notes.at(-1)!,
        /^The columns (abundance|counts)\.\* of 2 samples .*; --layer (a|c)/,
      );
    }
    await assert.rejects(
      readContent(content, { layer: "length" }),
      refusal(/no layer 'length', and should be read with abundance or counts/),
    );
  }
});

Deno.test("merged tables of pipelines are ordinary tables", async () => {
  const content = "gene_id\tgene_name\tleaf_1\tleaf_2\n" +
    "g1\tABC\t1.5\t2\ng2\tDEF\t0\t4\n";
  assert.equal(await formatNameOf(content), "delimited-text");
  const matrix = await readContent(content, {
    name: "salmon.merged.gene_tpm.tsv",
  });
  assert.deepEqual(contentOf(matrix), {
    rows: ["g1", "g2"],
    columns: ["leaf_1", "leaf_2"],
    values: [[1.5, 2], [0, 4]],
  });
  assert.deepEqual(matrix.rows.annotations, [
    { name: "gene_name", texts: ["ABC", "DEF"] },
  ]);
});
