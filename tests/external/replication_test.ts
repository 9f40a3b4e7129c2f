/** Replication counts by hand. */

import assert from "node:assert/strict";
import {
  changesThere,
  replicate,
  replicationCurves,
  type TissueEffects,
} from "../../lib/external/replication.ts";
import { summarizeReplication } from "../../lib/external/rows.ts";
import { stratifyGenes } from "../../lib/null_test/gene_strata.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";

/** Four samples, four genes, two tissues; b has a single sample. */
function smallCohort(): Dataset {
  const tissues = ["a", "a", "a", "b"];
  const split = tissues.map(() => "train" as const);
  return {
    sampleIds: ["s1", "s2", "s3", "s4"],
    genes: ["g0", "g1", "g2", "g3"],
    geneFacts: [],
    tissues,
    groups: tissues.map(() => ""),
    split,
    folds: [{ fold: 1, split }],
    // By hand, a less b: 2, 0.5, 0, -3.
    values: Float32Array.of(
      ...[5, 4, 1, 0],
      ...[6, 4.5, 1, 1],
      ...[7, 5, 1, 2],
      ...[4, 4, 1, 4],
    ),
    tissueNames: ["a", "b"],
    classOf: Int32Array.of(0, 0, 0, 1),
  };
}

Deno.test("up and two-fold by hand", () => {
  const [a, b] = changesThere(smallCohort());
  assert.deepEqual([...a.up], [1, 1, 0, 0]);
  assert.deepEqual([...a.upTwofold], [1, 0, 0, 0]);
  assert.deepEqual([...b.up], [0, 0, 0, 1]);
  assert.deepEqual([...b.upTwofold], [0, 0, 0, 1]);
});

/** Forty genes: the first half is hardly expressed. */
const means = Float64Array.from(
  { length: 160 },
  (_, gene) => gene < 80 ? 0 : 10,
);
const flags = (isSet: (gene: number) => boolean) =>
  Uint8Array.from(means, (_, gene) => +isSet(gene));
const effects: TissueEffects[] = [
  {
    tissue: "a",
    // All even genes; of the expressed ones also every fourth odd one.
    up: flags((gene) => gene % 2 === 0 || (gene >= 80 && gene % 4 === 1)),
    upTwofold: flags((gene) => gene % 4 === 0),
    significant: flags((gene) => gene < 8),
  },
  {
    tissue: "b",
    up: flags(() => true),
    upTwofold: flags(() => false),
    significant: null,
  },
];
const rankings = [{
  name: "made",
  title: "made up",
  lists: new Map([["a", [0, 1, 2, 80, 81, 83]]]),
}];

Deno.test("counts and what random genes with similar mean give", () => {
  const strata = stratifyGenes(means, new Float64Array(means.length));
  assert.equal(new Set(strata).size, 2);
  const rows = replicate(rankings, effects, means, [3, 10]);
  assert.deepEqual(rows.map(({ tissue, first }) => [tissue, first]), [
    ["a", 3],
    ["a", 10],
    ["b", 3],
    ["b", 10],
  ]);
  assert.deepEqual(rows[0], {
    ranking: "made",
    tissue: "a",
    first: 3,
    genes: 3,
    up: 2,
    up_twofold: 1,
    significant: 3,
    // Three genes of a stratum of which half, a quarter and a tenth are so.
    expected_up: 1.5,
    expected_up_twofold: 0.75,
    expected_significant: 8 / 80 + 8 / 80 + 8 / 80,
  });
  // And three of one of which three quarters and a quarter are.
  assert.equal(rows[1].genes, 6);
  assert.equal(rows[1].up, 2 + 2);
  assert.equal(rows[1].expected_up, 1.5 + 3 * 0.75);
  assert.equal(rows[1].expected_up_twofold, 6 * 0.25);
  assert.deepEqual(
    [rows[2].genes, rows[2].up, rows[2].significant, rows[2].expected_up],
    [0, 0, null, 0],
  );
});

Deno.test("the summary is the mean over the tissues that every ranking lists", () => {
  const both = [
    ...rankings,
    {
      name: "two",
      title: "of two tissues",
      lists: new Map([["a", [1, 3]], ["b", [5]]]),
    },
    { name: "none", title: "of none", lists: new Map() },
  ];
  const found = summarizeReplication(
    both,
    replicate(both, effects, means, [3]),
  );
  assert.deepEqual(found.map(({ ranking, tissues }) => [ranking, tissues]), [
    ["made", 1],
    ["two", 1],
    ["none", 0],
  ]);
  assert.equal(found[0].found!.up, 2 / 3);
  // No gene of a's; b's does not count, for the first ranking has none there.
  assert.equal(found[1].found!.up, 0);
  assert.equal(found[1].genes, 2);
  assert.deepEqual([found[2].found, found[2].genes], [null, 0]);
});

Deno.test("curves follow the lists, and stay where a list has ended", () => {
  const two = [{
    name: "two",
    title: "two",
    lists: new Map([["a", [0, 1, 3, 5]], ["b", [7]]]),
  }];
  const [{ up, upTwofold }] = replicationCurves(two, effects, [1, 2, 4]);
  assert.deepEqual(up, [1, (1 / 2 + 1) / 2, (1 / 4 + 1) / 2]);
  assert.deepEqual(upTwofold, [1 / 2, 1 / 4, 1 / 8]);
  assert.deepEqual(
    replicationCurves([{ name: "", title: "", lists: new Map() }], effects, [
      1,
    ]),
    [],
  );
});
