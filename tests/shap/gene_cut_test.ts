import assert from "node:assert/strict";
import { cutGenes } from "../../lib/shap/gene_cut.ts";

/** Ranks in the given order; the median of gene g at place p is 10 - p. */
function ranksOf(tissue: string, order: number[]) {
  const medians = new Float64Array(order.length);
  order.forEach((gene, place) => medians[gene] = 10 - place);
  return { tissue, samples: 1, order: Uint32Array.from(order), medians };
}

Deno.test("the walk stops where half of the genes listed are repeats", () => {
  const root = ranksOf("root", [0, 1, 2, 3, 4, 5]);
  const leaf = ranksOf("leaf", [1, 0, 3, 2, 4, 5]);
  // Unique / listed: 2/2, 2/4 -> stop at rank 2.
  const cut = cutGenes([root, leaf], 0.5);
  assert.equal(cut.ranks, 1);
  assert.deepEqual(cut.chosen.map(({ gene }) => gene), [0, 1]);
  assert.deepEqual(cut.uniqueShares, [1, 0.5, 4 / 6, 0.5, 0.5, 0.5]);
});

Deno.test("a later rise above the threshold does not reopen the walk", () => {
  const root = ranksOf("root", [0, 1, 2, 3]);
  const leaf = ranksOf("leaf", [1, 0, 3, 2]);
  const { uniqueShares, ranks } = cutGenes([root, leaf], 0.5);
  assert.ok(uniqueShares[2] > 0.5);
  assert.equal(ranks, 1);
});

Deno.test("three tissues by hand", () => {
  const tissues = [
    ranksOf("a", [0, 1, 2, 3, 4, 5, 6]),
    ranksOf("b", [3, 4, 0, 1, 2, 5, 6]),
    ranksOf("c", [5, 0, 3, 6, 1, 2, 4]),
  ];
  // Unique: {0,3,5} 3/3, +{1,4} 5/6, +{2} 6/9, +{6} 7/12, 7/15 -> stop at 5.
  const cut = cutGenes(tissues, 0.5);
  assert.deepEqual(
    cut.uniqueShares.slice(0, 5),
    [1, 5 / 6, 6 / 9, 7 / 12, 7 / 15],
  );
  assert.equal(cut.ranks, 4);
  assert.deepEqual(
    cut.chosen.map(({ gene, tissue, rank }) => [
      gene,
      tissue,
      rank,
    ]),
    [
      [0, "a", 1],
      [3, "b", 1],
      [5, "c", 1],
      [1, "a", 2],
      [4, "b", 2],
      [2, "a", 3],
      [6, "c", 4],
    ],
  );
});

Deno.test("of two tissues at the same rank the larger median gets the gene", () => {
  const root = ranksOf("root", [0, 1]);
  const leaf = ranksOf("leaf", [0, 1]);
  leaf.medians[0] = 11;
  const { chosen } = cutGenes([root, leaf], 0.5);
  assert.deepEqual(chosen, [
    { gene: 0, tissue: "leaf", rank: 1, medianScore: 11 },
  ]);
});

Deno.test("a single tissue keeps every gene", () => {
  const cut = cutGenes([ranksOf("root", [2, 0, 1])], 0.5);
  assert.equal(cut.ranks, 3);
  assert.deepEqual(cut.chosen.map(({ gene }) => gene), [2, 0, 1]);
});
