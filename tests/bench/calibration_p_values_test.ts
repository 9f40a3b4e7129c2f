/** The calibration of further p-values: helpers, rates, the page, a trial. */

import assert from "node:assert/strict";
import { compareEqual } from "../../bench/calibration/p_values/classifiers.ts";
import {
  divide,
  shuffleStudies,
} from "../../bench/calibration/p_values/known_study.ts";
import {
  anyBelow,
  compareRight,
  mcNemarLevel,
  type Measured,
  shareRejected,
} from "../../bench/calibration/p_values/measured.ts";
import { formatPValuePage } from "../../bench/calibration/p_values/page.ts";
import { type RowId, testRows } from "../../bench/calibration/p_values/rows.ts";
import { testLooks } from "../../bench/calibration/p_values/set_looks.ts";
import { summarizeRows } from "../../bench/calibration/p_values/summarize.ts";
import { testRandomTerms } from "../../bench/calibration/p_values/terms.ts";
import { work } from "../../bench/calibration/p_values/worker.ts";
import { openStream } from "../../lib/random.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";

Deno.test("the attainable level of McNemar's test is the probability of its rejections", () => {
  for (const differing of [0, 5, 6, 13, 40]) {
    let weight = 1;
    let rejected = 0;
    for (let b = 0; b <= differing; b++) {
      if (exactMcNemar(b, differing - b) <= 0.05) rejected += weight;
      weight *= (differing - b) / (b + 1);
    }
    assert.ok(
      Math.abs(mcNemarLevel(differing) - rejected / 2 ** differing) < 1e-12,
      `${differing}`,
    );
  }
});

Deno.test("rejections are counted among the tests that were made", () => {
  assert.equal(shareRejected([0.05, 0.051, NaN, 0.01, 1]), 0.5);
  assert.equal(shareRejected([NaN]), 0);
  assert.equal(anyBelow([0.05, NaN]), 0);
  assert.equal(anyBelow([0.3, 0.04]), 1);
  assert.equal(anyBelow([0.08], 0.1), 1);
  const { value, attainable } = compareRight(
    "mcnemar_small",
    [true, true, true, false],
    [false, false, true, true],
  );
  assert.equal(value, exactMcNemar(2, 1));
  assert.equal(attainable, 0);
});

Deno.test("trials give a rate with Wilson's interval, shares a mean with Student's", () => {
  const repeat = (row: RowId, values: readonly number[], times: number) =>
    Array.from({ length: times }, () => values).flat()
      .map((value): Measured => ({ row, value, attainable: 0.03 }));
  const [genes, mcnemar] = summarizeRows([
    ...repeat("mcnemar_large", [0.01, ...Array(19).fill(0.5)], 20),
    ...repeat("limma", [0.04, 0.06], 2),
  ]);
  assert.equal(mcnemar.row, "mcnemar_large");
  assert.deepEqual([mcnemar.trials, mcnemar.rate], [400, 0.05]);
  assert.equal(mcnemar.words, "rejects at the nominal rate or less");
  assert.ok(Math.abs(mcnemar.attainable! - 0.03) < 1e-12);
  // scipy.stats.t.interval(0.95, 3, 0.05, scipy.stats.sem([.04, .06] * 2))
  assert.ok(Math.abs(genes.interval[0] - 0.0316255) < 1e-6);
  assert.ok(Math.abs(genes.rate - 0.05) < 1e-12);
  assert.equal(genes.words, "rejects at the nominal rate");
  const wordsOf = (row: RowId, values: readonly number[]) =>
    summarizeRows(repeat(row, values, 50))[0].words;
  assert.equal(wordsOf("limma", [0.051, 0.053]), nearly);
  assert.equal(wordsOf("limma", [0.07, 0.071]), "rejects too often");
  assert.equal(wordsOf("limma", [0.03, 0.031]), "rejects too rarely");
  assert.equal(
    wordsOf("specific_shuffled", [0.03, 0.031]),
    "rejects at the nominal rate or less",
  );
});

const nearly = "rejects at nearly the nominal rate";

Deno.test("every row has its own description", () => {
  const described = Object.values(testRows)
    .map(({ part, test, situation }) => `${part} ${test} ${situation}`);
  assert.equal(new Set(described).size, described.length);
});

Deno.test("labels are dealt within tissues", () => {
  const tissues = ["leaf", "leaf", "root", "leaf", "root", "leaf"];
  const parts = divide(
    { tissues },
    [...tissues.keys()],
    2,
    openStream(1, "divide"),
  );
  assert.deepEqual(parts.flat().sort(), [0, 1, 2, 3, 4, 5]);
  for (const rows of parts) {
    assert.equal(rows.filter((row) => tissues[row] === "root").length, 1);
  }
  const studies = ["a", "b", "c", "a", "c", "b"];
  const shuffled = shuffleStudies(
    {
      dataset: { tissues },
      studies,
      truth: [],
    } as unknown as Parameters<typeof shuffleStudies>[0],
    openStream(2, "studies"),
  );
  assert.deepEqual([shuffled[2], shuffled[4]], ["c", "c"]);
  assert.deepEqual(shuffled.toSorted(), studies.toSorted());
});

Deno.test("a trial depends only on its seed, and fills its rows", async () => {
  const found = await work({ kind: "drawn", seed: 5, repeats: 1, shuffles: 2 });
  assert.deepEqual(
    await work({ kind: "drawn", seed: 5, repeats: 1, shuffles: 2 }),
    found,
  );
  assert.deepEqual(
    new Set(found.map(({ row }) => row)),
    new Set(
      [
        ...testLooks(openStream(5, "a")),
        ...compareEqual(openStream(5, "b")),
        ...testRandomTerms(1000, openStream(5, "c")),
      ].map(({ row }) => row),
    ),
  );
  assert.ok(found.every(({ value }) => value >= 0 && value <= 1));
});

Deno.test("a simulated study fills all other rows, and the page has them", async () => {
  const results = [
    ...await work({ kind: "study", seed: 3, repeats: 1, shuffles: 2 }),
    ...await work({ kind: "drawn", seed: 3, repeats: 1, shuffles: 2 }),
  ];
  const rates = summarizeRows(results);
  assert.deepEqual(rates.map(({ row }) => row), Object.keys(testRows));
  const page = formatPValuePage({
    rates,
    flags: { studies: 1, drawn: 1, seed: 3 },
    versions: { deno: "2" },
  });
  for (const { test } of Object.values(testRows)) {
    assert.ok(page.includes(`| ${test} |`), test);
  }
});
