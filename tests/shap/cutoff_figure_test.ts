import assert from "node:assert/strict";
import { drawCutoffCurve } from "../../lib/shap/figures/cutoff_curve.ts";
import { assertSound } from "../figures/sound.ts";

const curve = {
  shares: Array.from({ length: 300 }, (_, place) => 1 / (1 + place / 50)),
  cutoffRank: 50,
  genes: 200,
  threshold: 0.5,
};
const noiseRates = curve.shares.map((_, place) => place / 299);

Deno.test("the curve of noise rates is drawn where there is one", () => {
  const plain = drawCutoffCurve(curve);
  const rated = drawCutoffCurve({ ...curve, noiseRates });
  assertSound(rated, "with rates");
  assert.ok(rated.includes("dots: noise rate"));
  assert.ok(rated.includes("Noise rate there, by decoys: 0.16."));
  assert.ok(!plain.includes("oise rate"));
});

Deno.test("another rule shows no threshold and is named", () => {
  const svg = drawCutoffCurve({
    ...curve,
    threshold: null,
    rule: "rank 50, as asked",
    noiseRates,
  });
  assertSound(svg, "another rule");
  assert.ok(svg.includes("The cutoff is rank 50, as asked."));
  assert.ok(!svg.includes("threshold"));
});
