import assert from "node:assert/strict";
import {
  alphaDraws,
  backgroundDraws,
  type DrawRules,
  planDraws,
} from "../../lib/shap/draws.ts";
import { RandomStream } from "../../lib/random.ts";
import { makeDraws } from "./made_draws.ts";

/** Ten rows of tissue 0, five each of 1 and 2, mixed. */
const classes = Int32Array.from(
  { length: 20 },
  (_, row) => [0, 1, 0, 2][row % 4],
);
const density = Float64Array.of(0.25, 0.25, 2, 1.5);
const source = { classes, density };

const everyRule: DrawRules[] = alphaDraws.flatMap((alphas) =>
  backgroundDraws.map((backgrounds) => ({ alphas, backgrounds }))
);

for (const rules of everyRule) {
  const words = `${rules.alphas} alphas, ${rules.backgrounds} backgrounds`;
  Deno.test(`each block estimates a known mean without bias: ${words}`, () => {
    // What is estimated depends on row and alpha together. Its mean over even
    // rows and alphas is that of row^2 / 3 + row.
    const value = (row: number, alpha: number) =>
      row ** 2 * alpha ** 2 + row * (classes[row] === 1 ? 2 * alpha : 1);
    const wanted = classes.reduce(
      (sum, _, row) => sum + (row ** 2 / 3 + row) / 20,
      0,
    );
    const runs = 4000;
    const means: number[] = [];
    for (let seed = 1; seed <= runs; seed++) {
      const draws = makeDraws(seed, source, 12, 3, rules);
      let sum = 0;
      draws.forEach(({ row, alpha, weight, block }) => {
        if (block === 1) sum += weight * value(row, alpha);
      });
      means.push(sum / 4);
    }
    const mean = means.reduce((sum, one) => sum + one, 0) / runs;
    const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) /
      (runs - 1);
    const off = (mean - wanted) / Math.sqrt(variance / runs);
    // Beyond 4 standard errors: one in 16,000 by chance.
    assert.ok(Math.abs(off) < 4, `${off} standard errors`);
  });

  Deno.test(`rows and alphas are even, once weighted: ${words}`, () => {
    const draws = makeDraws(2, source, 8000, 10, rules);
    const total = (some: typeof draws) =>
      some.reduce((sum, { weight }) => sum + weight, 0) / draws.length;
    // Standard deviations below 0.01 however they are drawn.
    for (let row = 0; row < 20; row++) {
      const share = draws.filter((draw) => draw.row === row).length / 8000;
      assert.ok(Math.abs(share - 1 / 20) < 0.015, `row ${row}: ${share}`);
    }
    for (let part = 0; part < 5; part++) {
      const share = total(
        draws.filter(({ alpha }) => Math.floor(5 * alpha) === part),
      );
      assert.ok(Math.abs(share - 1 / 5) < 0.03, `part ${part}: ${share}`);
    }
    assert.ok(draws.every(({ alpha }) => alpha >= 0 && alpha < 1));
  });
}

Deno.test("of stratified draws one is in each part of the path", () => {
  const draws = makeDraws(2, source, 25, 5, {
    alphas: "stratified",
    backgrounds: "random",
  });
  assert.deepEqual(
    draws.map(({ alpha }) => Math.floor(25 * alpha)),
    Array.from({ length: 25 }, (_, part) => part),
  );
  assert.ok(draws.every(({ weight }) => weight === 1));
});

Deno.test("importance sampling follows the density, and weights are its inverse", () => {
  const draws = makeDraws(2, source, 16, 4, {
    alphas: "importance",
    backgrounds: "random",
  });
  const parts = draws.map(({ alpha }) => Math.floor(4 * alpha));
  // 16 draws by densities 1/4, 1/4, 2, 3/2 in quarters: 1, 1, 8, 6.
  assert.deepEqual(
    [0, 1, 2, 3].map((part) => parts.filter((one) => one === part).length),
    [1, 1, 8, 6],
  );
  draws.forEach(({ weight }, draw) =>
    assert.ok(Math.abs(weight * density[parts[draw]] - 1) < 1e-12)
  );
});

Deno.test("importance sampling needs a density", () => {
  assert.throws(
    () =>
      planDraws(
        new RandomStream(1),
        { classes },
        2,
        1,
        { alphas: "importance", backgrounds: "random" },
      ),
    /needs a density/,
  );
});

Deno.test("balanced rows: every block holds each tissue by its share", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const draws = makeDraws(seed, source, 80, 4, {
      alphas: "stratified",
      backgrounds: "balanced",
    });
    for (let block = 0; block < 4; block++) {
      const rows = draws.filter((draw) => draw.block === block)
        .map(({ row }) => row);
      // As many draws as rows. Three steps of the golden ratio leave gaps of
      // at most 1.2 / 20 of the circle between 20 points (Fibonacci: 21).
      const counts = [0, 1, 2].map((tissue) =>
        rows.filter((row) => classes[row] === tissue).length
      );
      [10, 5, 5].forEach((wanted, tissue) =>
        assert.ok(Math.abs(counts[tissue] - wanted) <= 1.5, counts.join())
      );
      // Hardly any row comes twice: of 20 random ones 7 would be missing.
      assert.ok(new Set(rows).size >= 14, `${new Set(rows).size} rows`);
    }
  }
});

Deno.test("blocks of balanced rows do not depend on each other", () => {
  // The sums of two blocks' rows over many seeds: no correlation.
  const runs = 3000;
  const sums = [0, 1].map(() => new Float64Array(runs));
  for (let seed = 0; seed < runs; seed++) {
    const draws = makeDraws(seed, source, 8, 2, {
      alphas: "uniform",
      backgrounds: "balanced",
    });
    draws.forEach(({ row, block }) => sums[block][seed] += row);
  }
  const [one, other] = sums.map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / runs;
    const centered = values.map((value) => value - mean);
    const length = Math.hypot(...centered);
    return centered.map((value) => value / length);
  });
  const correlation = one.reduce(
    (sum, value, index) => sum + value * other[index],
    0,
  );
  // Its standard error is 1 / sqrt(3,000) = 0.018.
  assert.ok(Math.abs(correlation) < 0.075, `${correlation}`);
});

Deno.test("what each rule is for, it makes more exact", () => {
  // The output rises with slope `peak` about 0.6; with tissue 0 it rises most.
  const peak = (alpha: number) => 1 / (1 + (12 * (alpha - 0.6)) ** 2);
  const slopes = Array.from(
    { length: 12 },
    (_, part) => peak((part + 0.5) / 12),
  );
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / 12;
  const peakedSource = {
    classes,
    density: Float64Array.from(slopes, (slope) => 0.25 + 0.75 * slope / mean),
  };
  /** Variance of the mean over 20 draws of one block. */
  const varianceOf = (
    rules: DrawRules,
    value: (row: number, alpha: number) => number,
  ) => {
    const runs = 500;
    const means = Array.from({ length: runs }, (_, seed) => {
      const draws = makeDraws(seed + 1, peakedSource, 20, 1, rules);
      return draws.reduce(
        (sum, { row, alpha, weight }) => sum + weight * value(row, alpha) / 20,
        0,
      );
    });
    const all = means.reduce((sum, one) => sum + one, 0) / runs;
    return means.reduce((sum, one) => sum + (one - all) ** 2, 0) / (runs - 1);
  };
  const rules = (
    alphas: DrawRules["alphas"],
    backgrounds: DrawRules["backgrounds"],
  ): DrawRules => ({ alphas, backgrounds });
  // Rows differ by chance: only the alphas matter. 500 runs leave an
  // error of 6 % in a variance.
  const peaked = (row: number, alpha: number) =>
    peak(alpha) * (1 + 0.5 * Math.sin(7 * row));
  const even = varianceOf(rules("stratified", "random"), peaked);
  assert.ok(varianceOf(rules("uniform", "random"), peaked) > 2 * even);
  assert.ok(varianceOf(rules("importance", "random"), peaked) < 0.7 * even);
  // Rows differ by tissue, and so do their places: only rows matter.
  const byTissue = (row: number, alpha: number) =>
    [3, 0, 1][classes[row]] + alpha;
  assert.ok(
    varianceOf(rules("stratified", "balanced"), byTissue) <
      0.3 * varianceOf(rules("stratified", "random"), byTissue),
  );
});
