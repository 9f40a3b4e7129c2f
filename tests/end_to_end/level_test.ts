/** Level: where there is nothing to find, no more is found than by chance. */

import assert from "node:assert/strict";
import { testResults } from "../../lib/null_test/outputs.ts";
import { RandomStream } from "../../lib/random.ts";
import { SimulatedRun } from "./simulated_run.ts";

/** Random gene sets that are tested, and their size. */
const SETS = 40;
const SIZE = 15;

Deno.test("without an effect neither genes nor sets are found", async (t) => {
  // 10 of 200 genes are called planted in a tissue and differ in none.
  await using run = await SimulatedRun.simulate(
    "--genes 200 --planted 10 --effect 1e-6",
  );
  const genes = await run.genes();
  const stream = new RandomStream(1);
  const sets = Object.fromEntries(
    Array.from({ length: SETS }, (_, index) => [
      `set${index + 1}`,
      [...stream.sample(genes.length, SIZE)].map((gene) => genes[gene]),
    ]),
  );
  await run.runAll(
    sets,
    "--cnn.epochs 5 --cnn.ensemble 1 --shap.draws 20 --shap.top 10 " +
      `--ttest.sets 39 --ttest.gene-sets ${Object.keys(sets).join(",")}`,
  );

  await t.step("the best genes are any genes", async () => {
    const { ranked, inTissue, inAnyTissue } = await run.countPlanted(10);
    assert.ok(ranked >= 20, `${ranked} best genes`);
    // 5 % and 15 % of all genes were planted; of the genes that are expressed
    // well, which rank higher, up to 8 % and 25 %. The bounds are the 99.9 %
    // quantiles of these binomials for 30 genes.
    assert.ok(inTissue <= 8, `${inTissue} of ${ranked} in their tissue`);
    assert.ok(inAnyTissue <= 15, `${inAnyTissue} of ${ranked} in any tissue`);
  });

  await t.step("random sets are as good as random sets", async () => {
    const { tests } = await run.read(testResults);
    assert.equal(tests.length, SETS);
    for (const p of ["p_t", "p_empirical", "p_adjusted"] as const) {
      const values = tests.map((test) => test[p]!);
      // 7 is the 99.9 % quantile of the binomial of 40 tests and p = 0.05.
      const significant = values.filter((value) => value < 0.05).length;
      assert.ok(significant <= 7, `${p}: ${significant} of ${SETS} are < 0.05`);
      // p is uniform, so the mean of 40 has a standard deviation of 0.046.
      const mean = values.reduce((sum, value) => sum + value, 0) / SETS;
      assert.ok(Math.abs(mean - 0.5) < 0.15, `${p}: mean ${mean}`);
    }
  });
});
