/** The consensus of rankings: who votes, and what comes out. */

import assert from "node:assert/strict";
import { takeRows } from "../../lib/prepare/dataset.ts";
import { tissueContrasts } from "../../lib/prepare/tissue_contrasts.ts";
import {
  makeConsensus,
  makeMeanRank,
  makeRankAggregation,
  oneOfEachFamily,
} from "../../lib/rankings/consensus/consensus.ts";
import { shapVoter } from "../../lib/rankings/consensus/shap_voter.ts";
import {
  furtherRankings,
  rankingMethods,
  voters,
} from "../../lib/rankings/methods.ts";
import { rankTissues } from "../../lib/rankings/rank_tissues.ts";
import type {
  RankingFamily,
  RankingMethod,
} from "../../lib/rankings/ranking_method.ts";
import { openStream } from "../../lib/random.ts";
import { VOTED_RANKS } from "../../lib/selection/levels.ts";
import { inputOf } from "./made_dataset.ts";

const GENES = 60;
const stream = openStream(18, "consensus");
/** Genes 0 to 2 mark t0, 3 to 5 t1, 6 to 8 t2. */
const input = inputOf(
  Array.from(
    { length: 18 },
    (_, row) =>
      Array.from(
        { length: GENES },
        (_, gene) =>
          3 + stream.uniform() + (Math.floor(gene / 3) === row % 3 ? 2 : 0),
      ),
  ),
  Array.from({ length: 18 }, (_, row) => row % 3),
);

/** A ranking of the genes by a score that a test makes up. */
function voter(
  name: string,
  family: RankingFamily | undefined,
  score: (gene: number) => number,
): RankingMethod {
  return {
    name,
    title: name,
    score: "made up",
    family,
    hasP: false,
    rank: ({ contrasts }) =>
      contrasts.map(({ tissue }) => ({
        tissue,
        scores: Float64Array.from({ length: GENES }, (_, gene) => score(gene)),
      })),
  };
}

const byGene = voter("a", "difference", (gene) => -gene);
const alsoByGene = voter("b", "linear classifier", (gene) => -2 * gene);
const backwards = voter("c", "trees", (gene) => gene);

Deno.test("of each family one method votes, and indices alike have one vote", () => {
  assert.deepEqual(oneOfEachFamily(voters).map(({ name }) => name), [
    "limma",
    "fold_change",
    "ridge",
  ]);
  const family = (name: string) =>
    furtherRankings.find((method) => method.name === name)!.family;
  for (const name of ["tsi", "js", "ee", "pem", "tau_log", "spm", "z_score"]) {
    assert.equal(family(name), family("tau"), name);
  }
  // All but the aggregates themselves declare one.
  assert.deepEqual(
    [...rankingMethods, ...furtherRankings].filter((method) => !method.family)
      .map(({ name }) => name),
    ["consensus", "mean_rank", "robust_rank"],
  );
  const twice = voter("d", "difference", (gene) => gene);
  for (const make of [makeRankAggregation, makeMeanRank]) {
    assert.deepEqual(
      rankTissues(make([byGene, twice, alsoByGene]), input),
      rankTissues(make([byGene, alsoByGene]), input),
    );
  }
});

Deno.test("the scores are those of the formulas, gene by gene", () => {
  const methods = [byGene, alsoByGene, backwards];
  const up = input.contrasts[0].log2FoldChange;
  const own = Array.from(up.keys()).filter((gene) => up[gene] > 0);
  const [robust] = rankTissues(makeRankAggregation(methods), input);
  const [means] = rankTissues(makeMeanRank(methods), input);
  own.forEach((gene, index) => {
    const good = (index + 1) / GENES;
    const bad = (own.length - index) / GENES;
    const tail = (x: number, k: number) =>
      k === 1
        ? 1 - (1 - x) ** 3
        : k === 2
        ? 3 * x ** 2 * (1 - x) + x ** 3
        : x ** 3;
    const rho = Math.min(
      ...[good, good, bad].sort((a, b) => a - b)
        .map((x, at) => tail(x, at + 1)),
    );
    assert.ok(Math.abs(robust.scores[gene] + Math.log10(rho)) < 1e-9);
    const p = Math.min(1, methods.length * rho);
    assert.ok(Math.abs(robust.own!.p[gene] - p) < 1e-12);
    const mean = 1 - (2 * good + bad) / 3;
    assert.ok(Math.abs(means.scores[gene] - mean) < 1e-12);
  });
  // A gene that is not higher is last in all rankings, but it was tested.
  up.forEach((change, gene) => {
    if (change > 0) return;
    assert.ok(Number.isNaN(robust.scores[gene]));
    assert.equal(robust.own!.p[gene], 1);
  });
  assert.ok(up.some((change) => !(change > 0)));
  // One that ranks backwards does not outvote the two.
  assert.equal(robust.order[0], own[0]);
});

Deno.test("a ranking without a gene does not vote, and one alone is no consensus", () => {
  const empty = voter("e", "information", () => NaN);
  const make = (...methods: RankingMethod[]) =>
    rankTissues(makeRankAggregation(methods), input);
  assert.deepEqual(
    make(byGene, alsoByGene, empty),
    make(byGene, alsoByGene),
  );
  assert.deepEqual(make(byGene, empty), []);
  const noFamily = voter("f", undefined, (gene) => gene);
  assert.deepEqual(
    make(byGene, alsoByGene, noFamily),
    make(byGene, alsoByGene),
  );
});

Deno.test("SHAP's ranks and the simple ones' have half of the vote each", () => {
  const consensus = makeConsensus([shapVoter], [byGene, alsoByGene]);
  const own = (tissue: number) => {
    const up = input.contrasts[tissue].log2FoldChange;
    return [...up.keys()].filter((gene) => up[gene] > 0);
  };
  const [first, second, third] = own(0);
  // Of t1 SHAP has no list, so the others vote alone.
  const shap = new Map([["t0", [third, first]], ["t2", own(2)]]);
  const ranked = rankTissues(consensus, { ...input, shap });
  const score = (gene: number) => ranked[0].scores[gene];
  const near = (found: number, right: number) =>
    assert.ok(Math.abs(found - right) < 1e-12, `${found} is not ${right}`);
  // By SHAP 2, none and 1; by each of the others 1, 2 and 3; of 60.
  near(score(first), 1 - (2 / 60 + 1 / 60) / 2);
  near(score(second), 1 - (1 + 2 / 60) / 2);
  near(score(third), 1 - (1 / 60 + 3 / 60) / 2);
  assert.deepEqual([...ranked[0].order.slice(0, 3)], [first, third, second]);
  const simple = rankTissues(makeMeanRank([byGene, alsoByGene]), input);
  assert.deepEqual(ranked[1], simple[1]);
  assert.notDeepEqual(ranked[0].scores, simple[0].scores);
  // Without any list of SHAP, in all tissues.
  assert.deepEqual(rankTissues(consensus, { ...input }), simple);
  // It takes networks, which nobody trains on a part of the samples.
  assert.equal(consensus.isQuick!(input), false);
});

Deno.test("those of a side that vote share its part, and parts may differ", () => {
  const empty = voter("e", "information", () => NaN);
  const byNetworks = [backwards, voter("i", "network", (gene) => -gene)];
  const up = input.contrasts[0].log2FoldChange;
  const own = Array.from(up.keys()).filter((gene) => up[gene] > 0);
  const scoreOfFirst = (...args: Parameters<typeof makeConsensus>) =>
    rankTissues(makeConsensus(...args), input)[0].scores[own[0]];
  const near = (found: number, right: number) =>
    assert.ok(Math.abs(found - right) < 1e-12, `${found} is not ${right}`);
  // The first gene's rank is 1 by all but the one that ranks backwards.
  const [first, last] = [1 / GENES, own.length / GENES];
  const parts = { networks: 3, simple: 1 };
  near(
    scoreOfFirst(byNetworks, [byGene, alsoByGene, empty]),
    1 - ((last + first) / 2 + first) / 2,
  );
  near(
    scoreOfFirst([backwards, empty], [byGene, alsoByGene], parts),
    1 - (3 * last + first) / 4,
  );
  near(scoreOfFirst([backwards], [byGene], parts), 1 - (3 * last + first) / 4);
  // One voter is not outvoted by those that would have voted beside the other.
  near(scoreOfFirst([backwards], [byGene, empty]), 1 - (last + first) / 2);
});

Deno.test("SHAP votes by its first genes only, as many as a fold's file has", () => {
  const genes = VOTED_RANKS + 2;
  const list = Array.from({ length: genes }, (_, gene) => gene);
  const [{ scores }] = shapVoter.rank({
    dataset: { ...input.dataset, genes: list.map(String) },
    rows: [],
    contrasts: input.contrasts,
    shap: new Map([["t0", list]]),
  });
  assert.equal(scores[VOTED_RANKS - 1], 1 - VOTED_RANKS);
  assert.deepEqual([...scores.slice(VOTED_RANKS)], [NaN, NaN]);
});

Deno.test("equal scores share their rank: ids do not decide", () => {
  const same = voter("g", "t test", () => 1);
  const scores =
    rankTissues(makeMeanRank([same, voter("h", "trees", () => 2)]), {
      ...input,
    })[0];
  const known = scores.scores.filter((score) => !Number.isNaN(score));
  assert.equal(new Set(known).size, 1);
});

Deno.test("the voters need nothing that only one stage knows", () => {
  const { toLinear: _, ...without } = input;
  for (const make of [makeRankAggregation, makeMeanRank]) {
    assert.deepEqual(
      rankTissues(make(voters), without),
      rankTissues(make(voters), input),
    );
  }
});

Deno.test("a part is scored as it would be alone, to the last bit", () => {
  const rows = input.rows.filter((row) => row % 6 < 4 || row > 11);
  const part = {
    ...input,
    rows,
    contrasts: tissueContrasts(input.dataset, rows),
  };
  assert.equal(takeRows(input.dataset, rows).length, rows.length * GENES);
  for (const make of [makeRankAggregation, makeMeanRank]) {
    const method = make(voters);
    assert.ok(method.isQuick!(input));
    const scored = method.forParts!(input)(part);
    const alone = make(voters).rank({ ...part });
    assert.deepEqual(
      scored.map(({ tissue, scores }) => ({ tissue, scores })),
      alone.map(({ tissue, scores }) => ({ tissue, scores })),
    );
  }
});

Deno.test("it finds what marks the tissues", () => {
  for (
    const method of [
      makeConsensus([shapVoter], voters),
      makeMeanRank(voters),
      makeRankAggregation(voters),
    ]
  ) {
    rankTissues(method, input).forEach(({ order }, t) => {
      assert.deepEqual(
        [...order.slice(0, 3)].sort((a, b) => a - b),
        [3 * t, 3 * t + 1, 3 * t + 2],
        method.name,
      );
    });
  }
});
