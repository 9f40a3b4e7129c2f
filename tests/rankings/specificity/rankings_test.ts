/** Rankings by indices of specificity, and which of them are one ranking. */

import assert from "node:assert/strict";
import { rankTissues } from "../../../lib/rankings/rank_tissues.ts";
import { specificityRankings } from "../../../lib/rankings/specificity/rankings.ts";
import {
  measureSpecificity,
  summarizeSpecificity,
} from "../../../lib/rankings/specificity/rows.ts";
import { RandomStream } from "../../../lib/random.ts";
import { inputOf } from "../made_dataset.ts";

const toLinear = (value: number) => Math.max(0, 2 ** value - 1);

function made() {
  const stream = new RandomStream(7);
  const tissues = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3];
  const base = Array.from({ length: 90 }, () => stream.uniform() ** 3 * 200);
  const samples = tissues.map((tissue) =>
    base.map((mean, gene) =>
      Math.log2(
        1 + mean * (0.5 + stream.uniform()) * (gene % 7 === tissue ? 9 : 1),
      )
    )
  );
  return inputOf(samples, tissues, toLinear);
}

const methodOf = (name: string) =>
  specificityRankings.find((method) => method.name === name)!;

Deno.test("TSI, JS, EE and PEM order the genes of a tissue alike", () => {
  const input = made();
  for (const suffix of ["", "_log"]) {
    const orders = ["tsi", "js", "ee", "pem"].map((name) =>
      rankTissues(methodOf(name + suffix), input)
        .map(({ order }) => order.join())
    );
    for (const order of orders) assert.deepEqual(order, orders[0]);
    assert.notDeepEqual(
      rankTissues(methodOf(`spm${suffix}`), input)
        .map(({ order }) => order.join()),
      orders[0],
    );
  }
  assert.equal(specificityRankings.length, 14);
});

Deno.test("tau lists a gene in the tissue of its largest mean only", () => {
  const input = made();
  const found = methodOf("tau").rank(input);
  const measured = measureSpecificity(input);
  measured.forEach((gene, column) =>
    found.forEach(({ scores }, t) =>
      assert.ok(
        t === gene!.home
          ? Math.abs(scores[column] - gene!.linear.tau!) < 1e-15
          : Number.isNaN(scores[column]),
      )
    )
  );
});

Deno.test("values below 0 have no index, and zeros have 0", () => {
  const input = inputOf([[-1, 0, 5], [-1, 0, 5], [2, 0, 0]], [0, 0, 1]);
  const [below, zeros, only] = measureSpecificity(input);
  assert.equal(below, null);
  assert.equal(zeros!.linear.tau, 0);
  assert.equal(zeros!.linear.pem, null);
  assert.equal(only!.linear.tau, 1);
  assert.equal(only!.atlas.class, "enriched");
  assert.deepEqual(summarizeSpecificity([below, zeros, only]), {
    genes: 2,
    specific_linear: 1,
    specific_log: 1,
    atlas: [
      { class: "enriched", genes: 1 },
      { class: "not detected", genes: 1 },
    ],
    atlas_2015: [
      { class: "enriched", genes: 1 },
      { class: "not detected", genes: 1 },
    ],
  });
  for (const method of specificityRankings) {
    for (const { scores } of method.rank(input)) {
      assert.ok(Number.isNaN(scores[0]), method.name);
    }
  }
});

Deno.test("a single tissue has no index", () => {
  const input = inputOf([[1, 2], [3, 4]], [0, 0]);
  assert.deepEqual(measureSpecificity(input), []);
  assert.equal(summarizeSpecificity([]), null);
  for (const method of specificityRankings) {
    assert.deepEqual(method.rank(input), []);
  }
});
