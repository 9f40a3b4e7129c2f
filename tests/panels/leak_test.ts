/** Genes that are good only on the samples that chose them are found out. */

import assert from "node:assert/strict";
import { find, isBetter } from "../../lib/panels/find_rows.ts";
import { panelGenes, panels, summary } from "../../lib/panels/outputs.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { differences, listsBy, makeMatrix } from "./made_matrix.ts";
import { geneId, MadePanels } from "./made_run.ts";

const names = rankingMethods.map(({ name }) => name);
const GENES = 400;
const SIZES = ["2", "5", "10"];

/** A matrix of noise: no gene tells anything of a new sample. */
function noise(seed: number) {
  const samples = makeMatrix({ genes: GENES, samples: 20, tested: 8, seed });
  const learned = differences(samples.filter(({ fold }) => fold === 0));
  const seen = differences(samples.filter(({ fold }) => fold === 1));
  return {
    samples,
    genes: Array.from({ length: GENES }, (_, gene) => geneId(gene)),
    foldLists: [listsBy(learned)],
    // As SHAP values of test samples: what was learned times what they have.
    testLists: listsBy(
      learned.map((own, tissue) =>
        own.map((difference, gene) =>
          difference > 0 && seen[tissue][gene] > 0
            ? difference * seen[tissue][gene]
            : 0
        )
      ),
    ),
    selected: 15,
  };
}

Deno.test("noise chosen on the test samples looks good there; other noise does not", async () => {
  await using run = await MadePanels.make(noise(1));
  await run.judge({ sizes: SIZES, sets: 199 });
  const rows = await run.read(panels);
  for (const score of ["centroid_macro_f1", "ami"] as const) {
    for (const size of [5, 10, 0]) {
      const row = (ranking: string) => find(rows, ranking, size, score)!;
      assert.ok(isBetter(row("shap_test")), `${score} ${size} seen`);
      for (const clean of ["shap", ...names]) {
        assert.ok(!isBetter(row(clean)), `${score} ${size} ${clean}`);
      }
    }
  }
  const { rankings, optimism } = await run.read(summary);
  assert.deepEqual(
    rankings.map((
      { ranking, seen, smallest_macro_f1, smallest_ami },
    ) => [ranking, seen, smallest_macro_f1 !== null, smallest_ami !== null]),
    [
      ["shap", false, false, false],
      ["shap_test", true, true, true],
      ...names.map((name) => [name, false, false, false]),
    ],
  );
  assert.ok(optimism.every(({ size, ami }) => size < 5 || ami! > 0.1));
  assert.ok(optimism.every(({ size, macro_f1 }) => size < 5 || macro_f1 > 0.2));
});

Deno.test("over many matrices of noise SHAP is rarely called better", async () => {
  let called = 0;
  const matrices = 12;
  for (let seed = 10; seed < 10 + matrices; seed++) {
    await using run = await MadePanels.make(noise(seed));
    await run.judge({ sizes: ["2", "5"], sets: 79, repeats: 1 });
    const { rankings: [shap] } = await run.read(summary);
    called += +(shap.smallest_macro_f1 !== null);
  }
  // At a level of 0.05, 4 of 12 or more happen in 1 of 400 such tests.
  assert.ok(called <= 3, `${called} of ${matrices}`);
});

Deno.test("simple rankings do not see a fold's test samples", async () => {
  // In test samples gene 7 marks leaf, in the others it is noise.
  const samples = makeMatrix({
    genes: 60,
    samples: 16,
    tested: 6,
    seed: 4,
    add: (tissue, gene, isTest) =>
      gene === 7 && tissue === 0 && isTest ? 50 : 0,
  });
  const lists = listsBy(differences(samples));
  await using run = await MadePanels.make({
    samples,
    genes: Array.from({ length: 60 }, (_, gene) => geneId(gene)),
    foldLists: [lists],
    testLists: lists,
  });
  await run.judge({ sizes: ["1"], sets: 20 });
  const holders = (await run.read(panelGenes))
    .filter(({ gene }) => gene === geneId(7)).map(({ ranking }) => ranking);
  assert.deepEqual(holders, ["shap", "shap_test"]);
});
