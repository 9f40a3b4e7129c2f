/** Gene sets as people have them: lists, tables of any kind, GMT. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { nameOfSet, readUserGeneSets } from "../../lib/gene_sets/user_files.ts";
import { refusal, writeInput } from "../prepare/user_files.ts";
import { unnamed } from "../unnamed_genes.ts";
import { inFolder } from "../prepare/sheets/in_folder.ts";

const GENES = ["Zm1", "Zm2", "Zm3", "Zm4", "b,c", "x1"];

/** The sets of a file, by their names, and what was said. */
function read(
  name: string,
  content: string | Uint8Array,
  genes: readonly string[] = GENES,
  taken: readonly string[] = [],
) {
  return inFolder(async (folder) => {
    const notes: string[] = [];
    const path = await writeInput(`${folder}/${name}`, content);
    const sets = await readUserGeneSets(
      [path],
      unnamed(genes),
      (note) => notes.push(note),
      taken,
    );
    return {
      notes,
      sets: Object.fromEntries(sets.map(({ name, columns }) => [
        name,
        [...columns].map((column) => genes[column]),
      ])),
    };
  });
}

Deno.test("a list, with or without a header, is one set", async () => {
  for (
    const content of [
      "Zm1\n\n Zm2 \r\nZm1\n",
      "gene\nZm1\nZm2\n",
      "Gene ID\nZm1\nZm2\n",
      "x\nZm1\nZm2\n",
      '"x"\n"Zm1"\n"Zm2"\n',
      "# made by hand\nZm1\nZm2\n",
      "\uFEFFZm1\rZm2\r",
    ]
  ) {
    const { sets, notes } = await read("mine.txt", content);
    assert.deepEqual(sets, { mine: ["Zm1", "Zm2"] }, content);
    assert.deepEqual(notes, [], content);
  }
  // A gene that is called as a header.
  const { sets } = await read("mine.txt", "x\ny\n", ["y", "x"]);
  assert.deepEqual(sets, { mine: ["y", "x"] });
});

Deno.test("a table is read by its content, whatever its name", async () => {
  const tables: [string, string | Uint8Array][] = [
    ["mine.csv", "gene\tlogFC\nZm1\t2.1\nb,c\t3\n"],
    ["mine.txt", 'rank,gene\n1,Zm1\n2,"b,c"\n'],
    ["mine.csv", "gene;logFC\nZm1;2,1\nb,c;0,5\n"],
    ["mine.tsv.gz", gzipSync("# DESeq2\ngene_id\tp\nZm1\t0\nb,c\t0\n")],
    ["mine.csv.gz", gzipSync('Geneid,p\nZm1,1\n"b,c",2\n')],
    ["mine.txt", 'symbol p\n"Zm1" 1\n"b,c" 2\n'],
    // R's row names: numbers, or the genes themselves.
    ["mine.csv", '"","x"\n"1","Zm1"\n"2","b,c"\n'],
    ["mine.csv", '"","baseMean","padj"\n"Zm1",5,0.1\n"b,c",6,0.2\n'],
    ["mine.txt", '"baseMean" "padj"\n"Zm1" 5 0.1\n"b,c" 6 0.2\n'],
    // The column with the genes of the matrix, with and without a header.
    ["mine.csv", 'gene_name,gene_id\nA,Zm1\nB,"b,c"\n'],
    ["mine.csv", 'gene,gene_id\nA,Zm1\nB,"b,c"\n'],
    ["mine.txt", "Zm1\t0.5\nb,c\t0.7\n"],
  ];
  for (const [name, content] of tables) {
    const { sets, notes } = await read(name, content);
    assert.deepEqual(sets, { mine: ["Zm1", "b,c"] }, String(content));
    assert.deepEqual(notes, []);
  }
  const { sets, notes } = await read("m.csv", "probe,target\np1,Zm3\np2,Zm4\n");
  assert.deepEqual(sets, { m: ["Zm3", "Zm4"] });
  assert.deepEqual(notes, ["m: the genes are taken from column 'target'"]);
  await assert.rejects(
    read("m.csv", "probe,target\np1,A\n"),
    refusal(/several columns and none is named gene \(probe, target\)/, /gene/),
  );
});

Deno.test("GMT gives a set a line, whatever it is called", async () => {
  const gmt = "LEAF\tna\tZm1\tZm2\t\nMY ROOT/1\thttp://x\tZm3\tb,c\tZm3\n";
  const expected = { LEAF: ["Zm1", "Zm2"], MY_ROOT_1: ["Zm3", "b,c"] };
  for (const name of ["sets.gmt", "sets.txt", "sets.gmt.gz"]) {
    const content = name.endsWith(".gz") ? gzipSync(gmt) : gmt;
    const { sets, notes } = await read(name, content);
    assert.deepEqual(sets, expected);
    assert.deepEqual(notes, []);
  }
  // As Enrichr's libraries: no description, and weights.
  const weighted = await read("e.txt", "A\t\tZm1,1.0\tZm2,0.5\nB\t\tZm3,1\n");
  assert.deepEqual(weighted.sets, { A: ["Zm1", "Zm2"], B: ["Zm3"] });
  const partial = await read(
    "e.gmt",
    "A\tna\tZm1\tq1\tq2\nB\tna\tq2\tq3\nC\tna\n",
  );
  assert.deepEqual(partial.sets, { A: ["Zm1"] });
  assert.deepEqual(partial.notes, [
    "e: 2 of 3 sets have no gene of the matrix and are left out (B, C)",
    "e: 3 of 4 genes are not in the matrix and are left out (q1, q2, q3)",
  ]);
});

Deno.test("what is no GMT is refused with all of it counted", async () => {
  const cases: [string, RegExp, RegExp][] = [
    ["Zm1\nZm2\n", /2 lines of 2 should be a set .* first 'Zm1'/, /\.txt/],
    [
      "A\tna\tZm1\nA\tna\tZm2\n",
      /1 name of sets is there twice: 'A'/,
      /Rename/,
    ],
    [
      "a b\tna\tZm1\nA_B\tna\tZm2\n",
      /a set's name would be A_B, which is the name of .*sets\.gmt/,
      /Rename the set/,
    ],
    ["shap\tna\tZm1\n", /would be shap, .* another gene set/, /Rename the set/],
    ["\tna\tZm1\n", /1 set of 1 has no name/, /Name each set/],
    ["A\tna\tq\n", /none of its 1 genes is in the matrix/, /ids are those/],
    ["A\tna\n", /lists no gene/, /./],
    [
      Array.from({ length: 1001 }, (_, n) => `S${n}\tna\tZm1`).join("\n"),
      /it has 1,001 sets and should have at most 1000/,
      /sets that you want/,
    ],
  ];
  for (const [content, message, remedy] of cases) {
    await assert.rejects(
      read("sets.gmt", content, GENES, ["shap"]),
      refusal(message, remedy),
    );
  }
});

Deno.test("ids are respelled if not one is the matrix's, and that is said", async () => {
  const versions = await read("v.txt", "Zm1.1\nZm2.12\nq.1\n");
  assert.deepEqual(versions.sets, { v: ["Zm1", "Zm2"] });
  assert.deepEqual(versions.notes, [
    "v: its ids differ from the matrix's by the version at the end: 2 of 3 " +
    "genes matched ('Zm1.1' = 'Zm1')",
    "v: 1 of 3 genes are not in the matrix and are left out (q.1)",
  ]);
  const reverse = await read("v.txt", "HLA-A\nTP53\n", ["HLA.A.3", "tp53.1"]);
  assert.deepEqual(reverse.sets, { v: ["HLA.A.3", "tp53.1"] });
  // One is: the others are other genes.
  const one = await read("v.txt", "Zm1\nZm2.1\n");
  assert.deepEqual(one.sets, { v: ["Zm1"] });
  // Two versions of one gene.
  await assert.rejects(
    read("v.txt", "Zm1.1\nZm1.2\n"),
    refusal(/none of its 2 genes .* look like Zm1 and not Zm1\.1/),
  );
});

Deno.test("what is no set is refused", async () => {
  for (
    const [name, content, message] of [
      ["s.xlsx", "Zm1\n", /should end in \.csv, \.tsv, \.txt or \.gmt/],
      ["s.csv", "", /Cannot read the gene set .*: the file is empty/],
      ["s.csv", "gene\n", /lists no gene/],
      ["s.csv", Uint8Array.of(0x50, 0x4b, 3, 4), /an Excel workbook/],
      ["s.gmt", Uint8Array.of(0x61, 0xff, 0x09), /no UTF-8 text/],
      ["s.csv", "gene,p\nZm1,2,3\n", /line 2 has 3 cells/],
    ] as const
  ) await assert.rejects(read(name, content), refusal(message));
});

Deno.test("a set is named after its file, without what packed it", () => {
  assert.equal(nameOfSet("a/my set.tsv.gz"), "my_set");
  assert.equal(nameOfSet("a/v1.2.txt"), "v1.2");
});
