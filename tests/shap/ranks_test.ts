import assert from "node:assert/strict";
import { rankGenes } from "../../lib/shap/ranks.ts";

// Rows: two root samples, one leaf sample, one left out.
const scores = Float32Array.from([
  ...[1, 5, -2, 0],
  ...[3, 5, -9, 0],
  ...[-1, 0, 2, 0],
  ...[99, 99, 99, 99],
]);
const TISSUES = ["root", "root", "leaf", null];

Deno.test("genes are ranked by the median of their signed scores", () => {
  const ranked = rankGenes({ scores, genes: 4 }, TISSUES, ["leaf", "root"]);
  assert.deepEqual(ranked.map(({ tissue }) => tissue), ["leaf", "root"]);
  assert.deepEqual(ranked.map(({ samples }) => samples), [1, 2]);
  assert.deepEqual([...ranked[1].medians], [2, 5, -5.5, 0]);
  assert.deepEqual([...ranked[1].order], [1, 0, 3, 2]);
});

Deno.test("equal medians keep the order of the matrix", () => {
  const [leaf] = rankGenes({ scores, genes: 4 }, TISSUES, ["leaf"]);
  assert.deepEqual([...leaf.order], [2, 1, 3, 0]);
});

Deno.test("a tissue without a ranked sample is left out", () => {
  const ranked = rankGenes({ scores, genes: 4 }, TISSUES, ["ear", "root"]);
  assert.deepEqual(ranked.map(({ tissue }) => tissue), ["root"]);
});
