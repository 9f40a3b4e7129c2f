/** Frequencies and indices of repeated rankings, worked by hand. */

import assert from "node:assert/strict";
import { tissueContrasts } from "../../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../../lib/random.ts";
import { rankingMethods } from "../../../lib/rankings/methods.ts";
import { rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import {
  countHalves,
  measureStability,
} from "../../../lib/rankings/stability/measure_stability.ts";
import { repeatRankings } from "../../../lib/rankings/stability/repeat_rankings.ts";
import {
  frequencyLookup,
  frequencyRows,
  stabilityRows,
  summarizeStability,
} from "../../../lib/rankings/stability/rows.ts";
import { measureOverHalves } from "../../../lib/rankings/stability/stability.ts";
import {
  meanSelectionStability,
  selectionStability,
} from "../../../lib/statistics/selection_stability.ts";
import { noFacts } from "../../unnamed_genes.ts";
import { meanRanking } from "../fixture_ranking.ts";
import { GENES, noisy } from "./made_samples.ts";

const LISTS = [[1, 2, 3], [1, 2, 4], [1, 3, 4], [1, 2, 5]];

/** One tissue with the lists above, one that was not halved. */
function byHand() {
  const repeated = {
    method: meanRanking,
    selections: new Map([
      ["a", LISTS.map((list) => Uint32Array.from(list))],
      ["b", LISTS.map(() => Uint32Array.of(7, 8))],
    ]),
  };
  const ranked = [
    {
      tissue: "a",
      order: Uint32Array.of(1, 2, 5, 3, 4),
      scores: new Float64Array(10),
    },
    {
      tissue: "b",
      order: Uint32Array.of(7, 8),
      scores: new Float64Array(10),
    },
  ];
  const tissues = [
    { tissue: "a", samples: 8, samplesInHalf: 4, isHalved: true },
    { tissue: "b", samples: 2, samplesInHalf: 2, isHalved: false },
  ];
  const method = measureStability(repeated, ranked, tissues, 3, 10);
  return {
    halves: 4,
    shapHalves: null,
    differentHalves: 4,
    samplesInHalf: 6,
    wholeGroups: 0,
    first: 3,
    tissues,
    methods: [method],
  };
}

Deno.test("frequencies, recovered genes and the index by hand", () => {
  const measured = byHand();
  const genes = Array.from({ length: 10 }, (_, gene) => `g${gene}`);
  const geneFacts = noFacts(genes);
  assert.deepEqual(
    frequencyRows(measured, { genes, geneFacts }).map((
      { method, tissue, gene, frequency },
    ) => [
      method,
      tissue,
      gene,
      frequency,
    ]),
    [
      ["mean", "a", "g1", 1],
      ["mean", "a", "g2", 0.75],
      ["mean", "a", "g3", 0.5],
      ["mean", "a", "g4", 0.5],
      ["mean", "a", "g5", 0.25],
    ],
  );
  const [a, b] = stabilityRows(measured);
  // Genes 1, 2 and 5 of all samples: 4 + 3 + 1 times in 4 halves.
  assert.deepEqual([a.listed, a.recovered, a.frequent_genes], [3, 2, 2]);
  const { index, interval } = selectionStability(LISTS, 10);
  assert.deepEqual([a.index, a.low, a.high], [index, ...interval!]);
  // 1 - (4/3 (0.1875 + 0.25 + 0.25 + 0.1875) / 10) / (0.3 x 0.7)
  assert.ok(Math.abs(a.index! - (1 - (4 / 3 * 0.875 / 10) / 0.21)) < 1e-12);
  // All samples of b are in every half: nothing is said of it.
  assert.deepEqual(
    [b.samples, b.listed, b.recovered, b.index, b.low, b.frequent_genes],
    [2, 2, null, null, null, null],
  );
  const summary = summarizeStability(measured);
  assert.deepEqual(summary.tissues, ["a"]);
  assert.deepEqual(summary.tissues_not_halved, ["b"]);
  const [method] = summary.methods;
  assert.deepEqual(method.least_stable, { tissue: "a", index });
  assert.deepEqual([method.recovered, method.frequent_genes], [2, 2]);
  assert.equal(method.index, index);
});

Deno.test("the gene table's frequencies: 0 if never listed, empty if not measured", () => {
  const of = frequencyLookup(byHand(), ["mean", "other"]);
  assert.deepEqual(of("a", 2), { frequency_mean: 0.75, frequency_other: null });
  assert.equal(of("a", 9).frequency_mean, 0);
  assert.equal(of("b", 7).frequency_mean, null);
  assert.deepEqual(frequencyLookup(null, ["mean"])("a", 2), {
    frequency_mean: null,
  });
});

Deno.test("a strong gene always comes again, and chance does not", async () => {
  const input = noisy();
  const measured = await measureOverHalves(
    rankingMethods.map((method) => ({
      method,
      ranked: rankTissues(method, input),
    })),
    input,
    {
      halves: 20,
      first: 5,
      stream: (half) => new RandomStream(half),
      repeat: (methods, halves) =>
        repeatRankings(methods, input, halves, 5, () => {}),
    },
  );
  assert.equal(measured.differentHalves, 20);
  // 6 of 12 and 5 of 9.
  assert.equal(measured.samplesInHalf, 11);
  for (const { method, tissues } of measured.methods) {
    tissues.forEach(({ frequencies, index, samples, listed }, at) => {
      assert.equal(frequencies.get(at), 1, method.name);
      assert.equal(samples, [12, 9][at]);
      assert.equal(listed, 5);
      // Of five genes one is planted.
      assert.ok(index! > 0 && index! < 0.75, `${method.name} ${index}`);
      assert.ok(
        [...frequencies.values()].every((share) => share > 0 && share <= 1),
      );
    });
  }
});

Deno.test("means and their interval are those of the lists of all tissues", () => {
  const input = noisy({ a: 12, b: 9, c: 2 });
  const halves = [0, 1, 2].map((half) =>
    input.rows.filter((row, index) =>
      input.dataset.tissues[row] === "c" || index % 3 !== half
    )
  );
  let done = 0;
  const [repeated] = repeatRankings(
    rankingMethods.slice(0, 1),
    input,
    halves,
    4,
    () => done++,
  );
  assert.equal(done, 3);
  // As ranked by hand on each half.
  halves.forEach((rows, half) => {
    const contrasts = tissueContrasts(input.dataset, rows);
    rankTissues(rankingMethods[0], { ...input, rows, contrasts })
      .forEach(({ tissue, order }) =>
        assert.deepEqual(
          repeated.selections.get(tissue)![half],
          order.slice(0, 4),
        )
      );
  });
  const tissues = countHalves(
    input.dataset.tissues,
    input.rows,
    halves,
    ["a", "b", "c"],
  );
  assert.deepEqual(
    tissues.map(({ samplesInHalf, isHalved }) => [samplesInHalf, isHalved]),
    [[8, true], [6, true], [2, false]],
  );
  const { index, interval } = measureStability(
    repeated,
    rankTissues(rankingMethods[0], input),
    tissues,
    4,
    GENES,
  );
  assert.deepEqual(
    { index, interval },
    meanSelectionStability(
      ["a", "b"].map((tissue) => repeated.selections.get(tissue)!),
      GENES,
    ),
  );
});

Deno.test("tissues of two and three samples, and one that no method ranks", async () => {
  const input = noisy({ a: 3, b: 2, c: 1 });
  const ranked = rankingMethods.map((method) => ({
    method,
    ranked: rankTissues(method, input),
  }));
  const measured = await measureOverHalves(ranked, input, {
    halves: 30,
    first: 3,
    stream: (half) => new RandomStream(half),
    repeat: (methods, halves) =>
      repeatRankings(methods, input, halves, 3, () => {}),
  });
  // Two of three samples can be drawn in three ways.
  assert.equal(measured.differentHalves, 3);
  const summary = summarizeStability(measured);
  assert.deepEqual(summary.tissues, ["a"]);
  assert.deepEqual(summary.tissues_not_halved, ["b", "c"]);
  for (const { method, index, tissues } of measured.methods) {
    assert.ok(index !== null, method.name);
    assert.equal(tissues[0].frequencies.get(0), 1);
    assert.equal(tissues[1].index, null);
    assert.equal(tissues[1].frequencies.size, 0);
  }
  // Welch's t has no list for a single sample.
  const welch = measured.methods.find(({ method }) =>
    method.name === "welch_t"
  )!;
  assert.equal(welch.tissues[2].listed, 0);
});
