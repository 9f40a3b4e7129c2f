/** What genes are matched by. */

import assert from "node:assert/strict";
import {
  describeWithinTissues,
  matchGenes,
} from "../../lib/null_test/gene_matching.ts";
import { drawMatched } from "../../lib/null_test/null_models/matched.ts";
import { openStream } from "../../lib/random.ts";
import { mean } from "../../lib/statistics/describe.ts";

/** A dataset of two tissues with some values, row after row. */
function datasetOf(
  values: readonly (readonly number[])[],
  split: readonly ("train" | "test")[],
  classes: readonly number[],
) {
  return {
    sampleIds: values.map((_, row) => `s${String(row).padStart(3, "0")}`),
    genes: values[0].map((_, gene) => `g${gene}`),
    values: Float32Array.from(values.flat()),
    split,
    classOf: Int32Array.from(classes),
    tissueNames: ["a", "b"],
  };
}

Deno.test("mean, zeros and spread within tissues, counted by hand", () => {
  const rows = [[1, 0], [3, 0], [10, 4], [90, 9]];
  const found = describeWithinTissues(
    datasetOf(rows, ["train", "train", "train", "test"], [0, 0, 1, 0]),
  );
  assert.deepEqual([...found.means], [14 / 3, 4 / 3]);
  assert.deepEqual([...found.zeros], [0, 2 / 3]);
  // Deviations of 1 in the one tissue and none in the other: 3 - 2 df.
  assert.deepEqual([...found.withinSds], [Math.SQRT2, 0]);
  const tested = describeWithinTissues(
    datasetOf(rows, ["test", "test", "test", "test"], [0, 0, 1, 1]),
  );
  assert.equal(tested.means[0], 26);
  assert.equal(tested.withinSds[0], Math.sqrt((1 + 1 + 2 * 40 ** 2) / 2));
  const single = describeWithinTissues(
    datasetOf(rows.slice(0, 2), ["test", "test"], [0, 1]),
  );
  assert.deepEqual([...single.withinSds], [0, 0]);
});

Deno.test("the order of the samples changes no digit", () => {
  const { uniform } = openStream(6, "order");
  const rows = Array.from(
    { length: 30 },
    () => Array.from({ length: 5 }, uniform),
  );
  const there = datasetOf(
    rows,
    rows.map(() => "test"),
    rows.map((_, i) => i % 2),
  );
  const back = {
    ...there,
    sampleIds: there.sampleIds.toReversed(),
    values: Float32Array.from(rows.toReversed().flat()),
    classOf: there.classOf.toReversed(),
  };
  assert.deepEqual(describeWithinTissues(back), describeWithinTissues(there));
});

Deno.test("matched sets vary within tissues as the set does, and less between", () => {
  // Every gene varies by its own amount within tissues; each tenth, too,
  // differs between the two tissues. The set holds 60 of these.
  const genes = 2000;
  const { uniform } = openStream(8, "genes");
  const spread = Array.from({ length: genes }, (_, gene) => 0.2 + gene % 7 / 5);
  const rows = Array.from(
    { length: 40 },
    (_, row) =>
      spread.map((sd, gene) =>
        5 + sd * Math.sqrt(12) * (uniform() - 0.5) +
        (gene % 10 === 0 && row % 2 ? 3 : 0)
      ),
  );
  const dataset = datasetOf(
    rows,
    rows.map(() => "train"),
    rows.map((_, row) => row % 2),
  );
  const tested = Uint32Array.from(
    Array.from({ length: 200 }, (_, index) => 10 * index)
      .filter((gene) => gene % 7 > 3).slice(0, 60),
  );
  const pool = { genes, size: 60, tested, strata: matchGenes(dataset) };
  const { withinSds } = describeWithinTissues(dataset);
  const within = (columns: Uint32Array) =>
    mean(Array.from(columns, (gene) => withinSds[gene]));
  const draws = Array.from(
    { length: 50 },
    (_, seed) => drawMatched(pool, seed),
  );
  const drawn = mean(draws.map(within));
  const any = mean(withinSds);
  assert.ok(within(tested) - any > 0.25, "the set varies more than any genes");
  // Within a stratum spreads differ by a twentieth of their range of 1.2.
  assert.ok(Math.abs(drawn - within(tested)) < 0.06, `${drawn}`);
  // By the total spread the draws would be the genes that differ: one of ten is.
  const specific = mean(
    draws.map((columns) =>
      columns.filter((gene) => gene % 10 === 0).length / columns.length
    ),
  );
  assert.ok(specific < 0.6, `${specific}`);
});
