/** The small multiples of tests: what they show, and odd data. */

import assert from "node:assert/strict";
import {
  drawNullTests,
  type NullPanel,
} from "../../../lib/null_test/figures/null_tests.ts";
import { drawVMeasures } from "../../../lib/clusters/figures/v_measures.ts";
import { HOSTILE_NAMES } from "../../figures/example_data.ts";
import { assertSound } from "../../figures/sound.ts";

const TEST: NullPanel = {
  gene_set: "shap",
  null_model: "any genes",
  space: "UMAP",
  nullMeans: [0.5, 0.6, 0.7],
  statistic: 0.65,
  p_empirical: 0.5,
  p_adjusted: 0.7,
};

/** Bars of a histogram, which no other part of the figure draws. */
function barsOf(svg: string): number {
  return [...svg.matchAll(/<g[^>]*aria-label="rect"[^>]*>([^]*?)<\/g>/g)]
    .reduce((sum, [, inside]) => sum + inside.split("<rect").length - 1, 0);
}

Deno.test("every test is a panel with its score and its p-values", () => {
  const svg = drawNullTests({
    tests: [
      TEST,
      { ...TEST, null_model: "matched", p_empirical: 0.0099 },
      { ...TEST, space: "genes", statistic: 0.95 },
    ],
  });
  assertSound(svg, "nulls");
  assert.equal(svg.split(">shap 0.650<").length - 1, 2);
  assert.ok(svg.includes(">shap 0.950<"));
  assert.ok(svg.includes("p = 0.500; adjusted for all spaces, p = 0.700"));
  assert.ok(svg.includes("p = 0.00990; adjusted for all spaces, p "));
  // Three values apart make three bars a panel.
  assert.equal(barsOf(svg), 9);
});

Deno.test("several gene sets are rows of their own, with their names", () => {
  const svg = drawNullTests({ tests: [TEST, { ...TEST, gene_set: "mine" }] });
  assert.ok(svg.includes(">UMAP, shap<") && svg.includes(">UMAP, mine<"));
  assert.ok(svg.includes(">mine 0.650<"));
});

Deno.test("panels with fewer random sets are told", () => {
  const svg = drawNullTests({
    tests: [TEST, { ...TEST, null_model: "few", nullMeans: [0.5, 0.6] }],
  });
  assert.match(svg, /2 to 3 random sets a panel/);
});

Deno.test("odd nulls make an honest picture", () => {
  for (const nullMeans of [[0.4], [0.4, 0.4], [0, 1]]) {
    const svg = drawNullTests({ tests: [{ ...TEST, nullMeans }] });
    assertSound(svg, nullMeans.join());
    assert.equal(barsOf(svg), new Set(nullMeans).size);
  }
  const same = { ...TEST, nullMeans: [0.4, 0.4], statistic: 0.4 };
  assertSound(drawNullTests({ tests: [same] }), "no spread at all");
});

Deno.test("hostile names stay text in the small multiples", () => {
  const svg = drawNullTests({
    tests: HOSTILE_NAMES.map((name) => ({
      ...TEST,
      gene_set: name,
      null_model: "one",
      space: name,
    })),
  });
  assertSound(svg, "hostile spaces");
  assert.ok(svg.includes("__proto__"));
});

Deno.test("V-measures have a panel a space, named if there are several", () => {
  const rows = (space?: string) => [
    {
      geneSet: "shap",
      kind: "method" as const,
      genes: 5,
      vMeasure: 0.5,
      space,
    },
    { geneSet: "all", kind: "all" as const, genes: 9, vMeasure: 0.25, space },
  ];
  const svg = drawVMeasures({ rows: [...rows("UMAP"), ...rows("genes")] });
  assertSound(svg, "two spaces");
  assert.equal(svg.split(">shap (5 genes)<").length - 1, 2);
  assert.ok(svg.includes(">UMAP<") && svg.includes(">genes<"));
  assert.ok(svg.includes("4 runs in all"));
  const one = drawVMeasures({ rows: rows("UMAP") });
  assert.equal(one, drawVMeasures({ rows: rows() }));
});
