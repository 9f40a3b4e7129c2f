import assert from "node:assert/strict";
import { designStudies } from "../../lib/simulate/design.ts";
import { RandomStream } from "../../lib/random.ts";

const usual = {
  samples: 240,
  tissues: 8,
  studies: 6,
  imbalance: 6,
  confounded: true,
};

function design(changes: Partial<typeof usual> = {}, seed = 42) {
  const options = { ...usual, ...changes };
  const { samples, confounded } = designStudies(
    options,
    new RandomStream(seed),
  );
  const counts = Array.from(
    { length: options.tissues },
    () => new Array<number>(options.studies).fill(0),
  );
  for (const { tissue, study } of samples) counts[tissue][study]++;
  const sizes = counts.map((row) => row.reduce((sum, count) => sum + count));
  return { samples, confounded, counts, sizes };
}

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

Deno.test("design: tissues have from 10 to 64 samples", () => {
  const { samples, sizes } = design();
  assert.equal(samples.length, 240);
  assert.deepEqual(
    sizes.toSorted((a, b) => a - b),
    [10, 13, 17, 22, 29, 37, 48, 64],
  );
  assert.notDeepEqual(design({}, 7).sizes, sizes);
});

Deno.test("design: tissues of equal size, and tissues that keep 8", () => {
  const sorted = (changes: Partial<typeof usual>) =>
    design(changes).sizes.toSorted((a, b) => a - b);
  assert.deepEqual(sorted({ imbalance: 1 }), new Array(8).fill(30));
  assert.deepEqual(sorted({ samples: 36, tissues: 3 }), [8, 8, 20]);
  assert.deepEqual(sorted({ samples: 9, tissues: 3 }), [3, 3, 3]);
  const many = sorted({ samples: 100, imbalance: 50 });
  assert.equal(many.reduce((sum, size) => sum + size), 100);
  assert.equal(many[0], 8);
});

Deno.test("design: every tissue is in three studies or more, not all in all", () => {
  for (const seed of SEEDS) {
    for (const confounded of [true, false]) {
      const { counts } = design({ confounded }, seed);
      for (const row of counts) {
        assert.ok(row.filter((count) => count > 0).length >= 3);
      }
      assert.ok(counts.some((row) => row.includes(0)));
    }
    for (const studies of [1, 2, 3]) {
      const confounded = studies > 1;
      const { counts } = design({ studies, confounded }, seed);
      for (const row of counts) {
        const own = row.filter((count) => count > 0).length;
        assert.ok(own >= Math.min(studies, 3));
      }
    }
  }
});

Deno.test("design: one study holds mostly one tissue, which others hold too", () => {
  for (const seed of SEEDS) {
    const { counts, sizes, confounded } = design({}, seed);
    const { tissue, study } = confounded!;
    const held = counts.reduce((sum, row) => sum + row[study], 0);
    assert.ok(counts[tissue][study] > 0.5 * held, `seed ${seed}`);
    assert.equal(counts[tissue][study], Math.round(sizes[tissue] / 2));
  }
  assert.equal(design({ confounded: false }).confounded, undefined);
});

Deno.test("design: samples come by study, then by tissue", () => {
  const { samples } = design();
  const order = samples.map(({ tissue, study }) => 100 * study + tissue);
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
});
