/** A null model takes one file and one line in the list of null models. */

import assert from "node:assert/strict";
import { clustersStage } from "../../lib/clusters/stage.ts";
import { spaceList } from "../../lib/clusters/spaces/spaces.ts";
import { nullModels } from "../../lib/null_test/null_models/null_models.ts";
import { nullValues, testResults } from "../../lib/null_test/outputs.ts";
import { makeTtestSection } from "../../lib/null_test/section.ts";
import { makeTtestStage } from "../../lib/null_test/stage.ts";
import { deriveSeed } from "../../lib/random.ts";
import { filesOf, quickChoices, RunFolder } from "../clusters/small_run.ts";
import { blockNull } from "./fixture_null_model.ts";

Deno.test("an added null model is tested, drawn and reported", async () => {
  await using run = await RunFolder.make({
    samples: 60,
    genes: 40,
    marked: 6,
    shap: 6,
  });
  await run.runStage(clustersStage, { ...quickChoices, spaces: ["pca"] });
  const ttest = makeTtestStage({
    spaces: spaceList,
    nullModels: [...nullModels, blockNull],
  });
  const { "null-models": flag } = ttest.parameters;
  assert.deepEqual(flag.default, ["uniform", "matched", "block"]);
  assert.ok(
    flag.help.includes("block (genes beside each other in the matrix)"),
  );
  await run.runStage(ttest, {
    "gene-sets": ["shap"],
    "null-models": flag.default,
    sets: 20,
    "first-look": 199,
    genes: 0,
  }, 2);
  const rows = (await run.read(nullValues))
    .filter(({ null_model }) => null_model === "block");
  assert.equal(rows.length, 20 * 2);
  assert.equal(rows[2].gene_seed, deriveSeed(42, "ttest/block/2/genes"));
  const { tests } = await run.read(testResults);
  assert.deepEqual(
    tests.map(({ null_model }) => null_model),
    ["uniform", "matched", "block"],
  );
  const figures = await filesOf(`${run.path}/ttest`);
  assert.ok(
    figures.get("null_tests.svg")!.includes(">Random blocks of genes<"),
  );
  const report = await run.report(
    "ttest",
    makeTtestSection(spaceList.spaces, [...nullModels, blockNull]),
  );
  assert.match(report, /\| block \| Principal components \|/);
  assert.match(report, /against .*blocks of genes/);
  assert.ok(
    report.includes("**block** (genes beside each other in the matrix)"),
  );
});
