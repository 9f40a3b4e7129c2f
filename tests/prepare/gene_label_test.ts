/** Labels of genes: names where they are clear, and no two the same. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { geneLabel, labelGenes } from "../../lib/prepare/gene_label.ts";
import { SEED } from "../fuzz.ts";

const labelsOf = (...genes: (readonly [string, string | null])[]) => [
  ...labelGenes(genes.map(([gene, name]) => ({ gene, name }))).values(),
];

Deno.test("a label has the name, and the id in brackets", () => {
  assert.equal(geneLabel("ENSG00000141510", "TP53"), "TP53 (ENSG00000141510)");
  assert.equal(geneLabel("ENSG00000141510", null), "ENSG00000141510");
  assert.equal(geneLabel("TP53", "TP53"), "TP53");
});

Deno.test("a name stands alone if it can mean no other gene shown", () => {
  assert.deepEqual(
    labelsOf(["E1", "TP53"], ["E2", null], ["E1", "TP53"], ["E3", "MYC"]),
    ["TP53", "E2", "MYC"],
  );
  assert.deepEqual(
    labelsOf(["E1", "U6"], ["E2", "U6"], ["E3", "MYC"]),
    ["U6 (E1)", "U6 (E2)", "MYC"],
  );
  // A name that is the id of another gene.
  assert.deepEqual(labelsOf(["A", null], ["B", "A"]), ["A", "A (B)"]);
  assert.deepEqual(labelsOf(["A", "B"], ["B", "A"]), ["B (A)", "A (B)"]);
  assert.deepEqual(labelsOf(["TP53", "TP53"]), ["TP53"]);
  assert.deepEqual(labelsOf(["__proto__", "constructor"]), ["constructor"]);
});

Deno.test("long names are cut, and told apart by the id if need be", () => {
  const long = "ubiquitin conjugating enzyme of the endosome";
  assert.deepEqual(labelsOf(["E1", `${long} 1`]), [`${long.slice(0, 40)}…`]);
  assert.deepEqual(labelsOf(["E1", `${long} 1`], ["E2", `${long} 2`]), [
    `${long.slice(0, 40)}… (E1)`,
    `${long.slice(0, 40)}… (E2)`,
  ]);
  // Characters, not halves of them.
  assert.deepEqual(labelsOf(["E1", "🌽".repeat(50)]), ["🌽".repeat(40) + "…"]);
});

Deno.test("no two genes have one label, whatever they are called", () => {
  const text = fc.constantFrom("A", "B", "A (B)", "B (A)", "A (B) (A)", "C");
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, fc.option(text)), {
        selector: ([id]) => id,
      }),
      (genes) => {
        const labels = labelsOf(...genes);
        assert.equal(labels.length, genes.length);
        assert.equal(new Set(labels).size, genes.length);
      },
    ),
    { seed: SEED, numRuns: 2000 },
  );
});
