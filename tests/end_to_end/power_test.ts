/** Power: genes that are planted in a tissue are found. */

import assert from "node:assert/strict";
import { metrics } from "../../lib/cnn/outputs.ts";
import { isSignificant } from "../../lib/null_test/significance.ts";
import { testResults } from "../../lib/null_test/outputs.ts";
import { SimulatedRun } from "./simulated_run.ts";

Deno.test("planted genes rank first and are significant as a set", async (t) => {
  await using run = await SimulatedRun.simulate(
    "--genes 500 --planted 6 --effect 6",
  );
  const planted = [...(await run.planted()).values()];
  await run.runAll(
    { planted: planted.flatMap((genes) => [...genes]) },
    "--cnn.epochs 30 --cnn.ensemble 2 --shap.draws 50 --shap.top 5 " +
      "--ttest.sets 59 --ttest.gene-sets shap,planted",
  );

  await t.step("the network has learned the tissues", async () => {
    // Guessing gives about a third.
    const { macro_f1 } = await run.read(metrics);
    assert.ok(macro_f1! > 0.6, `macro F1 ${macro_f1}`);
  });

  await t.step("most of each tissue's 5 best genes were planted", async () => {
    const { ranked, inTissue, inAnyTissue } = await run.countPlanted(5);
    assert.equal(ranked, 15);
    // By chance 1.2 % were planted in the tissue: 5 of 15 have a probability
    // of 7e-7. A gene may rank high because it is absent in the tissue, so fewer
    // were planted in the tissue than in any.
    assert.ok(inTissue >= 5, `${inTissue} of 15 in their tissue`);
    // By chance 3.6 %: 12 of 15 have a probability of 2e-15.
    assert.ok(inAnyTissue >= 12, `${inAnyTissue} of 15 in any tissue`);
  });

  await t.step("both sets are better than random ones", async () => {
    const { tests } = await run.read(testResults);
    assert.deepEqual(
      tests.map(({ gene_set }) => gene_set),
      ["shap", "planted"],
    );
    for (const test of tests) {
      const { gene_set, p_adjusted } = test;
      assert.ok(isSignificant(test), `${gene_set}: ${p_adjusted}`);
    }
  });
});
