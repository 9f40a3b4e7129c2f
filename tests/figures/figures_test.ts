/** Every figure: well-formed, the same at each call, and equal to its snapshot. */

import assert from "node:assert/strict";
import { drawConfusionMatrix } from "../../lib/cnn/figures/confusion_matrix.ts";
import { drawEmbedding } from "../../lib/clusters/figures/embedding.ts";
import { drawSamplesPerTissue } from "../../lib/prepare/figures/samples_per_tissue.ts";
import { drawScoreDistribution } from "../../lib/shap/figures/score_distribution.ts";
import { drawTopGenes } from "../../lib/shap/figures/top_genes.ts";
import { drawVMeasures } from "../../lib/clusters/figures/v_measures.ts";
import { exampleCounts, HOSTILE_NAMES } from "./example_data.ts";
import { EXAMPLES, SNAPSHOTS, snapshotUrl } from "./examples.ts";
import { assertSound } from "./sound.ts";

for (const [name, draw] of Object.entries(EXAMPLES)) {
  Deno.test(`${name} is sound and the same at each call`, () => {
    const svg = draw();
    assertSound(svg, name);
    assert.equal(draw(), svg);
  });
}

for (const [name, draw] of Object.entries(SNAPSHOTS)) {
  Deno.test(`${name} is equal to its snapshot`, async () => {
    const drawn = draw();
    const kept = await Deno.readTextFile(snapshotUrl(name)).catch(() => "");
    if (drawn === kept) return;
    await Deno.writeTextFile(snapshotUrl(name, ".actual"), drawn);
    assert.fail(
      `${name}.svg differs from its snapshot: look at ${name}.actual.svg ` +
        `beside it, and if the change is wanted run ` +
        `deno run --allow-read --allow-write tests/figures/update_snapshots.ts`,
    );
  });
}

Deno.test("hostile names stay text in every figure that names tissues", () => {
  const names = HOSTILE_NAMES;
  const figures = {
    confusion: drawConfusionMatrix({
      tissues: names,
      counts: exampleCounts(names),
    }),
    genes: drawTopGenes({
      tissues: names,
      genes: names,
      values: names.map((_, row) => names.map((_, column) => row - column)),
      label: names[0],
    }),
    scores: drawScoreDistribution({
      rows: names.map((name) => ({ tissue: name, gene: name, scores: [1, 2] })),
    }),
    samples: drawSamplesPerTissue({
      rows: names.map((tissue) => ({
        tissue,
        train: 3,
        validation: 1,
        test: 1,
      })),
    }),
    sets: drawVMeasures({
      rows: names.map((geneSet, index) => ({
        geneSet,
        kind: "file",
        genes: index,
        vMeasure: index / names.length,
      })),
    }),
    embedding: drawEmbedding({
      title: names[1],
      points: names.map((name, index) => ({
        sample_id: name,
        tissue: name,
        x: index,
        y: -index,
      })),
    }),
  };
  for (const [name, svg] of Object.entries(figures)) {
    assertSound(svg, name);
    assert.ok(svg.includes("__proto__"), name);
  }
});

Deno.test("a confusion matrix of 50 tissues keeps each count legible", () => {
  const tissues = Array.from({ length: 50 }, (_, index) => `tissue ${index}`);
  const svg = drawConfusionMatrix({
    tissues,
    counts: tissues.map((_, row) =>
      tissues.map((_, column) => row === column ? 100 + row : 0)
    ),
  });
  assertSound(svg, "fifty");
  for (const tissue of tissues) assert.ok(svg.includes(`>${tissue}<`));
  assert.ok(svg.includes(">149<"));
  const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)]
    .map((match) => Number(match[1]));
  assert.ok(Math.min(...sizes) >= 8, `smallest font: ${Math.min(...sizes)}`);
});

Deno.test("one figure's drawing leaves no trace in the next", () => {
  const first = EXAMPLES.tissue_f1();
  for (const draw of Object.values(EXAMPLES)) draw();
  assert.equal(EXAMPLES.tissue_f1(), first);
});
