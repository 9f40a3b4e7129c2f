/** Parts of samples have their sizes, and all kinds in their shares. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  dealWithinKinds,
  evenSizes,
  stratify,
  thinOut,
} from "../../lib/confounding/parts.ts";
import { RandomStream } from "../../lib/random.ts";
import { SEED } from "../fuzz.ts";

Deno.test("parts have the sizes asked for, and each kind in its share", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      fc.nat(),
      (wanted, kindCounts, seed) => {
        const kinds = kindCounts.flatMap((count, kind) =>
          Array.from({ length: count }, () => kind)
        );
        const total = kinds.length;
        // Sizes in the ratios wanted that add up to the samples.
        const sum = wanted.reduce((a, b) => a + b, 0);
        let before = 0;
        let taken = 0;
        const sizes = wanted.map((own) => {
          before += own;
          const end = Math.floor(total * before / sum);
          const size = end - taken;
          taken = end;
          return size;
        });
        const samples = [...kinds.keys()];
        const parts = stratify(samples, sizes, kinds, new RandomStream(seed));
        assert.deepEqual(parts.map(({ length }) => length), sizes);
        assert.deepEqual(parts.flat().sort((a, b) => a - b), samples);
        for (const [part, own] of parts.entries()) {
          kindCounts.forEach((count, kind) => {
            const share = count * sizes[part] / total;
            const found = own.filter((at) => kinds[at] === kind).length;
            assert.ok(Math.abs(found - share) < parts.length + 1);
          });
        }
      },
    ),
    { seed: SEED },
  );
});

Deno.test("a kind of five has one in each of five parts", () => {
  const kinds = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
  const parts = stratify(
    [...kinds.keys()],
    evenSizes(12, 5),
    kinds,
    new RandomStream(4),
  );
  assert.deepEqual(evenSizes(12, 5), [2, 2, 3, 2, 3]);
  for (const part of parts) {
    assert.equal(part.filter((at) => kinds[at] === 0).length, 1);
  }
});

Deno.test("what is taken of many has all kinds in their shares", () => {
  const kinds = Array.from({ length: 90 }, (_, at) => at % 3 === 0 ? 1 : 0);
  const samples = [...kinds.keys()];
  const few = thinOut(samples, 30, kinds, new RandomStream(1));
  assert.equal(few.length, 30);
  assert.equal(new Set(few).size, 30);
  assert.equal(few.filter((at) => kinds[at] === 1).length, 10);
  assert.deepEqual(thinOut(samples, 90, kinds, new RandomStream(1)), samples);
});

Deno.test("samples dealt again stay among those of their kind", () => {
  const kinds = [0, 0, 0, 0, 1, 1, 1, 2];
  const parts = [[0, 1, 4], [2, 7], [3, 5, 6]];
  const kindsOf = (samples: readonly number[]) =>
    samples.map((sample) => kinds[sample]);
  const seen = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const dealt = dealWithinKinds(parts, kinds, new RandomStream(seed));
    assert.deepEqual(dealt.map(kindsOf), parts.map(kindsOf));
    assert.deepEqual(dealt.flat().sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
    seen.add(JSON.stringify(dealt));
  }
  assert.ok(seen.size > 10, `${seen.size}`);
});
