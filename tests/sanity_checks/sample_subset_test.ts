import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { chooseSamples } from "../../lib/sanity_checks/sample_subset.ts";

const TISSUES = ["leaf", "root", "seed"];
const candidates = Array.from({ length: 40 }, (_, index) => ({
  sampleId: `s${index}`,
  tissue: TISSUES[index < 3 ? 0 : 1],
}));

Deno.test("each tissue gives so many samples, or all it has", () => {
  const chosen = chooseSamples(candidates, TISSUES, 5, new RandomStream(1));
  const ofTissue = (tissue: string) =>
    chosen.filter((sample) => sample.tissue === tissue);
  assert.deepEqual(ofTissue("leaf").map(({ sampleId }) => sampleId), [
    ...["s0", "s1", "s2"],
  ]);
  assert.equal(
    new Set(ofTissue("root").map(({ sampleId }) => sampleId)).size,
    5,
  );
  assert.equal(chosen.length, 8);
});

Deno.test("the choice depends on the seed and not on the order of samples", () => {
  const ids = (from: typeof candidates, seed: number) =>
    chooseSamples(from, TISSUES, 5, new RandomStream(seed))
      .map(({ sampleId }) => sampleId);
  const once = ids(candidates, 1);
  assert.deepEqual(ids(candidates.toReversed(), 1), once);
  assert.notDeepEqual(ids(candidates, 2), once);
  // Another tissue's samples have no say.
  const roots = candidates.filter(({ tissue }) => tissue === "root");
  assert.deepEqual(ids(roots, 1), once.slice(3));
});
