/** The ranking by limma: genes that vary, groups as blocks, half samples. */

import assert from "node:assert/strict";
import { fitLimma, limmaRanking } from "../../lib/rankings/limma.ts";
import golden from "../fixtures/ml/limma.json" with { type: "json" };
import { inputOf } from "./made_dataset.ts";

const [crossed] = golden.cases;

/** The golden samples with a gene of zeros before the others. */
function makeInput(groups?: readonly string[]) {
  return inputOf(
    crossed.samples.map((sample) => [0, ...sample]),
    crossed.class,
    undefined,
    groups,
  );
}

for (
  const [what, groups, wanted] of [
    ["without groups", undefined, crossed.trend],
    [
      "with groups",
      crossed.block.map((b) => `donor ${b}`),
      crossed.trendBlocked,
    ],
    [
      "with groups of one sample",
      crossed.block.map((_, i) => `${i}`),
      crossed.trend,
    ],
  ] as const
) {
  Deno.test(`limma's t and p ${what}; a gene of zeros is left out`, () => {
    const input = makeInput(groups);
    const found = limmaRanking.rank(input);
    wanted.t.forEach((t, tissue) => {
      const { scores, ownP: p } = found[tissue];
      assert.ok(Number.isNaN(scores[0]) && Number.isNaN(p![0]));
      t.forEach((each, gene) => {
        assert.ok(Math.abs(scores[gene + 1] / each - 1) < 1e-7);
        assert.ok(Math.abs(p![gene + 1] / wanted.p[tissue][gene] - 1) < 1e-7);
      });
    });
    const { correlation, fitted } = fitLimma(input)!;
    assert.equal(fitted.length, crossed.samples[0].length);
    if (wanted.blocked) {
      assert.ok(Math.abs(correlation! - wanted.correlation) < 1e-8);
    } else assert.equal(correlation, null);
  });
}

Deno.test("too few samples to fit have no ranking", () => {
  assert.deepEqual(limmaRanking.rank(inputOf([[1, 2], [3, 4]], [0, 1])), []);
  assert.deepEqual(limmaRanking.rank(inputOf([[1, 2], [3, 4]], [0, 0])), []);
});

Deno.test("genes that are all the same leave nothing to fit", () => {
  const [first] = limmaRanking.rank(inputOf([[1], [1], [1]], [0, 0, 1]));
  assert.ok(Number.isNaN(first.scores[0]));
});

Deno.test("limma is quick unless many values have groups", () => {
  const groups = crossed.block.map(String);
  const input = makeInput(groups);
  assert.equal(limmaRanking.isQuick!(input), true);
  const genes = Array.from({ length: 40_000 }, (_, gene) => `g${gene}`);
  const large = { ...input, dataset: { ...input.dataset, genes } };
  assert.equal(limmaRanking.isQuick!(large), false);
  const alone = { ...large.dataset, groups: groups.map(() => "") };
  assert.equal(limmaRanking.isQuick!({ ...large, dataset: alone }), true);
});
