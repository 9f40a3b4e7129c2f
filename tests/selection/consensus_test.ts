import assert from "node:assert/strict";
import { BlockScores } from "../../lib/shap/block_scores.ts";
import {
  consensusDepth,
  consensusGenes,
  type ConsensusOptions,
} from "../../lib/selection/consensus.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";

const GENES = 30;
const ids = Array.from({ length: GENES }, (_, gene) => `g${gene}`);
const columns = Uint32Array.from(ids.keys());

/** Scores by which three genes are the best ones, in this order. */
function bestOf(...genes: number[]): number[] {
  return ids.map((_, gene) => {
    const at = genes.indexOf(gene);
    return at < 0 ? -gene : 10 - at;
  });
}

/** Explains samples of one tissue; `of(sample, member)` gives the scores. */
function explained(
  samples: number,
  ensemble: number,
  of: (sample: number, member: number) => number[],
  candidates: ReadonlyMap<string, Uint8Array> | null = null,
): Omit<ConsensusOptions, "foldOf" | "minSamples"> {
  const scores = new BlockScores(
    { samples, columns: GENES, blocks: 1, ensemble },
  );
  for (let sample = 0; sample < samples; sample++) {
    for (let member = 0; member < ensemble; member++) {
      scores.add(sample, member, Float64Array.from(of(sample, member)));
    }
  }
  scores.endRound(1);
  const tissueOf = Array.from({ length: samples }, () => "leaf");
  const tissues = ["leaf"];
  return {
    compared: { scores, columns, tissueOf, tissues, candidates },
    ranked: rankGenes(
      scores.ofAll(columns),
      tissueOf,
      tissues,
      ids,
      candidates,
    ),
    ids,
    top: 3,
  };
}

Deno.test("the genes that 80 % of the networks have among their best", () => {
  // A tenth of 30 genes. Gene 1 is named by 5 of 5 networks, gene 2 by 4.
  const best = [[1, 2, 3], [2, 1, 3], [1, 2, 4], [1, 2, 5], [1, 6, 7]];
  const [leaf] = consensusGenes({
    ...explained(1, 5, (_, member) => bestOf(...best[member])),
    foldOf: [1],
    minSamples: 1,
  });
  assert.equal(leaf.voters, 5);
  // Each of 5 unrelated rankings has one of 30 genes among its 3 best with
  // probability 0.1: 4 have it with 5 * 0.1^4 * 0.9 = 0.00045, 5 with 0.00001.
  assert.ok(Math.abs(leaf.chanceGenes - 30 * 0.00046) < 1e-12);
  assert.deepEqual(leaf.genes, [
    { gene: 1, share: 1, shapRank: 1 },
    { gene: 2, share: 0.8, shapRank: 2 },
  ]);
});

Deno.test("a network of a fold ranks by the samples that it explains, if they are enough", () => {
  // Fold 1 has samples 0 to 2, fold 2 samples 3 to 5, fold 3 sample 6 alone.
  const best = (sample: number) =>
    sample < 3 ? [1, 2, 3] : sample < 6 ? [1, 2, 4] : [7, 8, 9];
  const options = {
    ...explained(7, 1, (sample) => bestOf(...best(sample))),
    foldOf: [1, 1, 1, 2, 2, 2, 3],
  };
  const [three] = consensusGenes({ ...options, minSamples: 3 });
  assert.equal(three.voters, 2);
  assert.deepEqual(three.genes!.map(({ gene }) => gene), [1, 2]);
  const [one] = consensusGenes({ ...options, minSamples: 1 });
  assert.equal(one.voters, 3);
  assert.deepEqual(one.genes, []);
  // No two networks explain four samples.
  const [four] = consensusGenes({ ...options, minSamples: 4 });
  assert.deepEqual([four.voters, four.genes], [0, null]);
});

Deno.test("of an ensemble in folds each member votes, by the samples of all folds", () => {
  const [leaf] = consensusGenes({
    ...explained(2, 3, () => bestOf(5, 6, 7)),
    foldOf: [1, 2],
    // No fold alone has so many.
    minSamples: 2,
  });
  assert.equal(leaf.voters, 3);
  assert.deepEqual(
    leaf.genes!.map(({ gene, shapRank }) => [gene, shapRank]),
    [[5, 1], [6, 2], [7, 3]],
  );
});

Deno.test("genes that may not be ranked are in no consensus", () => {
  const up = new Map([
    ["leaf", Uint8Array.from(columns, (gene) => gene === 5 ? 0 : 1)],
  ]);
  const [leaf] = consensusGenes({
    ...explained(1, 2, () => bestOf(5, 6, 7), up),
    foldOf: [1],
    minSamples: 1,
  });
  assert.deepEqual(leaf.genes!.map(({ gene }) => gene), [6, 7]);
});

Deno.test("a voter names no more genes than the lists hold", () => {
  assert.equal(consensusDepth(1797, 50), 50);
  assert.equal(consensusDepth(1797, 400), 100);
  assert.equal(consensusDepth(300, 50), 30);
});
