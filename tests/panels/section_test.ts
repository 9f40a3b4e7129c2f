/** What the report says of small panels. */

import assert from "node:assert/strict";
import { differences, listsBy, makeMatrix } from "./made_matrix.ts";
import { geneId, type MadeData, MadePanels } from "./made_run.ts";

const GENES = 200;

/** @param effect How much higher the first gene of a tissue is in it. */
function made(effect: number, options: { clean?: boolean } = {}): MadeData {
  const samples = makeMatrix({
    genes: GENES,
    samples: 18,
    tested: 6,
    seed: 7,
    add: (tissue, gene) => Math.floor(gene / 3) === tissue ? effect : 0,
  });
  const { clean = true } = options;
  return {
    samples,
    genes: Array.from({ length: GENES }, (_, gene) => geneId(gene)),
    ...clean && {
      foldLists: [listsBy(differences(samples.filter(({ fold }) => !fold)))],
    },
    testLists: listsBy(differences(samples.filter(({ fold }) => fold))),
  };
}

Deno.test("it leads with the smallest panel, its rival and the optimism", async () => {
  await using run = await MadePanels.make(made(2));
  await run.judge();
  const { text, headline, verdict, summary } = await run.report();
  assert.match(
    verdict,
    /^With 1 gene a tissue \(3 genes\) samples that no step has seen are told apart \*\*better than by random genes\*\*, with a macro F1 of 0\.\d{3} by nearest centroid; random genes reach 0\.\d{3} \(adjusted p = 0\.0\d+\); fold change, with as many a tissue, 0\.\d{3}\. Ranked on the test samples themselves, as in the study, a panel of this size would have a macro F1 (as high|0\.\d{3} (higher|lower)) and an AMI (as high|0\.\d{3} (higher|lower))\.$/,
  );
  assert.match(headline, /^with 1 gene a tissue \(3 genes\) unseen samples/);
  assert.ok(text.startsWith("With 1 gene a tissue (3 genes) samples"));
  assert.match(text, /!\[Panels\]\(panels\/panel_curves\.svg\)/);
  assert.match(text, /\| the set \| 12 \|/);
  assert.match(text, /\| 2 \| 6 \| \*\*[01]\.\d{3}\*\* \|/);
  assert.match(
    text,
    /only SHAP on the test samples, the study's way, has seen them/,
  );
  assert.equal(summary.main, "shap");
  assert.equal(summary.macro_f1!.size, 1);
  assert.equal(summary.fold_change_macro_f1!.ranking, "fold_change");
});

Deno.test("it says so if nothing beats chance", async () => {
  await using run = await MadePanels.make(made(0));
  await run.judge();
  const { text, headline, verdict } = await run.report();
  assert.match(
    verdict,
    /^\*\*No panel of SHAP's genes is shown to tell samples that no step has seen apart better than random genes\.\*\* The closest is /,
  );
  assert.match(headline, /^no panel of its genes is shown/);
  assert.match(text, /Clustered by k-means, no panel is shown to be better/);
  assert.doesNotMatch(text, /Not shown to be better than as many/);
});

Deno.test("lists that have seen the samples are no clean judgment", async () => {
  await using run = await MadePanels.make(made(2.5, { clean: false }));
  await run.judge();
  const { text, headline, verdict } = await run.report();
  assert.match(
    verdict,
    /^\*\*There is no clean judgment of SHAP's genes:\*\* they were ranked on the test samples/,
  );
  assert.match(
    verdict,
    /the smallest panel of fold change better than random genes is 1 gene a tissue/,
  );
  assert.match(headline, /not judged on unseen samples/);
  assert.ok(text.startsWith(verdict));
  assert.match(text, /on samples that its genes have seen/);
  assert.doesNotMatch(text, /no step has seen are told/);
});
