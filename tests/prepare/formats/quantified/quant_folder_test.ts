import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { ReadOptions } from "../../../../lib/prepare/formats/format.ts";
import { quantFolder } from "../../../../lib/prepare/formats/quant_folder.ts";
import { readHead } from "../../../../lib/prepare/input/read_head.ts";
import { refusal } from "../../user_files.ts";
import { contentOf } from "../raw_values.ts";
import { htseq, kallisto, salmon, star, writeFolder } from "./folders.ts";

type Files = Parameters<typeof writeFolder>[0];

async function read(files: Files, options: ReadOptions = {}) {
  const path = await writeFolder(files);
  try {
    assert.equal(quantFolder.recognizes!(await readHead(path)), true);
    const tx2gene = options.tx2gene && `${path}/${options.tx2gene}`;
    const others: string[] = [];
    const noteFile = (file: string) => {
      others.push(file.slice(path.length + 1));
      return Promise.resolve();
    };
    const matrix = await quantFolder.read(
      { path },
      { ...options, tx2gene, noteFile },
    );
    return { ...matrix, others, content: contentOf(matrix) };
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

const rejects = (files: Files, message: RegExp, remedy?: RegExp) =>
  assert.rejects(read(files), refusal(message, remedy));

const A = salmon({ t1: [1, 10], t2: [2.5, 20], t3: [0, 0] });
const B = salmon({ t1: [4, 40], t2: [5, 50], t3: [6, 60.25] });
const TPM = {
  rows: ["a", "b"],
  columns: ["t1", "t2", "t3"],
  values: [[1, 2.5, 0], [4, 5, 6]],
};
const COUNTS = { ...TPM, values: [[10, 20, 0], [40, 50, 60.25]] };

Deno.test("salmon samples are read from a folder each", async () => {
  const matrix = await read({
    "b/quant.sf": B,
    "a/quant.sf": A,
    "a/cmd_info.json": "{}",
    "a/logs/salmon_quant.log": "started",
    "a/aux_info/ambig_info.tsv": "UniqueCount\tAmbigCount\n1\t2\n",
    "multiqc_report.html": "<html></html>",
  });
  assert.deepEqual(matrix.content, TPM);
  assert.equal(matrix.genesIn, "columns");
  assert.deepEqual(matrix.others, ["a/quant.sf", "b/quant.sf"]);
  assert.deepEqual(matrix.faults, []);
  assert.match(
    matrix.notes[0],
    /^The TPM of 2 samples .*quant.sf; --layer cou/,
  );
  assert.match(matrix.notes[1], /^These are transcripts.*--tx2gene FILE/);
  assert.equal(matrix.notes.length, 2);
  assert.equal(matrix.columns.locate(2), "row 3 of a/quant.sf");
  assert.equal(matrix.rows.locate(1), "b/quant.sf");
});

const layouts: [string, Files][] = [
  ["gzipped", { "a/quant.sf.gz": gzipSync(A), "b/quant.sf": B }],
  ["side by side", { "a.quant.sf": A, "b_quant.sf": B, "run.log": "x" }],
  ["with CRLF", { "a/quant.sf": A.replaceAll("\n", "\r\n"), "b/quant.sf": B }],
  ["under other names", { "a.sf": A, "b.sf": B }],
  ["in two forms", {
    "a/quant.sf": A,
    "a/quant.sf.gz": "no gzip file",
    "b/quant.sf": B,
  }],
  ["in another order", {
    "a/quant.sf": A,
    "b/quant.sf": salmon({ t3: [6, 60.25], t1: [4, 40], t2: [5, 50] }),
  }],
  ["of kallisto", {
    "a/abundance.tsv": kallisto({ t1: [1, 10], t2: [2.5, 20], t3: [0, 0] }),
    "a/abundance.h5": "\x89HDF\r\n",
    "b/abundance.tsv": kallisto({ t1: [4, 40], t2: [5, 50], t3: [6, 60.25] }),
    "b/abundance.h5": "\x89HDF\r\n",
  }],
  ["of kallisto side by side", {
    "a_abundance.tsv": kallisto({ t1: [1, 10], t2: [2.5, 20], t3: [0, 0] }),
    "b.abundance.tsv": kallisto({ t1: [4, 40], t2: [5, 50], t3: [6, 60.25] }),
  }],
];

for (const [what, files] of layouts) {
  Deno.test(`transcripts are read ${what}`, async () => {
    assert.deepEqual((await read(files)).content, TPM);
    assert.deepEqual((await read(files, { layer: "counts" })).content, COUNTS);
  });
}

Deno.test("samples behind links are read, broken links are not", async () => {
  const store = await writeFolder({ "x/quant.sf": A, "y/quant.sf": B });
  const folder = await writeFolder({ "notes.md": "x" });
  await Deno.symlink(`${store}/x`, `${folder}/a`);
  await Deno.mkdir(`${folder}/b`);
  await Deno.symlink(`${store}/y/quant.sf`, `${folder}/b/quant.sf`);
  await Deno.symlink(`${store}/gone`, `${folder}/c`);
  const matrix = await quantFolder.read({ path: folder }, {});
  assert.deepEqual(contentOf(matrix), TPM);
});

const S = { "a/quant.sf": A, "b/quant.sf": B };
const SUMS = {
  rows: ["a", "b"],
  columns: ["g1", "g2"],
  values: [[1, 2.5], [10, 5]],
};

const tables: [string, string][] = [
  ["tabs and a header", "transcript_id\tgene_id\nt1\tg1\nt3\tg1\nt2\tg2\n"],
  ["commas, quotes, no header", '"t1","g1"\n"t2","g2"\n"t3","g1"\n'],
  ["blanks", "t1 g1\nt2 g2\nt3 g1"],
  ["more than is needed", "t1\tg1\nt2\tg2\nt3\tg1\nt4\tg3\nt1\tg1\n"],
];

for (const [what, table] of tables) {
  Deno.test(`transcripts are added up by a table with ${what}`, async () => {
    const files = { ...S, "t2g.tsv": table };
    const { content, notes, others, columns } = await read(files, {
      tx2gene: "t2g.tsv",
    });
    assert.deepEqual(content, SUMS);
    assert.equal(notes.length, 1);
    assert.deepEqual(others, ["a/quant.sf", "b/quant.sf"]);
    assert.deepEqual(columns.annotations, []);
  });
}

for (
  const table of [
    "GENEID,TXNAME\ng1,t1\ng1,t3\ng2,t2\ng3,t9\n",
    "g1\tt1\ng2\tt2\ng1\tt3\n",
  ]
) {
  Deno.test(`genes in front of their transcripts: ${table.slice(0, 5)}`, async () => {
    const { content, notes } = await read({ ...S, "t2g.tsv": table }, {
      tx2gene: "t2g.tsv",
    });
    assert.deepEqual(content, SUMS);
    assert.match(
      notes.join("\n"),
      /t2g\.tsv has the genes in its first column and the transcripts in its second$/m,
    );
  });
}

Deno.test("names in the table of transcripts are kept", async () => {
  const { columns, notes } = await read({
    ...S,
    "t2g.tsv": "tx\tgene_id\tgene_name\nt1\tg1\tABC1\nt2\tg2\t\nt9\tg9\tX\n",
  }, { tx2gene: "t2g.tsv" });
  assert.deepEqual(columns.annotations, [
    { name: "gene_name", texts: ["ABC1", ""] },
  ]);
  assert.match(
    notes[1],
    /^1 transcript of 3 is not in .*t2g.tsv and is left out, with 32 % of all/,
  );
});

Deno.test("versions and bars are ignored only where that helps", async () => {
  const versioned = (bar: string) => ({
    "a/quant.sf": salmon({ [`E1.1${bar}`]: [1], [`E2.7${bar}`]: [2] }),
    "b/quant.sf": salmon({ [`E1.1${bar}`]: [3], [`E2.7${bar}`]: [4] }),
  });
  const sum = async (bar: string, table: string) => {
    const { content, notes } = await read({
      ...versioned(bar),
      "t2g.csv": table,
    }, { tx2gene: "t2g.csv" });
    return { values: content.values, note: notes[1] ?? "" };
  };
  const joined = [[3], [7]];
  const exact = await sum("", "E1.1,g\nE2.7,g\n");
  assert.deepEqual(exact, { values: joined, note: "" });
  for (const table of ["E1.2,g\nE2.1,g\n", "E1,g\nE2,g\n"]) {
    const { values, note } = await sum("", table);
    assert.deepEqual(values, joined);
    assert.match(note, /versions of the transcripts .* are ignored/);
  }
  const bars = await sum("|g.1|x|", "E1.1,g\nE2.7,g\n");
  assert.deepEqual(bars.values, joined);
  assert.match(bars.note, /before the first bar/);
  const both = await sum("|g.1|x|", "E1,g\nE2,g\n");
  assert.deepEqual(both.values, joined);
  // Two transcripts of a plant that differ only after the point.
  const plant = await sum("", "E1.1,g1\nE1.2,g2\nE2.7,g1\n");
  assert.deepEqual(plant, { values: joined, note: "" });
});

Deno.test("tables of transcripts are refused with what is wrong", async () => {
  const sum = (table: string) =>
    read({ ...S, "t2g.tsv": table }, { tx2gene: "t2g.tsv" });
  for (
    const [table, message] of [
      ["t7\tg1\n", /none of 3 transcripts such as 't1' .* such as 't7'$/],
      [
        "t1\tg1\nt1\tg2\nt2\tg1\nt2\tg2\n",
        /2 transcripts belong to two genes and should to one: 't1', 't2'$/,
      ],
      ["t1\n", /line 1 should hold a transcript and its gene$/],
      ["t1\tg1\n\tg2\n", /line 2 should hold/],
      ["\n", /it holds no transcript$/],
      ["", /the file is empty/],
      ["\xff\0", /not UTF-8/],
    ] as const
  ) await assert.rejects(sum(table), refusal(message));
  await assert.rejects(
    read(S, { tx2gene: "missing.tsv" }),
    refusal(/missing.tsv: there is no such file/),
  );
});

const golden = JSON.parse(
  await Deno.readTextFile(
    new URL("../../../fixtures/prepare/quantified/sums.json", import.meta.url),
  ),
);

for (const { program, file, texts, genes, tpm, counts } of golden.programs) {
  Deno.test(`sums of ${program}'s transcripts are those of pytximport`, async () => {
    const files: Record<string, string> = {};
    for (const [sample, text] of Object.entries<string>(texts)) {
      files[`${sample}/${file}`] = text;
    }
    files["t2g.tsv"] = Object.entries(golden.tx2gene)
      .map((row) => row.join("\t")).join("\n");
    for (const [layer, expected] of [["tpm", tpm], ["counts", counts]]) {
      const { content, notes } = await read(files, {
        layer,
        tx2gene: "t2g.tsv",
      });
      assert.deepEqual(content.rows, ["a", "b", "c"]);
      assert.deepEqual([...content.columns].sort(), [...genes].sort());
      content.columns.forEach((gene, column) => {
        content.values.forEach((row, sample) => {
          const sum = expected[sample][genes.indexOf(gene)];
          assert.ok(
            Math.abs(row[column] - sum) <= 1e-6 * Math.abs(sum),
            `${gene}: ${row[column]} and ${sum}`,
          );
        });
      });
      assert.match(notes[1], /^3 transcripts of 40 are not in /);
    }
  });
}

Deno.test("genes of salmon are preferred, unless transcripts are summed", async () => {
  const files = {
    ...S,
    "a/quant.genes.sf": salmon({ g1: [1], g2: [2] }),
    "b/quant.genes.sf": salmon({ g1: [3], g2: [4] }),
    "t2g.tsv": "t1\tg1\nt2\tg2\nt3\tg1\n",
  };
  const genes = await read(files);
  assert.deepEqual(genes.content.values, [[1, 2], [3, 4]]);
  assert.match(
    genes.notes.join("\n"),
    /Besides salmon quant.genes.sf .* holds 2 files of the kind salmon quant.sf/,
  );
  const summed = await read(files, { tx2gene: "t2g.tsv" });
  assert.deepEqual(summed.content, SUMS);
});

Deno.test("counts of htseq-count are read, without its counters", async () => {
  const files = {
    "s1.htseq.counts.gz": gzipSync(htseq({ g1: 1, g2: 2 })),
    "s2.htseq.counts.gz": gzipSync(htseq({ g1: 3, g2: 4 })),
  };
  const { content, notes } = await read(files);
  assert.deepEqual(content, {
    rows: ["s1", "s2"],
    columns: ["g1", "g2"],
    values: [[1, 2], [3, 4]],
  });
  assert.match(
    notes.join("\n"),
    /^8 rows in 2 samples that count reads of no/m,
  );
  const unused = await read({ ...files, "t.tsv": "x\ty\n" }, {
    tx2gene: "t.tsv",
  });
  assert.match(unused.notes.join("\n"), /--tx2gene .* is not used/);
});

Deno.test("two columns are read with and without header, quotes, names", async () => {
  for (
    const [one, two] of [
      ["gene\tS1\ng1\t1.5\ng2\t0\n", "gene\tS2\ng1\t2\ng2\t3\n"],
      ['"x"\n"g1","1.5"\n"g2","0"\n', '"x"\n"g1","2"\n"g2","3"\n'],
      ["# by us\ng1\t1.5\ng2\t0\n", "g1\t2\ng2\t3\n"],
      ["g1\tABC\t1.5\ng2\tDEF\t0\n", "g1\tABC\t2\ng2\tDEF\t3\n"],
      ["\ufeffg1\t1.5\ng2\t0", "g1\t2\ng2\t3"],
    ]
  ) {
    const { content, columns } = await read({
      "GSM1_leaf_counts.txt": one,
      "GSM2_root_counts.txt": two,
      "README": "what this is",
    });
    assert.deepEqual(content, {
      rows: ["GSM1_leaf", "GSM2_root"],
      columns: ["g1", "g2"],
      values: [[1.5, 0], [2, 3]],
    });
    assert.equal(columns.annotations.length, one.includes("ABC") ? 1 : 0);
  }
});

Deno.test("STAR's counts are unstranded by default, and a strand by name", async () => {
  const files = {
    "a/ReadsPerGene.out.tab": star({ g1: [10, 1, 9], g2: [20, 2, 18] }),
    "b/bReadsPerGene.out.tab": star({ g1: [30, 0, 30], g2: [40, 1, 39] }),
    "b/Log.final.out": "Started job on |\tNov 1\n",
  };
  const plain = await read(files);
  assert.deepEqual(plain.content, {
    rows: ["a", "b"],
    columns: ["g1", "g2"],
    values: [[10, 20], [30, 40]],
  });
  assert.match(
    plain.notes[0],
    /unstranded counts .*--layer forward or --layer r/,
  );
  assert.match(
    plain.notes.join("\n"),
    /looks stranded \(4 reads forward, 96 reverse\), so --layer reverse/,
  );
  const reverse = await read(files, { layer: "reverse" });
  assert.deepEqual(reverse.content.values, [[9, 18], [30, 39]]);
  assert.doesNotMatch(reverse.notes.join("\n"), /strand(ed) \(/);
  const forward = await read(files, { layer: "FORWARD" });
  assert.deepEqual(forward.content.values, [[1, 2], [0, 1]]);
  assert.match(forward.notes.join("\n"), /so --layer reverse/);
});

Deno.test("other programs' samples are read", async () => {
  const rsem = (a: number, b: number) =>
    "gene_id\ttranscript_id(s)\tlength\teffective_length\texpected_count\t" +
    `TPM\tFPKM\ng1\tt1,t2\t100\t50\t${a}\t${2 * a}\t9\n` +
    `g2\tt3\t100\t50\t${b}\t${2 * b}\t9\n`;
  const gdc = (a: number, b: number) =>
    "# gene-model: GENCODE v36\ngene_id\tgene_name\tgene_type\tunstranded\t" +
    "stranded_first\tstranded_second\ttpm_unstranded\tfpkm_unstranded\t" +
    "fpkm_uq_unstranded\nN_unmapped\t\t\t5\t5\t5\t\t\t\n" +
    `g1\tABC\tprotein_coding\t${a}\t0\t0\t${2 * a}\t1\t1\n` +
    `g2\tDEF\tlncRNA\t${b}\t0\t0\t${2 * b}\t1\t1\n`;
  const stringtie = (a: number, b: number) =>
    "Gene ID\tGene Name\tReference\tStrand\tStart\tEnd\tCoverage\tFPKM\tTPM\n" +
    `g1\tABC\t1\t+\t1\t9\t0\t0\t${2 * a}\ng2\tDEF\t1\t+\t1\t9\t0\t0\t${
      2 * b
    }\n`;
  const subread = (a: number, b: number) =>
    '# Program:featureCounts v2; Command:"x"\nGeneid\tChr\tStart\tEnd\t' +
    `Strand\tLength\t/x/y.bam\ng1\t1;1\t1;5\t4;9\t+;+\t7\t${2 * a}\n` +
    `g2\t1\t1\t4\t+\t7\t${2 * b}\n`;
  const expected = {
    rows: ["a", "b"],
    columns: ["g1", "g2"],
    values: [[2, 4], [6, 8]],
  };
  for (
    const [name, write] of [
      ["SAMPLE.genes.results", rsem],
      ["SAMPLE/SAMPLE.genes.results", rsem],
      ["SAMPLE.rna_seq.augmented_star_gene_counts.tsv", gdc],
      ["SAMPLE/77.rna_seq.augmented_star_gene_counts.tsv", gdc],
      ["SAMPLE/gene_abund.tab", stringtie],
      ["SAMPLE.featureCounts.txt", subread],
    ] as const
  ) {
    const at = (sample: string) => name.replaceAll("SAMPLE", sample);
    const { content } = await read({
      [at("a")]: write(1, 2),
      [at("b")]: write(3, 4),
      [`${at("a")}.summary`]: "Status\tx.bam\nAssigned\t5\n",
      [`${at("b")}.summary`]: "Status\tx.bam\nAssigned\t5\n",
    });
    assert.deepEqual(content, expected, name);
  }
});

Deno.test("samples are named by file where a folder holds several", async () => {
  const files = {
    "x/s2.counts": htseq({ g: 1 }),
    "x/s1.counts": htseq({ g: 2 }),
  };
  assert.deepEqual((await read(files)).content.rows, ["s1", "s2"]);
  const clash = {
    "x/1.counts": htseq({ g: 1 }),
    "x/2.counts": htseq({ g: 2 }),
    "y/1.counts": htseq({ g: 3 }),
    "y/2.counts": htseq({ g: 4 }),
  };
  const { rows } = (await read(clash)).content;
  assert.deepEqual(rows, ["x/1", "x/2", "y/1", "y/2"]);
});

Deno.test("a folder without its table is named", async () => {
  const { notes, content } = await read({ ...S, "c/salmon.log": "failed" });
  assert.deepEqual(content, TPM);
  assert.match(
    notes.at(-1)!,
    /^1 folder of 3 holds no file of the kind salmon quant.sf .*: 'c'$/,
  );
});

Deno.test("what is no number is counted by gene and kind", async () => {
  const { faults, content } = await read({
    "a/abundance.tsv": kallisto({ t1: ["-nan"], t2: [1], t3: ["x"] }),
    "b/abundance.tsv": kallisto({ t3: ["inf"], t2: ["0,5"], t1: ["nan"] }),
  });
  assert.deepEqual(faults, [
    { column: 0, kind: "missing", cells: 2, row: 0, text: "-nan" },
    { column: 1, kind: "decimal comma", cells: 1, row: 1, text: "0,5" },
    { column: 2, kind: "word", cells: 1, row: 0, text: "x" },
    { column: 2, kind: "infinite", cells: 1, row: 1, text: "inf" },
  ]);
  assert.deepEqual(content.values, [[NaN, 1, NaN], [NaN, NaN, NaN]]);
  const summed = await read({
    "a/quant.sf": salmon({ t1: ["nan"], t2: ["nan"], t3: [3e38], t4: [3e38] }),
    "b/quant.sf": salmon({ t1: [1], t2: [1], t3: [1], t4: [1] }),
    "t.tsv": "t1 g1\nt2 g1\nt3 g2\nt4 g2\n",
  }, { tx2gene: "t.tsv" });
  assert.deepEqual(summed.content.values, [[NaN, NaN], [2, 2]]);
  assert.deepEqual(
    summed.faults.map(({ column, kind, cells }) => [column, kind, cells]),
    [[0, "missing", 1], [1, "too large", 1]],
  );
});

Deno.test("ids that stand twice stay two columns", async () => {
  const { content } = await read({
    "a.counts": "g\t1\nh\t2\ng\t3\n",
    "b.counts": "h\t5\ng\t4\ng\t6\n",
  });
  assert.deepEqual(content.columns, ["g", "h", "g"]);
  assert.deepEqual(content.values, [[1, 2, 3], [4, 5, 6]]);
});

Deno.test("samples with other ids are refused, counted and named", () =>
  rejects(
    {
      ...S,
      "c/quant.sf": salmon({ t1: [1], t2: [1] }),
      "d/quant.sf": salmon({ t1: [1], t2: [1], t3: [1], t4: [1], t5: [1] }),
    },
    /2 of 4 samples do not hold the ids of 'a\/quant.sf', 3 in number: 'c\/quant.sf' lacks 1 \('t3'\); 'd\/quant.sf' holds 2 others \('t4'\)$/,
    /same index/,
  ));

Deno.test("a layer that the samples lack is refused with those they have", async () => {
  await assert.rejects(
    read(S, { layer: "fpkm" }),
    refusal(
      /no layer 'fpkm', and should be read with tpm or counts$/,
      /layer tpm/,
    ),
  );
});

const cut = A.slice(0, -4);
const refusals: [string, Files, RegExp, RegExp?][] = [
  ["an empty folder", {}, /the folder is empty and should hold quant/],
  [
    "an empty table",
    { ...S, "c/quant.sf": "" },
    /c\/quant.sf: the file is emp/,
  ],
  [
    "a table that is cut off",
    { ...S, "c/quant.sf": cut },
    /c\/quant.sf: line 4 has 4 cells and should have 5$/,
    /copy it again/,
  ],
  [
    "a header without rows",
    { ...S, "c/quant.sf": salmon({}) },
    /c\/quant.sf: it has a header but no row$/,
  ],
  [
    "another file of that name",
    { ...S, "c/quant.sf": "a\tb\n1\t2\n" },
    /its columns are not those of salmon quant.sf$/,
  ],
  [
    "one sample",
    { "a/quant.sf": A },
    /holds one quantified sample only, 'a\/qu/,
  ],
  [
    "one sample's own folder",
    { "quant.sf": A, "logs/x.log": "" },
    /holds one quantified sample only, 'quant.sf'/,
    /prepare --input \/tmp$|--input \S+$/,
  ],
  [
    "a folder with a matrix",
    { "matrix.csv": "id,g1,g2,g3\na,1,2,3\nb,1,2,4\n", "notes.md": "x" },
    /holds no quantified samples; .* \('matrix.csv'\)$/,
    /--input \S+\/matrix.csv$/,
  ],
  [
    "the merged tables of a pipeline",
    {
      "salmon.merged.gene_tpm.tsv": "gene_id\tgene_name\ta\tb\ng\tG\t1\t2\n",
      "salmon.merged.gene_counts.tsv": "gene_id\tgene_name\ta\tb\ng\tG\t1\t2\n",
      "tx2gene.tsv": "t1\tg1\tG\n",
    },
    /\('salmon.merged.gene_counts.tsv', 'salmon.merged.gene_tpm.tsv'\)$/,
  ],
  [
    "kallisto's HDF5 alone",
    { "a/abundance.h5": "x", "b/abundance.h5": "x", "b/run_info.json": "{}" },
    /holds 2 files abundance.h5 of kallisto without the abundance.tsv/,
    /kallisto h5dump/,
  ],
  [
    "folders of single cells",
    { "filtered/matrix.mtx.gz": "x", "filtered/barcodes.tsv.gz": "x" },
    /holds the folder of a matrix, 'filtered'/,
    /--input \S+\/filtered$/,
  ],
  [
    "samples two folders below",
    { "salmon/a/quant.sf": A, "salmon/b/quant.sf": B },
    /holds no quantified samples \(/,
    /--input \S+\/salmon$/,
  ],
  ["a Zarr store", { ".zgroup": "{}", "X/0.0": "x" }, /a Zarr store/],
  ["other files only", { "a.log": "x" }, /holds no quantified samples \(/],
];

for (const [what, files, message, remedy] of refusals) {
  Deno.test(`a folder is refused: ${what}`, () =>
    rejects(files, message, remedy));
}
