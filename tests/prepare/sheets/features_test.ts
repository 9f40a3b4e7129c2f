/** Tables of genes as people have them. */

import assert from "node:assert/strict";
import { readFeatures } from "../../../lib/prepare/sheets/features.ts";
import { inFolder } from "./in_folder.ts";
import { refusal, writeInput } from "../user_files.ts";

async function read(content: string, name = "genes.tsv") {
  const notes: string[] = [];
  const table = await inFolder(async (folder) =>
    await readFeatures(
      await writeInput(`${folder}/${name}`, content),
      (note) => notes.push(note.replace(`${folder}/`, "")),
    )
  );
  return { facts: Object.fromEntries(table), notes };
}

const TWO = {
  g1: { name: "A", description: "first, one" },
  g2: { name: null, description: null },
};

Deno.test("ids, names and descriptions are found by the columns' names", async () => {
  const tables = [
    "gene\tname\tdescription\ng1\tA\tfirst, one\ng2\t\tNA\n",
    'Chr,gene_id,product,gene_name\n1,g1,"first, one",A\n1,g2,-,NA\n',
    "description;symbol;Geneid\nfirst, one;A;g1\nn/a;.;g2\n",
    "locus\tdesc\texternal_gene_name\ng1\tfirst, one\tA\ng2\t\t\n",
    "my own\tGene Name\tGene description\ng1\tA\tfirst, one\ng2\t\t\n",
    // The symbol beside the id.
    "gene\tgene_id\tdescription\nA\tg1\tfirst, one\n\tg2\t\n",
  ];
  for (const table of tables) {
    assert.deepEqual(await read(table, "genes.txt"), { facts: TWO, notes: [] });
  }
  const named = await read("symbol\tdescription\nTP53\tp53\n");
  assert.deepEqual(named.facts, { TP53: { name: null, description: "p53" } });
});

Deno.test("Cell Ranger's features have no header", async () => {
  const { facts } = await read(
    "g1\tA\tGene Expression\ng2\tB\tGene Expression\n",
  );
  assert.deepEqual(Object.keys(facts), ["g1", "g2"]);
  assert.equal(facts.g1.name, "A");
});

Deno.test("of several rows of a gene the first texts count", async () => {
  const { facts, notes } = await read(
    "gene_id\tgene_name\tproduct\ng1\tA\t\ng1\tA\tx\ng2\tB\ty\ng2\tC\ty\n\tD\tz\n",
  );
  assert.deepEqual(facts, {
    g1: { name: "A", description: "x" },
    g2: { name: "B", description: "y" },
  });
  assert.deepEqual(notes, [
    "genes.tsv: 1 gene has rows with different names or descriptions ('g2'): " +
    "the first ones are used",
  ]);
});

Deno.test("a table without names is refused", async () => {
  const remedy = /columns gene, name and description/;
  for (
    const [content, message] of [
      ["gene\tlength\ng1\t5\n", /neither a column of names .* nor one of/],
      ["gene\tname\n", /it has no gene/],
      ["gene\tname\n\tA\n", /it has no gene/],
      ["", /Cannot read the genes in .*genes\.tsv: the file is empty/],
    ] as const
  ) await assert.rejects(read(content), refusal(message, remedy));
});
