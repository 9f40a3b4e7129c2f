/** Half samples: of each tissue half, groups whole, in no order. */

import assert from "node:assert/strict";
import { rowsInIdOrder } from "../../../lib/prepare/order.ts";
import { RandomStream } from "../../../lib/random.ts";
import {
  countWholeGroups,
  drawHalf,
} from "../../../lib/prepare/split/half_samples.ts";
import {
  madeDataset,
  type MadeSample,
  samplesOf,
} from "../../rankings/stability/made_samples.ts";

/** The ids of one half. */
function halfOf(samples: readonly MadeSample[], seed: number): string[] {
  const dataset = madeDataset(samples);
  const rows = rowsInIdOrder(dataset.sampleIds);
  return drawHalf(dataset, rows, new RandomStream(seed))
    .map((row) => dataset.sampleIds[row]);
}

function countTissues(
  samples: readonly MadeSample[],
  ids: readonly string[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { id, tissue } of samples) {
    if (ids.includes(id)) counts[tissue] = (counts[tissue] ?? 0) + 1;
  }
  return counts;
}

/** Studies of different sizes, each with some of three tissues. */
const STUDIES: readonly MadeSample[] = [
  [12, 0, 3],
  [4, 6, 0],
  [3, 3, 3],
  [0, 8, 2],
  [5, 1, 0],
  [2, 2, 6],
].flatMap((counts, study) =>
  counts.flatMap((count, tissue) =>
    Array.from({ length: count }, (_, index) => ({
      id: `s${study}t${tissue}n${String(index).padStart(2, "0")}`,
      tissue: `t${tissue}`,
      group: `study ${study}`,
    }))
  )
);

Deno.test("of each tissue half of the samples is drawn, rounded up", () => {
  const samples = samplesOf({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 40 });
  const halves = Array.from(
    { length: 200 },
    (_, seed) => halfOf(samples, seed),
  );
  for (const half of halves) {
    assert.equal(new Set(half).size, half.length);
    assert.deepEqual(
      countTissues(samples, half),
      { a: 1, b: 2, c: 2, d: 2, e: 3, f: 20 },
    );
    assert.deepEqual(half, half.toSorted());
  }
  // Each sample is drawn about as often: 100 of 200 times, sd 7.
  for (const { id, tissue } of samples) {
    const drawn = halves.filter((half) => half.includes(id)).length;
    if (tissue === "f") assert.ok(Math.abs(drawn - 100) < 35, `${id} ${drawn}`);
  }
});

Deno.test("a half depends on its stream alone, not on the order of rows", () => {
  for (const samples of [samplesOf({ a: 7, b: 9 }), STUDIES]) {
    const turned = new RandomStream(9).shuffle([...samples]);
    const distinct = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const half = halfOf(samples, seed);
      assert.deepEqual(halfOf(turned, seed), half);
      distinct.add(half.join());
    }
    assert.ok(distinct.size > 5, `${distinct.size}`);
  }
});

Deno.test("a tissue's half does not depend on the other tissues", () => {
  const own = (counts: Record<string, number>) =>
    halfOf(samplesOf(counts), 3).filter((id) => id.startsWith("b"));
  assert.deepEqual(own({ a: 5, b: 9 }), own({ b: 9, c: 20 }));
});

Deno.test("groups of single samples are as no groups", () => {
  const samples = samplesOf({ a: 7, b: 4 });
  const donors = samples.map((sample) => ({ ...sample, group: sample.id }));
  assert.deepEqual(halfOf(donors, 5), halfOf(samples, 5));
  const dataset = madeDataset(donors);
  assert.equal(countWholeGroups(dataset, [...donors.keys()]), 0);
});

Deno.test("groups are whole, and each tissue is about halved", () => {
  const dataset = madeDataset(STUDIES);
  assert.equal(countWholeGroups(dataset, [...STUDIES.keys()]), 6);
  const largest = { t0: 12, t1: 8, t2: 6 } as Record<string, number>;
  const total = countTissues(STUDIES, STUDIES.map(({ id }) => id));
  const drawnOf = new Map<string, number>();
  const repeats = 400;
  for (let seed = 0; seed < repeats; seed++) {
    const half = new Set(halfOf(STUDIES, seed));
    const groups = Map.groupBy(STUDIES, ({ group }) => group!);
    for (const [group, own] of groups) {
      const drawn = own.filter(({ id }) => half.has(id)).length;
      assert.ok(drawn === 0 || drawn === own.length, group);
      if (drawn > 0) drawnOf.set(group, (drawnOf.get(group) ?? 0) + 1);
    }
    const counts = countTissues(STUDIES, [...half]);
    for (const [tissue, count] of Object.entries(counts)) {
      assert.ok(count >= 2, tissue);
      // No worse than the largest group can make it.
      assert.ok(
        Math.abs(count - total[tissue] / 2) <= largest[tissue],
        `${tissue} ${count} of ${total[tissue]}`,
      );
    }
    assert.equal(Object.keys(counts).length, 3);
  }
  // Large and small groups alike are in half of the halves: sd 10.
  for (const [group, drawn] of drawnOf) {
    assert.ok(Math.abs(drawn - repeats / 2) < 60, `${group} ${drawn}`);
  }
});

Deno.test("equal groups of one tissue are halved exactly", () => {
  const samples = Array.from({ length: 24 }, (_, index) => ({
    id: `s${String(index).padStart(2, "0")}`,
    tissue: "a",
    group: `donor ${Math.floor(index / 3)}`,
  }));
  for (let seed = 0; seed < 50; seed++) {
    assert.equal(halfOf(samples, seed).length, 12);
  }
});

Deno.test("no tissue is lost: its only group, and two of its samples, are kept", () => {
  const sample = (id: string, tissue: string, group: string) => ({
    id,
    tissue,
    group,
  });
  const samples = [
    // The only group of b, which has samples of a, too.
    sample("1", "b", "x"),
    sample("2", "b", "x"),
    sample("3", "a", "x"),
    sample("4", "a", "y"),
    sample("5", "a", "y"),
    sample("6", "a", "z"),
    // Two groups of c with a single sample each.
    sample("7", "c", "y"),
    sample("8", "c", "z"),
  ];
  for (let seed = 0; seed < 50; seed++) {
    const half = halfOf(samples, seed);
    assert.deepEqual(half.filter((id) => id <= "2"), ["1", "2"]);
    assert.deepEqual(half.filter((id) => id >= "7"), ["7", "8"]);
  }
});
