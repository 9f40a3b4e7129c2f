import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { listDecoys } from "../../lib/selection/half_frequencies.ts";
import {
  compareKnockoffs,
  knockoffCandidates,
  knockoffColumns,
  knockoffThreshold,
} from "../../lib/selection/knockoffs.ts";

/** The definition, for every threshold that a difference has. */
function slowThreshold(all: Float64Array, rate: number): number | null {
  const passing = [...new Set(all.map(Math.abs))].filter((t) =>
    t > 0 &&
    (1 + all.filter((value) => value <= -t).length) /
          all.filter((value) => value >= t).length <= rate
  );
  return passing.length === 0 ? null : Math.min(...passing);
}

Deno.test("the threshold is the least one that keeps the rate", () => {
  const some = Float64Array.from([9, 8, 7, 6, -5, 4, 3, 0, -2, -1]);
  // (1 + 0) / 4, and with 4 and 3 below -5: (1 + 1) / 6.
  assert.equal(knockoffThreshold(some, 0.25), 6);
  assert.equal(knockoffThreshold(some, 0.34), 3);
  assert.equal(knockoffThreshold(some, 0.2), null);
  assert.equal(knockoffThreshold(new Float64Array(3), 0.5), null);
  // 29 / 100 is the rate itself, but 0.29 * 100 is less than 29.
  const exact = Float64Array.from(
    { length: 128 },
    (_, gene) => gene < 28 ? -2 : 1 + gene / 64,
  );
  assert.equal(knockoffThreshold(exact, 0.29), 1 + 28 / 64);
});

Deno.test("equal differences pass together: as by the definition", () => {
  const stream = new RandomStream(8);
  for (let trial = 0; trial < 300; trial++) {
    const all = Float64Array.from(
      { length: 1 + stream.integer(40) },
      () => stream.integer(13) - 4,
    );
    const rate = 0.05 + 0.5 * stream.uniform();
    assert.equal(knockoffThreshold(all, rate), slowThreshold(all, rate));
  }
});

Deno.test("with signs by chance for null genes the rate is kept", () => {
  const stream = new RandomStream(21);
  const shares: number[] = [];
  for (let trial = 0; trial < 400; trial++) {
    // The first 30 genes tell something, the other 200 do not.
    const all = Float64Array.from(
      { length: 230 },
      (_, gene) =>
        gene < 30
          ? 2 + stream.uniform()
          : (stream.uniform() < 0.5 ? 1 : -1) * 3 * stream.uniform(),
    );
    const threshold = knockoffThreshold(all, 0.2) ?? Infinity;
    const listed = [...all.keys()].filter((gene) => all[gene] >= threshold);
    const wrong = listed.filter((gene) => gene >= 30).length;
    shares.push(wrong / Math.max(1, listed.length));
  }
  const mean = shares.reduce((sum, share) => sum + share / 400, 0);
  assert.ok(mean < 0.2, `${mean}`);
  assert.ok(mean > 0.05, `${mean}: it should find some`);
});

Deno.test("a gene is compared with its own knockoff, and only where both may rank", () => {
  const decoys = [2, 0, 1].map((source) => ({
    name: `knockoff_${source}`,
    source,
    kind: "knockoff" as const,
  }));
  const knockoffOf = knockoffColumns(decoys);
  assert.deepEqual(knockoffOf, Uint32Array.of(1, 2, 0));
  assert.equal(
    knockoffColumns(decoys.map((own) => ({ ...own, kind: "noise" }))),
    null,
  );
  const scores = {
    genes: Float32Array.of(8, 2, 4),
    decoys: Float32Array.of(1, 2, 16),
    tissueOf: ["leaf"],
    knockoffOf,
  };
  const [all] = compareKnockoffs(scores, ["leaf", "root"], 0.5);
  assert.deepEqual([...all.differences], [6, -14, 3]);
  const compared = compareKnockoffs(
    {
      ...scores,
      candidates: new Map([["leaf", Uint8Array.of(1, 0, 1)]]),
      decoyCandidates: new Map([["leaf", Uint8Array.of(0, 1, 0)]]),
    },
    ["leaf"],
    0.5,
  );
  // The second gene and its knockoff are lower in leaf.
  assert.deepEqual([...compared[0].differences], [6, 0, 4]);
  assert.equal(compared[0].threshold, 4);
  assert.deepEqual(
    knockoffCandidates(compared),
    new Map([["leaf", Uint8Array.of(1, 0, 1)]]),
  );
  assert.deepEqual(
    compareKnockoffs({ ...scores, knockoffOf: null }, ["leaf"], 0.5),
    [],
  );
});

Deno.test("a half of the samples does not rank knockoffs", () => {
  const ranked = [{
    tissue: "leaf",
    order: Uint32Array.of(1, 0),
    medians: Float64Array.of(1, 2),
    samples: 1,
  }];
  const scores = {
    genes: Float32Array.of(1, 2),
    decoys: Float32Array.of(3, 1.5),
    tissueOf: ["leaf"],
  };
  const ranksOf = (knockoffOf: Uint32Array | null) =>
    listDecoys(ranked, { ...scores, knockoffOf }, ["leaf"])[0].decoys;
  assert.deepEqual(ranksOf(null), Uint32Array.of(1, 2));
  assert.deepEqual(ranksOf(Uint32Array.of(0, 1)), new Uint32Array());
});
