/** Demos that are too large are refused before memory is asked for. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { designStudies } from "../../lib/simulate/design.ts";
import { checkOptions } from "../../lib/simulate/options.ts";
import { simulateParameters } from "../../lib/simulate/parameters.ts";
import { simulateStage } from "../../lib/simulate/stage.ts";
import { refusal } from "../prepare/user_files.ts";

const defaults = checkOptions({}).options;

for (
  const [what, given, message] of [
    [
      "many samples",
      { samples: 300_000, genes: 30_000 },
      /^Cannot simulate 300,000 samples x 30,000 genes of 8 tissues in 6 studies: that would take 72 GB of memory, and the limit is 8\.6 GB$/,
    ],
    [
      "many genes",
      { samples: 30_000, genes: 100_000 },
      /30,000 samples x 100,000 genes/,
    ],
    [
      "many tissues and studies",
      { samples: 6000, genes: 200_000, tissues: 1000, studies: 1000 },
      /1000 tissues in 1000 studies/,
    ],
  ] as const
) {
  Deno.test(`simulate: ${what} are refused, and the remedy is enough`, () => {
    // By the check that comes before any stage runs.
    const check = (flags: object) =>
      simulateStage.check!({ ...defaults, ...given, planted: 1, ...flags });
    assert.throws(() => check({}), (error: unknown) => {
      assert.ok(refusal(message)(error));
      const { flags } = (error as { rerun: { flags: object } }).rerun;
      assert.doesNotThrow(() => check(flags));
      return true;
    });
  });
}

Deno.test("simulate: the largest study that fits is taken", () => {
  assert.doesNotThrow(() =>
    checkOptions({ samples: 50_000, genes: 20_000, tissues: 54 })
  );
});

Deno.test("simulate: as many samples as the flag takes are designed", () => {
  const samples = simulateParameters.samples.maximum!;
  const design = designStudies(
    { samples, tissues: 3, studies: 3, imbalance: 1, confounded: true },
    new RandomStream(1),
  );
  assert.equal(design.samples.length, samples);
});
