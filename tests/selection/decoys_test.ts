import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import type { Candidates } from "../../lib/selection/candidates.ts";
import {
  bestDecoyRanks,
  rankDecoysByTissue,
} from "../../lib/selection/decoy_ranks.ts";
import {
  lowestRate,
  noiseInterval,
  type NoiseRate,
  noiseRate,
  noiseRates,
} from "../../lib/selection/noise_rates.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";
import { rankGenes, type TissueRanks } from "../../lib/selection/ranks.ts";
import { selectGeneSet } from "../../lib/selection/select_gene_set.ts";
import { RunError } from "../../lib/cli/errors.ts";

const GENES = ["a", "b", "c", "d"];

function rankDecoys(
  ranked: readonly TissueRanks[],
  medians: readonly ArrayLike<number>[],
  candidates: Candidates = null,
) {
  const byTissue = rankDecoysByTissue(ranked, medians, candidates);
  return bestDecoyRanks(byTissue, medians);
}

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
  assert.deepEqual(rankDecoysByTissue(ranked, [root, leaf], up), [
    { tissue: "root", ranks: [2, null, null, null] },
    { tissue: "leaf", ranks: [null, null, 3, null] },
  ]);
  const rates = noiseRates(mergeRankings(ranked), decoys, 8);
  assert.deepEqual(rates.map(({ rate }) => rate), [0, 1 / 4, 2 / 4, 2 / 4]);
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
function byName(rates: readonly NoiseRate[]) {
  const names = Object.keys(rates[0]) as (keyof NoiseRate)[];
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
  const rates = noiseRates(union, [1, 3, 3, 4, 5, 5, 5, 5].map(at), 4);
  assert.deepEqual(byName(rates), {
    selected: [1, 1, 3, 4],
    rate: [1 / 8, 1 / 8, 3 / 8, 4 / 8],
    // One decoy more on both sides; of 4 genes 2 and 4 are listed.
    noise_rate: [2 / 9 * 2, 2 / 9, 4 / 9, 5 / 9],
  });
  assert.deepEqual(lowestRate(rates), { rate: 2 / 9, rank: 2 });
});

Deno.test("no rate is above 1, and that no decoy is selected proves nothing", () => {
  const union = mergeRankings(ranked);
  const decoy = { decoy: 0, tissue: "root", median_shap: 0 };
  const all = byName(noiseRates(union, [{ ...decoy, rank: 1 }], 4));
  assert.deepEqual(all.noise_rate, [1, 1, 1, 1]);
  const none = byName(noiseRates(
    union,
    Array.from({ length: 10 }, () => ({ ...decoy, rank: 5 })),
    4,
  ));
  assert.deepEqual(none.noise_rate, [2 / 11, 1 / 11, 1 / 11, 1 / 11]);
  assert.equal(noiseRate(0, 10, 4, 0), 1);
});

Deno.test("the interval is Clopper and Pearson's, and holds the rate", () => {
  // SciPy's binomtest(5, 200).proportion_ci(method="exact").
  const { noise_rate, noise_rate_low, noise_rate_high } = noiseInterval(
    5,
    200,
    2000,
    250,
  );
  assert.equal(noise_rate, 6 / 201 * 8);
  assert.ok(Math.abs(noise_rate_low - 8 * 0.00816616619071024) < 1e-9);
  assert.ok(Math.abs(noise_rate_high - 8 * 0.05737435112726713) < 1e-9);
  for (const [selected, decoys] of [[0, 3], [1, 8], [7, 8], [8, 8], [0, 900]]) {
    const found = noiseInterval(selected, decoys, 40, 20);
    assert.ok(found.noise_rate_low <= found.noise_rate);
    assert.ok(found.noise_rate_high >= found.noise_rate);
  }
});

Deno.test("the rate is 1 where no gene is better than a decoy", () => {
  // 1,000 genes and 500 decoys, all of one distribution, in 4 tissues: a decoy
  // is listed as often as a gene.
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
  const rates = noiseRates(union, decoys, 1000);
  for (const rank of [50, 100, 200]) {
    const ratio = rates[rank - 1].rate * 1000 / union.uniqueGenes[rank - 1];
    // 93 decoys are selected at rank 50, so that the ratio's sd is about 0.1.
    assert.ok(Math.abs(ratio - 1) < 0.3, `${ratio} at rank ${rank}`);
  }
});

Deno.test("a tissue of fewer than three samples has no part in the rate", () => {
  const tissueOf = ["leaf", "leaf", "leaf", "root", "root"];
  // In root decoys are the best, in leaf the last.
  const given = {
    genes: Float32Array.from([
      ...[4, 3, 2, 1, 4, 3, 2, 1, 4, 3, 2, 1],
      ...[4, 3, 2, 1, 4, 3, 2, 1],
    ]),
    decoys: Float32Array.of(0, 0, 0, 0, 0, 0, 9, 9, 9, 9),
    tissueOf,
  };
  const select = (tissues: string[], tissueOf: (string | null)[]) =>
    selectGeneSet({ ...given, tissueOf }, tissues, GENES, {
      rule: "top",
      ranks: 2,
    });
  const found = select(["leaf", "root"], tissueOf);
  assert.deepEqual(found.tissueDecoys, [{ tissue: "leaf", ranks: [5, 5] }]);
  assert.deepEqual(found.rates!.map(({ selected }) => selected), [0, 0, 0, 0]);
  // The sets of one tissue alone: 1 of 3 decoys for 2 of 4 genes.
  assert.equal(found.rates![1].noise_rate, 1 / 3 * 4 / 2);
  const alone = tissueOf.map((tissue) => tissue === "root" ? tissue : null);
  assert.equal(select(["leaf", "root"], alone).rates, null);
  assert.throws(
    () =>
      selectGeneSet({ ...given, tissueOf: alone }, ["root"], GENES, {
        rule: "noise",
        rate: 0.1,
      }),
    (error: RunError) =>
      error instanceof RunError && /at least 3 explained/.test(error.message),
  );
});

Deno.test("with the rule stable, a stable decoy is selected however late", () => {
  const tissueOf = ["leaf", "leaf", "leaf", "root"];
  const all = Uint8Array.of(1, 1, 1, 1);
  const found = selectGeneSet(
    {
      genes: Float32Array.from([
        ...[4, 3, 2, 1, 4, 3, 2, 1, 4, 3, 2, 1],
        ...[4, 3, 2, 1],
      ]),
      // The first comes again and is behind all genes, the second does not.
      decoys: Float32Array.of(0.5, 9, 0.5, 9, 0.5, 9, 9, 9),
      tissueOf,
      // Root, of too few samples to have a part, has the longer list.
      candidates: new Map([["leaf", Uint8Array.of(1, 0, 1, 0)], ["root", all]]),
      decoyCandidates: new Map([
        ["leaf", Uint8Array.of(1, 0)],
        ["root", Uint8Array.of(1, 1)],
      ]),
    },
    ["leaf", "root"],
    GENES,
    { rule: "stable", ranks: 2, frequency: 0.7 },
  );
  assert.equal(found.selected.ranks, 4);
  assert.equal(found.selected.chosen.length, 4);
  assert.deepEqual(found.tissueDecoys, [{ tissue: "leaf", ranks: [2, null] }]);
  assert.deepEqual(found.rates!.map(({ selected }) => selected), [0, 1, 1, 1]);
});
