/** The methods of drawing that the bench compares, and their comparison. */

import assert from "node:assert/strict";
import { equivalentDraws } from "../../bench/draws/page.ts";
import { methods, reference } from "../../bench/draws/methods.ts";
import { alphaDraws, backgroundDraws, controls } from "../../lib/shap/draws.ts";
import { shapParameters } from "../../lib/shap/parameters.ts";

Deno.test("half the variance corresponds to twice the draws", () => {
  const counts = [10, 20, 50, 100];
  const first = counts.map((count) => 3 / Math.sqrt(count));
  const times = (share: number) =>
    equivalentDraws(first.map((error) => error * share), first, counts);
  assert.ok(Math.abs(times(1) - 1) < 1e-12);
  assert.ok(Math.abs(times(Math.SQRT1_2) - 2) < 1e-12);
});

Deno.test("every method draws as described, in blocks of equal size", () => {
  const source = {
    classes: Int32Array.from({ length: 12 }, (_, row) => row % 3),
    density: Float64Array.of(0.5, 1.5),
  };
  for (const method of [...methods, reference]) {
    const draws = method.draw(3, source, 40);
    assert.equal(draws.length, 40);
    const sizes = new Array(10).fill(0);
    for (const { block } of draws) sizes[block]++;
    assert.deepEqual(sizes, new Array(10).fill(4));
    assert.ok(draws.every(({ row }) => row >= 0 && row < 12));
    assert.deepEqual(method.draw(3, source, 40), draws);
  }
  // Without replacement: three passes and four rows of a fourth.
  const passes = methods.find(({ id }) => id === "stratified, passes")!;
  const counts = new Array(12).fill(0);
  for (const { row } of passes.draw(3, source, 40)) counts[row]++;
  assert.deepEqual(
    counts.sort((a, b) => a - b),
    [3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4],
  );
});

Deno.test("the default method differs from its neighbor by the control alone", () => {
  const source = {
    classes: Int32Array.of(0, 1, 1, 2),
    density: Float64Array.of(0.5, 1.5),
  };
  const [plain, corrected] = methods.slice(-3);
  assert.deepEqual([plain.corrected, corrected.corrected], [false, true]);
  assert.equal(plain.stream, corrected.stream);
  assert.deepEqual(plain.draw(3, source, 20), corrected.draw(3, source, 20));
  const { alphas, backgrounds, control } = shapParameters;
  assert.equal(
    corrected.flags,
    `--alphas ${alphas.default} --backgrounds ${backgrounds.default} ` +
      `--control ${control.default}`,
  );
});

Deno.test("the flags on the page are flags of the stage", () => {
  const values: readonly string[] = [
    ...alphaDraws,
    ...backgroundDraws,
    ...controls,
  ];
  for (const { flags } of methods) {
    for (const word of flags?.split(" ") ?? []) {
      assert.ok(
        ["--alphas", "--backgrounds", "--control", ...values].includes(word),
        word,
      );
    }
  }
});
