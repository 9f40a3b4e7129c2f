import assert from "node:assert/strict";
import { InputError, RunError } from "../../lib/cli/errors.ts";
import type { NoiseRate } from "../../lib/selection/noise_rates.ts";
import { selectGenes } from "../../lib/selection/cutoff.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";

/** Ranks in the given order; the medians are 10, 9, 8 ... */
function ranksOf(tissue: string, order: number[]) {
  const medians = new Float64Array(order.length);
  order.forEach((gene, index) => medians[gene] = 10 - index);
  return { tissue, samples: 1, order: Uint32Array.from(order), medians };
}

/** The study's rule, with the union that it selects from. */
function selectByShare(tissues: ReturnType<typeof ranksOf>[]) {
  const union = mergeRankings(tissues);
  return {
    ...union,
    ...selectGenes(union, { rule: "unique", share: 0.5 }, null),
  };
}

Deno.test("ranks are taken until half of the genes listed are repeats", () => {
  const root = ranksOf("root", [0, 1, 2, 3, 4, 5]);
  const leaf = ranksOf("leaf", [1, 0, 3, 2, 4, 5]);
  // Unique / listed: 2/2, 2/4 -> stop at rank 2.
  const cutoff = selectByShare([root, leaf]);
  assert.equal(cutoff.ranks, 1);
  assert.deepEqual(cutoff.chosen.map(({ gene }) => gene), [0, 1]);
  assert.deepEqual(cutoff.uniqueShares, [1, 0.5, 4 / 6, 0.5, 0.5, 0.5]);
});

Deno.test("a later rise above the threshold does not count", () => {
  const root = ranksOf("root", [0, 1, 2, 3]);
  const leaf = ranksOf("leaf", [1, 0, 3, 2]);
  const { uniqueShares, ranks } = selectByShare([root, leaf]);
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
  const cutoff = selectByShare(tissues);
  assert.deepEqual(
    cutoff.uniqueShares.slice(0, 5),
    [1, 5 / 6, 6 / 9, 7 / 12, 7 / 15],
  );
  assert.equal(cutoff.ranks, 4);
  assert.deepEqual(
    cutoff.chosen.map(({ gene, tissue, rank }) => [
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
  const { chosen } = selectByShare([root, leaf]);
  assert.deepEqual(chosen, [
    { gene: 0, tissue: "leaf", rank: 1, median_shap: 11 },
  ]);
});

Deno.test("a single tissue keeps every gene", () => {
  const cutoff = selectByShare([ranksOf("root", [2, 0, 1])]);
  assert.equal(cutoff.ranks, 3);
  assert.deepEqual(cutoff.chosen.map(({ gene }) => gene), [2, 0, 1]);
});

const two = mergeRankings([
  ranksOf("root", [0, 1, 2, 3, 4]),
  ranksOf("leaf", [1, 2, 4, 3, 0]),
]);

Deno.test("a ranking that has ended adds nothing", () => {
  const union = mergeRankings([
    ranksOf("root", [0, 1, 2, 3]),
    ranksOf("leaf", [1]),
    ranksOf("seed", []),
  ]);
  assert.deepEqual(union.uniqueGenes, [2, 2, 3, 4]);
  // Of 2, 3, 4 and 5 genes listed.
  assert.deepEqual(union.uniqueShares, [1, 2 / 3, 3 / 4, 4 / 5]);
  const { ranks, chosen } = selectGenes(
    union,
    { rule: "top", ranks: 3 },
    null,
  );
  assert.equal(ranks, 3);
  assert.deepEqual(
    chosen.map(({ gene, tissue, rank }) => [gene, tissue, rank]),
    [[0, "root", 1], [1, "leaf", 1], [2, "root", 3]],
  );
  assert.deepEqual(mergeRankings([]).uniqueGenes, []);
});

Deno.test("a given number of ranks is taken, but not more than there are", () => {
  const ranksAt = (ranks: number) =>
    selectGenes(two, { rule: "top", ranks }, null);
  assert.deepEqual(ranksAt(2).chosen.map(({ gene }) => gene), [0, 1, 2]);
  assert.equal(ranksAt(2).ranks, 2);
  assert.equal(ranksAt(99).ranks, 5);
  assert.equal(ranksAt(99).chosen.length, 5);
});

/** Whatever decoys they come from. */
function asRates(rates: number[]): NoiseRate[] {
  return rates.map((noise_rate) => ({ selected: 0, rate: 0, noise_rate }));
}

Deno.test("the last rank with a rate that low is taken", () => {
  const cutoff = (rate: number) =>
    selectGenes(
      two,
      { rule: "noise", rate },
      asRates([0.3, 0.08, 0.4, 0.1, 0.2]),
    );
  assert.equal(cutoff(0.1).ranks, 4);
  assert.equal(cutoff(0.09).ranks, 2);
  assert.equal(cutoff(0.35).ranks, 5);
});

Deno.test("if no rank has a rate that low, the error gives the lowest", () => {
  const refusal = (rates: number[]) => {
    try {
      selectGenes(two, { rule: "noise", rate: 0.05 }, asRates(rates));
    } catch (error) {
      assert.ok(error instanceof RunError && !(error instanceof InputError));
      return [error.message, error.remedy];
    }
    assert.fail("nothing was refused");
  };
  assert.deepEqual(refusal([0.5, 0.1234, 0.4, 0.9, 1]), [
    "Cannot select the gene set: no rank has a noise rate of at most 0.05; " +
    "the lowest is 0.124, at rank 2",
    "deno task shap --cutoff noise --noise-rate 0.124",
  ]);
  assert.equal(refusal([1, 1, 1, 1, 1])[1], "deno task shap --cutoff top");
});
