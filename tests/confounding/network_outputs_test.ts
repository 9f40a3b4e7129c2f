/** Whether the study can be told from what the networks say. */

import assert from "node:assert/strict";
import * as files from "../../lib/confounding/outputs.ts";
import { addCentered, learnedOutputs } from "../../lib/shap/learned_outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import { cellsOf, type MadeStudies, StudyRun } from "./study_run.ts";

/** Nothing in the genes goes with the study. */
const MADE: MadeStudies = {
  samples: cellsOf({
    leaf: { one: 15, two: 15 },
    root: { one: 15, two: 15 },
    // Too few of them trained the networks.
    stem: { one: 15, two: 6 },
  }),
  genes: 30,
  set: [0, 1, 2, 3],
  effect: (gene, { tissue }) =>
    gene === ["leaf", "root", "stem"].indexOf(tissue) ? 4 : 0,
};

Deno.test("networks whose outputs go with the study are found out", async () => {
  await using run = await StudyRun.make({ ...MADE, networksSeeStudy: true });
  await run.measure();
  const rows = await run.read(files.withinTissue);
  assert.deepEqual(
    rows.map(({ networks, networks_chance }) => [networks, networks_chance]),
    [[1, 0.5], [1, 0.5], [null, null]],
  );
  // Ten of each study trained: guessing has a standard error of sqrt(1/80).
  assert.ok(
    Math.abs(rows[0].networks_bound! - (0.5 + 3 * Math.sqrt(1 / 80))) < 1e-12,
  );
  const { within } = await run.read(files.confounding);
  assert.deepEqual(
    [within!.tissues, within!.tissues_of_networks, within!.told_by_networks],
    [3, 2, 2],
  );
  const { text, verdict } = await run.report();
  assert.match(
    verdict,
    /The networks' outputs for the samples that trained them tell it within all 2 tissues that could be looked at\./,
  );
  assert.match(text, /\| leaf .*\| \*\*1\.00\*\* \(0\.50\) \|/);
});

Deno.test("networks whose outputs do not are not", async () => {
  await using run = await StudyRun.make(MADE);
  await run.measure();
  for (const row of await run.read(files.withinTissue)) {
    if (row.networks === null) continue;
    assert.ok(row.networks < row.networks_bound!, String(row.networks));
  }
  const { verdict } = await run.report();
  assert.match(verdict, /tell it within none of the 2 tissues that could be/);
});

Deno.test("outputs of another number of samples are refused", async () => {
  await using run = await StudyRun.make(MADE);
  await writeNpy(
    `${run.path}/${learnedOutputs.file}`,
    new Float32Array(6),
    [2, 3],
  );
  await assert.rejects(
    run.measure(),
    /learned_outputs\.npy: it must have a row for each of shap\/learned_sam/,
  );
});

Deno.test("outputs are logits less the mean of their sample's", () => {
  const sums = new Float64Array(6);
  addCentered(sums, [1, 2, 6, 0, 0, 3], 3, 2);
  addCentered(sums, [3, 3, 3, 1, 1, -2], 3, 2);
  // (1 - 3 + 0) / 2 and so on.
  assert.deepEqual([...sums], [-1, -0.5, 1.5, 0, 0, 0]);
});
