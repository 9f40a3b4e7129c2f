/** Which training samples are explained. */

import assert from "node:assert/strict";
import type { Dataset, Split } from "../../lib/prepare/dataset.ts";
import { RandomStream } from "../../lib/random.ts";
import { testRows, trainingRows } from "../../lib/shap/explained_rows.ts";

/** A tissue, a group and a part a sample; ids in the order given. */
function datasetOf(
  samples: readonly (readonly [string, string, string, Split])[],
): Dataset {
  const split = samples.map(([, , , part]) => part);
  return {
    sampleIds: samples.map(([id]) => id),
    tissues: samples.map(([, tissue]) => tissue),
    groups: samples.map(([, , group]) => group),
    split,
    folds: [{ fold: 1, split }],
  } as unknown as Dataset;
}

const samples = Array.from(
  { length: 40 },
  (_, index): [string, string, string, Split] => [
    `s${String(index).padStart(2, "0")}`,
    index % 2 === 0 ? "leaf" : "root",
    // Three quarters of the leaves are of one study.
    index % 8 < 6 ? "large" : "small",
    index < 10 ? "test" : index < 14 ? "validation" : "train",
  ],
);

/** The ids of the chosen samples. */
function chosen(
  rows: readonly (readonly [string, string, string, Split])[],
  perTissue: number,
  seed = 1,
): string[] {
  const dataset = datasetOf(rows);
  return Array.from(
    trainingRows(dataset, dataset.folds[0], perTissue, new RandomStream(seed)),
    (row) => dataset.sampleIds[row],
  );
}

Deno.test("as many training samples of each tissue, none of them tested", () => {
  const ids = chosen(samples, 4);
  assert.equal(ids.length, 8);
  assert.equal(new Set(ids).size, 8);
  const rows = ids.map((id) => samples.find(([own]) => own === id)!);
  assert.equal(rows.filter(([, tissue]) => tissue === "leaf").length, 4);
  assert.ok(rows.every(([, , , part]) => part !== "test"));
  assert.deepEqual(ids, ids.toSorted());
});

Deno.test("a tissue with fewer samples gives all that it has", () => {
  assert.equal(chosen(samples, 1000).length, 30);
});

Deno.test("the samples are spread over the groups", () => {
  for (const seed of [1, 2, 3, 4]) {
    const groups = chosen(samples, 4, seed)
      .map((id) => samples.find(([own]) => own === id)!)
      .filter(([, tissue]) => tissue === "leaf")
      .map(([, , group]) => group);
    assert.equal(groups.filter((group) => group === "small").length, 2);
  }
});

Deno.test("the choice depends on the seed, not on the order of rows", () => {
  assert.deepEqual(chosen(samples.toReversed(), 4), chosen(samples, 4));
  assert.notDeepEqual(chosen(samples, 4, 2), chosen(samples, 4));
});

Deno.test("the test samples are all of the fold's, by id", () => {
  const dataset = datasetOf(samples.toReversed());
  assert.deepEqual(
    Array.from(
      testRows(dataset, dataset.folds[0]),
      (row) => dataset.sampleIds[row],
    ),
    samples.slice(0, 10).map(([id]) => id),
  );
});
