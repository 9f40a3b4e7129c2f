/** The figures are sound, also of little data. */

import assert from "node:assert/strict";
import { drawPanels } from "../../lib/external/figures/panels.ts";
import { drawReplication } from "../../lib/external/figures/replication.ts";
import { viewNames } from "../../lib/external/names.ts";
import { assertSound } from "../figures/sound.ts";

const sound = (svg: string) => assertSound(svg, svg.slice(0, 300));

const titles = [
  "SHAP",
  "fold change",
  "Welch's t",
  "ridge",
  "more",
  "most",
  "7",
];

Deno.test("replication: a line a ranking, and their last values in words", () => {
  const ranks = [1, 2, 10];
  const svg = drawReplication({
    ranks,
    curves: titles.map((title, index) => ({
      title,
      up: [1, 0.9, 0.8 - index / 10],
      upTwofold: [0.5, 0.4, 0.3],
    })),
    any: { up: 0.5, upTwofold: 0.1 },
    tissues: 3,
    samples: 40,
  });
  sound(svg);
  assert.match(svg, /SHAP 0\.800 and 0\.300, .*any gene 0\.500 and 0\.100/);
  sound(drawReplication({
    ranks: [1],
    curves: [{ title: "SHAP", up: [0], upTwofold: [0] }],
    any: { up: 0, upTwofold: 0 },
    tissues: 2,
    samples: 1,
  }));
  const none = drawReplication({
    ranks,
    curves: [],
    any: { up: 0, upTwofold: 0 },
    tissues: 2,
    samples: 4,
  });
  sound(none);
  assert.match(none, /no ranking has a gene of the other cohort/);
});

Deno.test("panels: three views, the same bytes at every call", () => {
  const rankings = titles.map((title) => ({ name: title, title }));
  const panels = titles.flatMap((ranking) =>
    [1, 30].flatMap((genes_a_tissue) =>
      viewNames.map((view) => ({
        ranking,
        genes_a_tissue,
        view,
        genes: 3 * genes_a_tissue,
        macro_f1: 0.25 + genes_a_tissue / 60,
        random_mean: 0.3,
        p: 0.01,
      }))
    )
  );
  const data = {
    depths: [1, 30],
    rankings,
    panels,
    tissues: 3,
    samples: 40,
    random: 99,
  };
  const svg = drawPanels(data);
  sound(svg);
  assert.equal(drawPanels(data), svg);
  assert.doesNotMatch(svg, / id="/);
  assert.match(svg, /Values centered: SHAP 0\.27 with 1, 0\.75 with 30/);
  // A ranking without a panel.
  sound(drawPanels({
    ...data,
    panels: panels.filter(({ ranking }) => ranking !== "SHAP"),
  }));
  assert.match(drawPanels({ ...data, panels: [] }), /Nothing to draw/);
});
