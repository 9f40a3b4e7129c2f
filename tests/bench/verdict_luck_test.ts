/** How the luck of a verdict is counted. */

import assert from "node:assert/strict";
import { formatLuck } from "../../bench/verdict_luck/page.ts";
import { replaceGenes } from "../../bench/verdict_luck/replace_genes.ts";
import type { SpaceTest } from "../../lib/null_test/outputs.ts";

/** A test with what the table shows. */
function testOf(
  space: string,
  statistic: number,
  p_adjusted: number,
  monte_carlo_se: number | null = 0.003,
): SpaceTest {
  const shown = { null_model: "uniform", space, statistic, monte_carlo_se };
  return { ...shown, null_sd: 0.02, z: 2, p_adjusted } as SpaceTest;
}

Deno.test("a row a test, and how many seeds agree", () => {
  const text = formatLuck([
    [testOf("umap", 0.8, 0.01), testOf("pca", 0.7, 0.2)],
    [testOf("umap", 0.8, 0.01), testOf("pca", 0.7, 0.01)],
    [testOf("umap", 0.83, 0.06, 0.004), testOf("pca", 0.7, 0.01, null)],
  ]);
  const lines = text.split("\n");
  // The sd of 0.8, 0.8 and 0.83; the root mean square of the errors.
  assert.equal(
    lines[2],
    "| uniform | umap | 2 of 3 | 0.810 | 0.0173 | 0.0034 | 0.0200 | 0.866 | 2.00 |",
  );
  assert.match(lines[3], /\| pca \| 2 of 3 \| 0\.700 \| 0\.0000 \| unknown \|/);
  assert.equal(lines.at(-1), "1 of 2 tests are significant with 2 of 3 seeds.");
});

Deno.test("a share of the genes is replaced within their strata's means", () => {
  const genes = 400;
  const strata = Int32Array.from({ length: genes }, (_, gene) => gene % 4);
  const tested = Uint32Array.from({ length: 50 }, (_, gene) => 4 * gene);
  const pool = { genes, size: 50, tested, strata };
  assert.equal(replaceGenes(tested, pool, 0), tested);
  const half = replaceGenes(tested, pool, 0.5);
  assert.equal(new Set(half).size, 50);
  assert.deepEqual(half, half.toSorted());
  const kept = half.filter((gene) => tested.includes(gene)).length;
  assert.ok(kept >= 25 && kept < 50, `${kept}`);
  assert.ok(half.every((gene) => strata[gene] === 0));
  assert.deepEqual(replaceGenes(tested, pool, 0.5), half);
});
