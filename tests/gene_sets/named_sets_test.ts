/** Gene sets whose genes are given by name. */

import assert from "node:assert/strict";
import { readUserGeneSets } from "../../lib/gene_sets/user_files.ts";
import { inFolder } from "../prepare/sheets/in_folder.ts";
import { refusal } from "../prepare/user_files.ts";

const GENES = [
  { gene: "ENSG1", name: "TP53" },
  { gene: "ENSG2", name: "MYC" },
  { gene: "ENSG3", name: "INS" },
  { gene: "ENSG4", name: "U6" },
  { gene: "ENSG5", name: "U6" },
  { gene: "ENSG6", name: null },
];

function read(name: string, content: string, genes = GENES) {
  return inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/${name}`, content);
    const notes: string[] = [];
    const sets = await readUserGeneSets(
      [`${folder}/${name}`],
      genes,
      (note) => notes.push(note),
    );
    return {
      notes,
      sets: Object.fromEntries(sets.map(({ name, columns, notInMatrix }) => [
        name,
        [...[...columns].map((column) => genes[column].gene), ...notInMatrix],
      ])),
    };
  });
}

const MATCHED = "mine: its genes are matched by name: 2 of 2 genes matched " +
  "('TP53' = 'ENSG1')";

Deno.test("lists and tables of names, with and without a header", async () => {
  for (
    const content of [
      "TP53\nMYC\n",
      "gene\nTP53\nMYC\n",
      "symbol,logFC\nTP53,2\nMYC,1\n",
      "TP53\t2.5\nMYC\t1.5\n",
      '"","padj"\n"TP53",0.1\n"MYC",0.2\n',
      // Ids of another annotation beside them.
      "gene_id,gene_name\nAT1,TP53\nAT2,MYC\n",
    ]
  ) {
    const { sets, notes } = await read("mine.txt", content);
    assert.deepEqual(sets, { mine: ["ENSG1", "ENSG2"] }, content);
    assert.deepEqual(notes, [MATCHED], content);
  }
});

Deno.test("ids come first where a file has both", async () => {
  const { sets, notes } = await read(
    "mine.csv",
    "gene_name,gene_id\nTP53,ENSG1\nINS,ENSG3\nINS,ENSG2\n",
  );
  assert.deepEqual(sets, { mine: ["ENSG1", "ENSG2", "ENSG3"] });
  assert.deepEqual(notes, []);
});

Deno.test("sets of GMT: names of several genes and strangers are counted", async () => {
  const { sets, notes } = await read(
    "mine.gmt",
    "A\tna\tTP53\tU6\tENSG6\nB\tna\tMYC\tINS\tGCG\n",
  );
  assert.deepEqual(sets, {
    A: ["ENSG1", "ENSG6"],
    B: ["ENSG2", "ENSG3", "GCG"],
  });
  assert.deepEqual(notes, [
    "mine: its genes are matched by name: 4 of 6 genes matched ('TP53' = " +
    "'ENSG1')",
    "mine: 1 name left out, for several genes of the matrix have it ('U6')",
    "mine: 1 of 5 genes are not in the matrix and are left out (GCG)",
  ]);
});

Deno.test("names that no gene has are refused as before", async () => {
  await assert.rejects(
    read("mine.txt", "GCG\nSST\n"),
    refusal(/none of its 2 genes .*, whose ids look like ENSG1 and not GCG/),
  );
});
