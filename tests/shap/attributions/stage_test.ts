/** The attributions that the stage writes beside SHAP. */

import assert from "node:assert/strict";
import { attributions } from "../../../lib/shap/attributions/attribution.ts";
import { median } from "../../../lib/statistics/describe.ts";
import { GENES, StudyFolder, TISSUES } from "../../cnn/run_folder.ts";
import { explain, hideDecoys } from "../explain.ts";

const both = attributions.map(({ name }) => name);

Deno.test("attributions of folds and ensembles name the tissues' genes", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await hideDecoys(study, 8);
  await study.train({ ensemble: 2, epochs: 6 });
  await explain(
    study,
    { attributions: both, output: "centered-logit" },
    2,
    "folds",
  );
  for (const { ranking } of attributions) {
    const rows = await study.table(`folds/${ranking}.csv`);
    assert.equal(
      await study.header(`folds/${ranking}.csv`),
      ["gene", ...TISSUES].join(","),
    );
    assert.equal(rows.length, GENES);
    TISSUES.forEach((tissue, index) => {
      const best = rows.reduce((a, b) =>
        Number(b[tissue]) > Number(a[tissue]) ? b : a
      );
      // Gene g is high in tissue g % 3.
      assert.equal(Number(best.gene.slice(1)) % 3, index, ranking);
    });
  }
  const explained = await study.table("folds/explanations.csv");
  const attributed = await study.table("folds/attributions.csv");
  assert.deepEqual(
    attributed.map(({ attribution, sample_id, fold }) => [
      attribution,
      sample_id,
      fold,
    ]),
    both.flatMap((name) =>
      explained.map(({ sample_id, fold }) => [name, sample_id, fold])
    ),
  );
  const shares = explained.map((row, index) => {
    const integrated = attributed[index];
    assert.equal(integrated.model_output, row.model_output);
    const [output, baseline, sum, gap] = [
      integrated.model_output,
      integrated.baseline_output,
      integrated.score_sum,
      integrated.completeness_gap,
    ].map(Number);
    assert.ok(Math.abs(output - baseline - sum - gap) < 1e-12);
    const { completeness_gap, baseline_output } =
      attributed[explained.length + index];
    assert.deepEqual([completeness_gap, baseline_output], ["", ""]);
    return Math.abs(gap / (output - baseline));
  });
  // Completeness. The gap falls as 1 / steps: 0.8 % with 32, 0.06 % with 512.
  assert.ok(median(shares) < 0.03, `${median(shares)}`);
  await explain(
    study,
    { attributions: both.toReversed(), output: "centered-logit" },
    1,
    "again",
  );
  assert.deepEqual(await study.files("again"), await study.files("folds"));
});

Deno.test("SHAP's own files do not depend on the attributions", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  await explain(study, {}, 1, "without");
  await explain(study, { attributions: both.slice(1) }, 1, "with");
  const [before, after] = [
    await study.files("without"),
    await study.files("with"),
  ];
  for (const [name, content] of before) {
    assert.deepEqual(after.get(name), content, name);
  }
  assert.deepEqual(
    [...after.keys()].filter((name) => !before.has(name)),
    ["attributions.csv", "gradient_x_input.csv"],
  );
});
