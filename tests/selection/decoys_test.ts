import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import {
  type DecoyRate,
  estimateDecoyRates,
  lowestRate,
} from "../../lib/selection/decoy_rates.ts";
import { rankDecoys } from "../../lib/selection/decoy_ranks.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";

const GENES = ["a", "b", "c", "d"];

/** One sample a tissue, so that its scores are the medians. */
function ranksOf(rows: Record<string, number[]>) {
  const tissues = Object.keys(rows);
  return rankGenes(
    Float32Array.from(tissues.flatMap((t) => rows[t])),
    tissues,
    tissues,
    GENES,
  );
}

// By rank: root a b c d, leaf d c b a.
const ranked = ranksOf({ root: [4, 3, 2, 0], leaf: [-1, 0, 5, 9] });

Deno.test("a decoy ranks after the genes of a greater median only", () => {
  const root = [3.5, 3, 9, -5, 0];
  const leaf = [-3, 6, -3, -5, 0];
  assert.deepEqual(rankDecoys(ranked, [root, leaf]), [
    { decoy: 0, tissue: "root", rank: 2, median_shap: 3.5 },
    // Rank 2 in both: the larger median. As large as b's, it is not after b.
    { decoy: 1, tissue: "leaf", rank: 2, median_shap: 6 },
    { decoy: 2, tissue: "root", rank: 1, median_shap: 9 },
    // After every gene in every tissue.
    { decoy: 3, tissue: "root", rank: 5, median_shap: -5 },
    // A silent decoy ranks where the silent genes begin.
    { decoy: 4, tissue: "leaf", rank: 3, median_shap: 0 },
  ]);
});

Deno.test("a decoy ranks only where a gene of its values could", () => {
  const up = new Map([
    ["root", Uint8Array.of(1, 0, 1, 0)],
    ["leaf", Uint8Array.of(0, 0, 1, 1)],
  ]);
  const root = [3.5, 9, 0, 7];
  const leaf = [8, 9, 1, -1];
  const none = { tissue: null, rank: null, median_shap: null };
  const decoys = rankDecoys(ranked, [root, leaf], up);
  assert.deepEqual(decoys, [
    { decoy: 0, tissue: "root", rank: 2, median_shap: 3.5 },
    // Nowhere higher than elsewhere.
    { decoy: 1, ...none },
    // A median of 0 is not above 0.
    { decoy: 2, tissue: "leaf", rank: 3, median_shap: 1 },
    { decoy: 3, ...none },
  ]);
  const [first] = estimateDecoyRates(mergeRankings(ranked), decoys, 8);
  assert.equal(first.rate, 0);
  const rates = estimateDecoyRates(mergeRankings(ranked), decoys, 8);
  // Of four decoys; of 8 genes 4 would be there by chance.
  assert.deepEqual(rates.map(({ rate }) => rate), [0, 1 / 4, 2 / 4, 2 / 4]);
  assert.equal(rates[2].false_genes, 4);
});

Deno.test("decoys' ranks equal a count over all genes", () => {
  const stream = new RandomStream(6);
  const tissues = ["x", "y", "z"];
  const draw = (length: number) =>
    Float32Array.from({ length }, () => stream.integer(9) - 3);
  const some = rankGenes(
    draw(3 * 50),
    tissues,
    tissues,
    Array.from({ length: 50 }, (_, gene) => `g${gene}`),
  );
  const medians = tissues.map(() => draw(20));
  for (const { decoy, rank } of rankDecoys(some, medians)) {
    const ranks = some.map((tissue, index) =>
      1 + tissue.medians.filter((median) => median > medians[index][decoy])
        .length
    );
    assert.equal(rank, Math.min(...ranks));
  }
});

/** Each rate at all ranks. */
function byName(rates: readonly DecoyRate[]) {
  const names = Object.keys(rates[0]) as (keyof DecoyRate)[];
  return Object.fromEntries(
    names.map((name) => [name, rates.map((rate) => rate[name])]),
  );
}

Deno.test("rates by hand", () => {
  const union = mergeRankings(ranked);
  assert.deepEqual(union.uniqueGenes, [2, 4, 4, 4]);
  const at = (rank: number) => ({
    decoy: 0,
    tissue: "root",
    rank,
    median_shap: 0,
  });
  const rates = estimateDecoyRates(union, [1, 3, 3, 4, 5, 5, 5, 5].map(at), 4);
  assert.deepEqual(byName(rates), {
    selected: [1, 1, 3, 4],
    rate: [1 / 8, 1 / 8, 3 / 8, 4 / 8],
    // Of 4 genes.
    false_genes: [0.5, 0.5, 1.5, 2],
    false_discovery_rate: [0.5 / 2, 0.5 / 4, 1.5 / 4, 2 / 4],
    conservative_false_discovery_rate: [1 / 2, 1 / 4, 2 / 4, 2.5 / 4],
  });
  assert.deepEqual(lowestRate(rates), { rate: 1 / 4, rank: 2 });
});

Deno.test("no rate is above 1, and that no decoy is selected proves nothing", () => {
  const union = mergeRankings(ranked);
  const decoy = { decoy: 0, tissue: "root", median_shap: 0 };
  const all = byName(estimateDecoyRates(union, [{ ...decoy, rank: 1 }], 4));
  assert.deepEqual(all.false_discovery_rate, [1, 1, 1, 1]);
  assert.deepEqual(all.conservative_false_discovery_rate, [1, 1, 1, 1]);
  const none = byName(estimateDecoyRates(
    union,
    Array.from({ length: 10 }, () => ({ ...decoy, rank: 5 })),
    4,
  ));
  assert.deepEqual(none.false_discovery_rate, [0, 0, 0, 0]);
  assert.deepEqual(
    none.conservative_false_discovery_rate,
    [0.2, 0.1, 0.1, 0.1],
  );
});

Deno.test("the estimate is right where no gene is better than a decoy", () => {
  // 1,000 genes and 500 decoys, all of one distribution, in 4 tissues: every
  // gene of the set is there by chance, and the decoys should say so.
  const stream = new RandomStream(8);
  const tissues = ["w", "x", "y", "z"];
  const draw = (length: number) =>
    Float32Array.from({ length }, stream.uniform);
  const noise = rankGenes(
    draw(4 * 1000),
    tissues,
    tissues,
    Array.from({ length: 1000 }, (_, gene) => `g${gene}`),
  );
  const union = mergeRankings(noise);
  const decoys = rankDecoys(noise, tissues.map(() => draw(500)));
  const rates = estimateDecoyRates(union, decoys, 1000);
  for (const rank of [50, 100, 200]) {
    const ratio = rates[rank - 1].false_genes / union.uniqueGenes[rank - 1];
    // 93 decoys are selected at rank 50, so that the ratio's sd is about 0.1.
    assert.ok(Math.abs(ratio - 1) < 0.3, `${ratio} at rank ${rank}`);
  }
});
