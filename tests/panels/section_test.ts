/** What the report says of small panels. */

import assert from "node:assert/strict";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { panels } from "../../lib/panels/outputs.ts";
import type { PanelsFindings } from "../../lib/panels/section/findings.ts";
import { groupsNote } from "../../lib/panels/section/verdict.ts";
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

Deno.test("it leads with the smallest panel beside the best simple ranking", async () => {
  await using run = await MadePanels.make(made(2));
  await run.judge();
  const { text, headline, verdict, summary } = await run.report();
  assert.match(
    verdict,
    /^18 samples left out of the ranking and the training, which SHAP tells apart \*\*better than random genes\*\* with 1 gene a tissue \(3 genes\): a macro F1 of 0\.\d{3} by nearest centroid against 0\.\d{3} \(adjusted p = 0\.0\d+\)\n[-\w' ]+, the best of the simple rankings, reaches macro F1 0\.\d{3} with 1 gene a tissue: .* \(\d+ samples? predicted right only by it, \d+ only by SHAP; exact McNemar test of the samples, adjusted p [=>] [\d.]+\)\nRanked on the test samples themselves, as in the maize study, a panel of 1 gene a tissue would have a macro F1 (as high|0\.\d{3} (higher|lower)) and an AMI (as high|0\.\d{3} (higher|lower))\.$/,
  );
  assert.match(
    headline,
    /^1 gene a tissue tells unseen samples apart better than random genes, not clearly better than [-\w' ]+, a simple ranking$/,
  );
  assert.ok(
    text.startsWith(
      "Judged on 18 samples left out of the ranking and the training, ",
    ),
  );
  assert.match(text, /!\[Panels\]\(panels\/panel_curves\.svg\)/);
  assert.match(text, /\| the set \| 12 \|/);
  assert.match(text, /\| 2 \| 6 \| \*\*[01]\.\d{3}\*\* \|/);
  assert.match(
    text,
    /only SHAP on the test samples, as in the maize study, has seen them/,
  );
  assert.equal(summary.main, "shap");
  assert.equal(summary.macro_f1!.size, 1);
  const rival = summary.best_simple_ranking!;
  const others = (await run.read(panels)).filter((row) =>
    row.size === 1 && row.score === "centroid_macro_f1" &&
    !row.ranking.startsWith("shap")
  );
  assert.equal(others.length, rankingMethods.length);
  assert.equal(
    rival.row.value,
    Math.max(...others.map(({ value }) => value)),
  );
});

Deno.test("it says so if nothing beats chance", async () => {
  await using run = await MadePanels.make(made(0));
  await run.judge();
  const { text, headline, verdict } = await run.report();
  assert.match(
    verdict,
    /^18 samples left out of the ranking and the training, which SHAP is \*\*not shown\*\* to tell apart better than random genes: the closest is .*, with a macro F1 of /,
  );
  assert.match(headline, /^no small panel is shown to tell unseen samples/);
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
    text,
    /the smallest panel better than random genes is 1 gene a tissue \(3 genes\) by [-\w' ]+: macro F1/,
  );
  assert.match(headline, /not judged on unseen samples/);
  assert.ok(text.startsWith(verdict));
  assert.match(text, /on samples that its genes have seen/);
  assert.doesNotMatch(text, /left out of the ranking and the training/);
});

Deno.test("a difference that too few groups can test: why it is uncertain", () => {
  const note = (is: "better" | "not different", least_adjusted_p: number) =>
    groupsNote(
      {
        rival: {
          is,
          test: { by_groups: { groups: 6, adjusted_p: 0.2, least_adjusted_p } },
        },
      } as unknown as PanelsFindings,
    );
  assert.match(
    note("better", 0.125),
    /^McNemar's test takes samples .* but with 6 groups its adjusted p cannot be below 0\.125\.$/,
  );
  assert.equal(note("not different", 0.125), "");
  assert.equal(note("better", 0.01), "");
  assert.equal(groupsNote({ rival: null } as PanelsFindings), "");
});
