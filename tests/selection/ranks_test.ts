import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";

// Rows: two root samples, one leaf sample, one left out.
const scores = Float32Array.from([
  ...[1, 5, -2, 0],
  ...[3, 5, -9, 0],
  ...[-1, 0, 2, 0],
  ...[99, 99, 99, 99],
]);
const IDS = ["g1", "g2", "g3", "g4"];
const TISSUES = ["root", "root", "leaf", null];

Deno.test("genes are ranked by the median of their signed scores", () => {
  const ranked = rankGenes(scores, TISSUES, ["leaf", "root"], IDS);
  assert.deepEqual(ranked.map(({ tissue }) => tissue), ["leaf", "root"]);
  assert.deepEqual(ranked.map(({ samples }) => samples), [1, 2]);
  assert.deepEqual([...ranked[1].medians], [2, 5, -5.5, 0]);
  assert.deepEqual([...ranked[1].order], [1, 0, 3, 2]);
});

Deno.test("with candidates a ranking ends where the medians do not exceed 0", () => {
  const up = new Map([
    ["leaf", Uint8Array.of(1, 1, 0, 1)],
    ["root", Uint8Array.of(1, 0, 1, 1)],
  ]);
  const ranked = rankGenes(scores, TISSUES, ["leaf", "root"], IDS, up);
  // Leaf has -1, 0, 2, 0, but the third is lower there than elsewhere.
  assert.deepEqual(ranked.map(({ order }) => [...order]), [[], [0]]);
  assert.deepEqual([...ranked[1].medians], [2, 5, -5.5, 0]);
  // A tissue that could not be compared has no candidate.
  const [, unknown] = rankGenes(
    scores,
    TISSUES,
    ["leaf", "root"],
    IDS,
    new Map(),
  );
  assert.equal(unknown.order.length, 0);
});

Deno.test("genes of equal median are in the order of their ids, by code unit", () => {
  const even = Float32Array.of(1, 1, 2, 1);
  const orderOf = (
    ids: string[],
  ) => [...rankGenes(even, ["leaf"], ["leaf"], ids)[0].order];
  assert.deepEqual(orderOf(["a", "b", "c", "d"]), [2, 0, 1, 3]);
  // Capitals come before small letters, and "10" before "9".
  assert.deepEqual(orderOf(["b", "B", "c", "a"]), [2, 1, 3, 0]);
  assert.deepEqual(orderOf(["g9", "g10", "c", "g1"]), [2, 3, 1, 0]);
});

Deno.test("moving the columns moves no gene in the ranks", () => {
  const GENES = 40;
  const stream = new RandomStream(11);
  const ids = Array.from({ length: GENES }, (_, gene) => `gene ${gene}`);
  const tissueOf = ["a", "b", "a", "b", "b"];
  // Few different scores, so that there are many ties.
  const matrix = Float32Array.from(
    { length: tissueOf.length * GENES },
    () => stream.integer(4) - 1,
  );
  const namesOf = (columns: readonly number[]) => {
    const moved = Float32Array.from(
      matrix,
      (_, index) =>
        matrix[Math.floor(index / GENES) * GENES + columns[index % GENES]],
    );
    const names = columns.map((column) => ids[column]);
    return rankGenes(moved, tissueOf, ["a", "b"], names)
      .map(({ order }) => Array.from(order, (gene) => names[gene]));
  };
  const columns = ids.map((_, gene) => gene);
  const expected = namesOf(columns);
  for (let round = 0; round < 20; round++) {
    assert.deepEqual(namesOf(stream.shuffle([...columns])), expected);
  }
});

Deno.test("a tissue without a ranked sample is left out", () => {
  const ranked = rankGenes(scores, TISSUES, ["ear", "root"], IDS);
  assert.deepEqual(ranked.map(({ tissue }) => tissue), ["root"]);
});
