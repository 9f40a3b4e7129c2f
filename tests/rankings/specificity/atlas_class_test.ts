/** Classes are those of TissueEnrich's algorithm and of the atlas's rule. */

import assert from "node:assert/strict";
import {
  atlasClass,
  atlasClass2015,
} from "../../../lib/rankings/specificity/atlas_class.ts";
import { aboveGap } from "../../../lib/rankings/specificity/rows.ts";
import golden from "../../fixtures/statistics/specificity.json" with {
  type: "json",
};

Deno.test("classes since 2019 and of 2015, with the tissues they name", () => {
  for (const { profile, atlas, atlas2015 } of golden.profiles) {
    const found = (of: typeof atlasClass) => {
      const { class: name, tissues } = of(profile);
      return [name, [...tissues]];
    };
    assert.deepEqual(found(atlasClass), atlas, profile.join());
    assert.deepEqual(found(atlasClass2015), atlas2015, profile.join());
  }
  const seen = new Set(golden.profiles.flatMap(({ atlas, atlas2015 }) => [
    `now ${atlas[0]}`,
    `2015 ${atlas2015[0]}`,
  ]));
  // All but none is in the file, so that each rule is tested.
  assert.equal(seen.size, 5 + 6);
});

Deno.test("the tissues above the widest gap", () => {
  assert.deepEqual(aboveGap([1, 9, 8, 2]), [1, 2]);
  assert.deepEqual(aboveGap([5, 5]), []);
  assert.deepEqual(aboveGap([0, 2, 4]), [2]);
});
